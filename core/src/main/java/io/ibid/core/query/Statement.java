package io.ibid.core.query;

import static io.ibid.core.error.ErrorCode.QUERY_PARAMETER;
import static io.ibid.core.error.ErrorCode.QUERY_UNSUPPORTED;
import static io.ibid.core.error.ErrorCode.STORE_TRANSACTION_READ_ONLY;

import io.ibid.core.query.syntax.Command;
import io.ibid.core.query.syntax.Parser;
import io.ibid.core.query.syntax.QueryException;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One DQL statement, parsed, bound and planned. Immutable and thread-safe; depends on nothing but its text and options, so it can
 * be cached under them and executed any number of times with different arguments.
 */
public final class Statement {
    private final String text;
    private final StatementOptions options;
    private final Program program;
    private final StatementKind kind;
    private final boolean forServers;
    private final Scope.Layout layout;
    private final String[] parameters;
    private final int[] parameterPlaces;
    private final Warnings warnings;
    private final Map<String, String> arrayWarnings;
    private final List<String> collections;
    private final List<String> systemCollections;

    private Statement(String text, StatementOptions options, Command command, boolean observed) {
        Preparation preparation = new Preparation(text, options, observed);
        this.text = text;
        this.options = options;
        program = preparation.program(command);
        kind = kindOf(program, preparation.isProfiled());
        forServers = preparation.isForServers();
        int terms = program.selections().stream()
                .mapToInt(selection -> selection.terms().size())
                .max()
                .orElse(1);
        layout = preparation.compiler().layout(terms);
        SequencedMap<String, Integer> places = preparation.compiler().parameters();
        parameters = places.sequencedKeySet().toArray(new String[0]);
        parameterPlaces =
                places.sequencedValues().stream().mapToInt(Integer::intValue).toArray();
        warnings = preparation.warnings();
        arrayWarnings = preparation.arrayWarnings();
        collections = collections(program, false);
        systemCollections = collections(program, true);
    }

    /**
     * Parses and plans a statement.
     *
     * @throws QueryException {@code query/invalid} when it is no DQL, {@code query/unsupported} when a known clause is not served
     *     (yet), {@code query/evaluation} when it makes no sense
     */
    public static Statement prepare(String text, StatementOptions options) {
        return of(text, options, Parser.parse(text));
    }

    /** Plans a command that was made out of a statement's; the text is for messages. */
    static Statement of(String text, StatementOptions options, Command command) {
        return new Statement(text, options, command, false);
    }

    /** The statement as observers run it: the rows of a join carry their composite {@code _id}. */
    Statement observed() {
        return isJoin() ? new Statement(text, options, Parser.parse(text), true) : this;
    }

    /** Whether rows of several collections are joined; then it depends on their indexes whether it can be executed at all. */
    public boolean isJoin() {
        return program.selections().stream()
                .anyMatch(selection -> !selection.joins().isEmpty());
    }

    private static StatementKind kindOf(Program program, boolean profiled) {
        StatementKind kind = program.kind();
        if (!profiled || program.carried() != program) {
            return kind;
        }
        return kind.isMutation() ? StatementKind.PROFILED_MUTATION : StatementKind.PROFILE;
    }

    public String text() {
        return text;
    }

    public StatementOptions options() {
        return options;
    }

    public StatementKind kind() {
        return kind;
    }

    public boolean isReadOnly() {
        return !kind.isMutation();
    }

    /** The names of the parameters, without colon, in the order in which they appear. */
    public List<String> parameters() {
        return List.of(parameters);
    }

    /** The user collections that are read, sorted; a mutation reads its target. */
    public List<String> collections() {
        return collections;
    }

    /** The {@code system:} collections that are read, without the namespace, sorted. */
    public List<String> systemCollections() {
        return systemCollections;
    }

    private static List<String> collections(Program program, boolean system) {
        List<Term> terms = new ArrayList<>();
        program.selections().forEach(selection -> terms.addAll(selection.terms()));
        Term written = program.carried().target();
        if (written != null) {
            terms.add(written);
        }
        TreeSet<String> names = new TreeSet<>();
        for (Term term : terms) {
            if (term.system() == system) {
                names.add(term.collection());
            }
        }
        return List.copyOf(names);
    }

    /** The user collection that is written, null for a statement that writes none. */
    public @Nullable String target() {
        Term target = program.target();
        return target == null || target.system() ? null : target.collection();
    }

    /**
     * What the statement does that this one shows, helps or profiles; its own kind when it is no such statement. Who may not run that may
     * not run this one either.
     */
    public StatementKind carries() {
        return program.carried().kind();
    }

    /** Whether only a server serves it: TOMBSTONE FROM, an old name of DELETE FROM. */
    public boolean isForServers() {
        return forServers;
    }

