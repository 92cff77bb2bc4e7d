package io.ibid.core.query;

/** What a statement does. */
public enum StatementKind {
    SELECT(Needs.SOURCE),
    INSERT(Needs.TARGET),
    UPDATE(Needs.TARGET),
    DELETE(Needs.TARGET),
    EVICT(Needs.TARGET),
    SHOW(Needs.SETTINGS),
    ALTER_SYSTEM(Needs.SETTINGS),
    CREATE_INDEX(Needs.SCHEMA),
    DROP_INDEX(Needs.SCHEMA),
    /** Shows the plan of another statement. */
    EXPLAIN(Needs.SOURCE),
    /** A SELECT that also answers what its execution took. */
    PROFILE(Needs.SOURCE),
    /** A mutation that also answers what its execution took. */
    PROFILED_MUTATION(Needs.TARGET),
    /** Says which indexes would help another statement. */
    ADVISE(Needs.SOURCE),
    /** Creates them as well. */
    ADVISE_AND_PROVISION(Needs.ADVISED_SCHEMA);

    private final Needs needs;

    StatementKind(Needs needs) {
        this.needs = needs;
    }

    /** What {@link Statement#execute} has to be called with. */
    public Needs needs() {
        return needs;
    }

    /** Whether the statement changes documents and so needs the writer turn. */
    public boolean isMutation() {
        return needs == Needs.TARGET;
    }

    /** How messages call it. */
    public String text() {
        return this == PROFILED_MUTATION ? "PROFILE" : name().replace('_', ' ');
    }

    /** {@code queryType} of the HTTP answer. */
    public String queryType() {
        return switch (this) {
            case SELECT, SHOW, EXPLAIN, PROFILE, PROFILED_MUTATION, ADVISE, ADVISE_AND_PROVISION -> "select";
            case INSERT, UPDATE, DELETE, EVICT, ALTER_SYSTEM, CREATE_INDEX, DROP_INDEX -> "mutation";
        };
    }

    /** The surroundings that a kind of statement works on. */
    public enum Needs {
        SOURCE,
        TARGET,
        SETTINGS,
        SCHEMA,
        /** A source and the schema. */
        ADVISED_SCHEMA
    }
}
