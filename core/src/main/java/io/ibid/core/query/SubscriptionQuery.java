package io.ibid.core.query;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * What a peer wants to have: {@code SELECT * FROM collection [WHERE condition]} with its arguments bound. Immutable.
 *
 * <p>Two equal queries, however they were written, have the same canonical text and arguments; these travel to other peers, which
 * prepare the query from them again and get an equal one, whatever their own settings are.
 */
public final class SubscriptionQuery implements RowFilter {
    private final String collection;
    private final String canonicalText;
    private final Value.Struct arguments;

    private SubscriptionQuery(String collection, String canonicalText, Value.Struct arguments) {
        this.collection = collection;
        this.canonicalText = canonicalText;
        this.arguments = arguments;
    }

    /**
     * @param options the settings of the peer that subscribes; the canonical text carries them on
     * @throws IbidException {@code query/unsupported} for anything a subscription may not have, and as {@link Statement#prepare}
     */
    public static SubscriptionQuery prepare(String text, StatementOptions options, Value.Struct arguments) {
        throw new IbidException(ErrorCode.QUERY_UNSUPPORTED, "Subscriptions are not supported yet");
    }

    /** The collection, without its namespace. */
    public String collection() {
        return collection;
    }

    /** A subscription to a {@code system:} collection is accepted and selects nothing. */
    public boolean isSystem() {
        return false;
    }

    /** How rows given to {@link #matches} must be typed. */
    public Typing typing() {
        return Typing.FLEXIBLE;
    }

    /** Whether every document of the collection is wanted. */
    public boolean isUnfiltered() {
        return false;
    }

    @Override
    public boolean matches(Row row) {
        return false;
    }

    public String canonicalText() {
        return canonicalText;
    }

    /** Exactly the arguments that the query uses. */
    public Value.Struct arguments() {
        return arguments;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SubscriptionQuery that
                && canonicalText.equals(that.canonicalText)
                && arguments.equals(that.arguments);
    }

    @Override
    public int hashCode() {
        return canonicalText.hashCode() * 31 + arguments.hashCode();
    }
}
