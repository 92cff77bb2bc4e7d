package io.ibid;

import org.jspecify.annotations.Nullable;

/** What is known of a transaction. Immutable. */
public final class DittoTransactionInfo {
    private final String id;
    private final @Nullable String hint;
    private final boolean readOnly;

    DittoTransactionInfo(String id, @Nullable String hint, boolean readOnly) {
        this.id = id;
        this.hint = hint;
        this.readOnly = readOnly;
    }

    /** Names this transaction; unique within the process. */
    public String getId() {
        return id;
    }

    /** How the log calls it when it takes long. */
    public @Nullable String getHint() {
        return hint;
    }

    /** Whether its mutations are refused. */
    public boolean isReadOnly() {
        return readOnly;
    }

    @Override
    public String toString() {
        return "DittoTransactionInfo[id=" + id + ", hint=" + hint + ", isReadOnly=" + readOnly + "]";
    }
}