    /**
     * Runs a SELECT. Ids, bounds and system collections are read at once, documents as the result is read.
     *
     * @throws QueryException {@code store/transaction-read-only} for a mutation, and whatever goes wrong
     */
    public Result execute(Source source, Value.Struct arguments, Limits limits) {
        if (kind.needs() != StatementKind.Needs.SOURCE) {
            throw isReadOnly()
                    ? QueryException.at(
                            QUERY_UNSUPPORTED,
                            kind.text() + " cannot be executed in a transaction, in an observer or on a snapshot",
                            text,
                            0)
                    : QueryException.unplaced(
                            STORE_TRANSACTION_READ_ONLY,
                            "A mutating DQL query was attempted using a read-only transaction.");
        }
        Scope scope = scope(arguments, limits);
        Execution execution = execution(scope);
        try {
            return switch (program) {
                case Program.Select select -> execution.select(select, source);
                case Program.Explain(Program shown) -> execution.explain(shown, source);
                case Program.Advise advise -> new Adviser(kind, scope, source).advise(advise, null);
                default -> throw new AssertionError(program);
            };
        } catch (RuntimeException failure) {
            scope.releaseMemory();
            throw execution.told(failure);
        }
    }

    private Execution execution(Scope scope) {
        boolean profiled = kind == StatementKind.PROFILE || kind == StatementKind.PROFILED_MUTATION;
        return new Execution(text, scope, kind, profiled ? new Profile(scope.limits, text) : null);
    }

    /** Runs a SELECT or a mutation inside a transaction. When it throws, what it wrote so far has to be undone by the caller. */
    public Result execute(Target target, Value.Struct arguments, Limits limits) {
        if (isReadOnly()) {
            return execute(target.source(), arguments, limits);
        }
        Scope scope = scope(arguments, limits);
        Execution execution = execution(scope);
        try {
            return switch (program) {
                case Program.Insert insert -> execution.insert(insert, target);
                case Program.Update update -> execution.update(update, target);
                case Program.Remove remove -> execution.remove(remove, target);
                default -> throw new AssertionError(program);
            };
        } catch (RuntimeException failure) {
            scope.releaseMemory();
            throw execution.told(failure);
        }
    }

    /** Runs ADVISE AND PROVISION. What it creates can be used when it is built, which may be later than the result. */
    public Result execute(Source source, Schema schema, Value.Struct arguments, Limits limits) {
        if (!(program instanceof Program.Advise advise)) {
            throw new AssertionError(kind + " advises nothing");
        }
        return new Adviser(kind, scope(arguments, limits), source).advise(advise, schema);
    }

    /** Runs SHOW or ALTER SYSTEM. */
    public Result execute(Settings settings, Value.Struct arguments, Limits limits) {
        if (kind.needs() != StatementKind.Needs.SETTINGS) {
            throw new AssertionError(kind + " is no statement about settings");
        }
        return new SettingsExecution(text, scope(arguments, limits), settings).run(program);
    }

    /** Runs CREATE INDEX or DROP INDEX. A new index can be used when it is built, which may be later than the result. */
    public Result execute(Schema schema, Value.Struct arguments, Limits limits) {
        if (kind.needs() != StatementKind.Needs.SCHEMA) {
            throw new AssertionError(kind + " is no statement about indexes");
        }
        return new SchemaExecution(text, scope(arguments, limits), schema).run(program);
    }

    /**
     * Refuses arguments that are too large together, and those among which one is missing.
     *
     * @throws QueryException {@code query/parameter}
     */
    void requireArguments(Value.Struct arguments) {
        ArgumentSize.require(arguments);
        for (int i = 0; i < parameters.length; i++) {
            if (arguments.get(parameters[i]) instanceof Value.Missing) {
                throw QueryException.at(
                        QUERY_PARAMETER, "Parameter " + parameters[i] + " was not provided", text, parameterPlaces[i]);
            }
        }
    }

    private Scope scope(Value.Struct arguments, Limits limits) {
        requireArguments(arguments);
        Value[] values = new Value[parameters.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = arguments.get(parameters[i]);
        }
        Scope scope = new Scope(layout, values, limits);
        if (!warnings.isEmpty()) {
            scope.warnings().addAll(warnings);
        }
        arrayWarnings.forEach((name, warning) -> {
            if (arguments.get(name) instanceof Value.Array) {
                scope.warnings().add(warning);
            }
        });
        return scope;
    }

    /** The error of somebody who may not run this statement, or not here. */
    public QueryException refusal(String message) {
        return QueryException.at(QUERY_UNSUPPORTED, message, text, 0);
    }

    /**
     * Refuses what an observer cannot watch: everything but SELECT.
     *
     * @throws QueryException {@code query/unsupported}
     */
    public void requireObservable() {
        if (kind != StatementKind.SELECT) {
            throw QueryException.at(QUERY_UNSUPPORTED, kind.text() + " cannot be observed, only SELECT can", text, 0);
        }
    }
}
