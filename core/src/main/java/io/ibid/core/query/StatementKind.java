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
    DROP_INDEX(Needs.SCHEMA);

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
        return name().replace('_', ' ');
    }

    /** {@code queryType} of the HTTP answer. */
    public String queryType() {
        return this == SELECT || this == SHOW ? "select" : "mutation";
    }

    /** The surroundings that a kind of statement works on. */
    public enum Needs {
        SOURCE,
        TARGET,
        SETTINGS,
        SCHEMA
    }
}
