package io.ibid.peer.runtime;

import org.jspecify.annotations.Nullable;

/**
 * How one transaction is run.
 *
 * @param readOnly it reads one snapshot, beside all others, and its mutations are refused with {@code store/transaction-read-only}
 * @param hint how the log calls it when it takes long
 */
public record TransactionOptions(boolean readOnly, @Nullable String hint) {

    /** It may write, and has no name. */
    public static final TransactionOptions STANDARD = new TransactionOptions(false, null);

    /** How the log calls it. */
    String who() {
        return hint == null ? "A transaction" : "The transaction \"" + hint + "\"";
    }
}
