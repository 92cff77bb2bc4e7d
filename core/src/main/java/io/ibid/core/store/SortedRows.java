package io.ibid.core.store;

import io.ibid.core.query.Row;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Value;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sorts documents that a walk finds in no order, in bounded memory: it keeps the first so many, gives them, and walks again for the next
 * ones. Slow for many, but many are rare: long values that begin alike, fields that a typing hides. One thread.
 */
final class SortedRows implements FoundRows {

    /** A walk that gives the same documents every time, each at least once. */
    @FunctionalInterface
    interface Walk {
        void forEach(Consumer<Found> sink);
    }

    static final int DOCUMENTS_MAX = 1000;
    static final int BYTES_MAX = 4 << 20;

    private final boolean reverse;
    private final Walk walk;
    private final TreeMap<byte[], Found> kept = new TreeMap<>(Arrays::compareUnsigned);
    private int keptBytes;
    private boolean walked;
    private boolean isComplete;
    private byte @Nullable [] last;
    private @Nullable Found current;

    SortedRows(boolean reverse, Walk walk) {
        this.reverse = reverse;
        this.walk = walk;
    }

    @Override
    public boolean next() {
        if (kept.isEmpty() && !(walked && isComplete)) {
            walked = true;
            isComplete = true;
            keptBytes = 0;
            walk.forEach(this::keep);
        }
        Map.Entry<byte[], Found> next = reverse ? kept.pollLastEntry() : kept.pollFirstEntry();
        if (next == null) {
            return false;
        }
        last = next.getKey();
        current = next.getValue();
        return true;
    }

    private void keep(Found found) {
        byte[] key = found.wholeKey();
        if (last != null && Arrays.compareUnsigned(key, last) * (reverse ? -1 : 1) <= 0) {
            return;
        }
        if (kept.put(key, found) == null) {
            keptBytes += bytes(found);
        }
        while (kept.size() > DOCUMENTS_MAX || (keptBytes > BYTES_MAX && kept.size() > 1)) {
            Found dropped = (reverse ? kept.pollFirstEntry() : kept.pollLastEntry()).getValue();
            keptBytes -= bytes(dropped);
            isComplete = false;
        }
    }

    private static int bytes(Found found) {
        return found.wholeKey().length + found.record().sizeBytes();
    }

    private Found current() {
        Found found = current;
        if (found == null) {
            throw new IllegalStateException("the cursor stands on no entry: call next() first");
        }
        return found;
    }

    @Override
    public byte[] wholeKey() {
        return current().wholeKey();
    }

    @Override
    public Value key(int i) {
        return current().values().get(i);
    }

    @Override
    public DocumentId id() {
        return current().record().id();
    }

    @Override
    public Row row() {
        return current().row();
    }

    @Override
    public void close() {
        kept.clear();
    }
}
