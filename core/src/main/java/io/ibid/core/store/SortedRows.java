package io.ibid.core.store;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sorts documents that a walk finds in no order, in bounded memory: it keeps the first so many, gives them, and walks again for the next
 * ones. Slow for many, but many are rare: long values that begin alike, fields that a typing hides. One thread.
 */
final class SortedRows extends StandingRows {

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
        standOn(next.getValue());
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

    @Override
    public void close() {
        kept.clear();
    }
}
