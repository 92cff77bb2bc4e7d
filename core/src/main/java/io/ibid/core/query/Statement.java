package io.ibid.core.query;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One DQL statement, parsed, bound and planned. Immutable and thread-safe; depends on nothing but its text and options, so it can
 * be cached under them and executed any number of times with different arguments.
 */
public final class Statement {
    private final String text;
    private final StatementOptions options;

    private Statement(String text, StatementOptions options) {
        this.text = text;
        this.options = options;
    }

    /**
     * Parses and plans a statement.
     *
     * @throws IbidException {@code query/invalid} when it is no DQL, {@code query/unsupported} when a known clause is not served
     *     (yet), {@code query/evaluation} when it makes no sense
     */
    public static Statement prepare(String text, StatementOptions options) {
        throw new IbidException(ErrorCode.QUERY_UNSUPPORTED, "Statements are not supported yet");
    }

    public String text() {
        return text;
    }

    public StatementOptions options() {
        return options;
    }

    public StatementKind kind() {
        return StatementKind.SELECT;
    }

    public boolean isReadOnly() {
        return !kind().isMutation();
    }

    /** The user collections that are read, sorted; a mutation reads its target. */
    public List<String> collections() {
        return List.of();
    }

    /** The {@code system:} collections that are read, without the namespace, sorted. */
    public List<String> systemCollections() {
        return List.of();
    }

    /** The user collection that is written, null for a statement that writes none. */
    public @Nullable String target() {
        return null;
    }

    /**
     * Runs a SELECT.
     *
     * @throws IbidException {@code store/transaction-read-only} for a mutation, and whatever goes wrong
     */
    public Result execute(Source source, Value.Struct arguments, Limits limits) {
        throw new AssertionError(text);
    }

    /** Runs a SELECT or a mutation inside a transaction. */
    public Result execute(Target target, Value.Struct arguments, Limits limits) {
        throw new AssertionError(text);
    }

    /** Runs SHOW or ALTER SYSTEM. */
    public Result execute(Settings settings, Value.Struct arguments, Limits limits) {
        throw new AssertionError(text);
    }

    /**
     * Refuses what an observer cannot watch: everything but SELECT.
     *
     * @throws IbidException {@code query/unsupported}
     */
    public void requireObservable() {}

    /**
     * For a SELECT over one user collection: a condition that every document meets which has a part in the result. A change of a
     * document that does not meet it before nor after leaves the result as it is. Null when nothing is known.
     */
    public @Nullable RowFilter filter(Value.Struct arguments) {
        return null;
    }

    /** The typing that rows given to {@link #filter} must have; of the first FROM term. */
    public Typing typing() {
        return options.selectStrict() ? Typing.STRICT : Typing.FLEXIBLE;
    }
}
