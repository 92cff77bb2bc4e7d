package io.ibid.core.store;

import io.ibid.core.query.Row;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Value;
import org.jspecify.annotations.Nullable;

/** Rows that have the whole document they stand on. One thread. */
abstract class StandingRows implements FoundRows {
    private @Nullable Found current;

    /** Moves to a document. */
    final void standOn(Found found) {
        current = found;
    }

    private Found current() {
        Found found = current;
        if (found == null) {
            throw new IllegalStateException("the cursor stands on no entry: call next() first");
        }
        return found;
    }

    @Override
    public final byte[] wholeKey() {
        return current().wholeKey();
    }

    @Override
    public final Value key(int i) {
        return current().values().get(i);
    }

    @Override
    public final DocumentId id() {
        return current().record().id();
    }

    @Override
    public final Row row() {
        return current().row();
    }
}
