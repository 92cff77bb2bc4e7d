package io.ibid.core.store;

import java.util.Arrays;

/**
 * Tells which documents a long sequence may name twice, at eight bytes a document: a set of 64-bit hashes in an open table. It may
 * suspect a document wrongly, never miss one. Confined to one use.
 */
final class SeenKeys {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private long[] table = new long[1024];
    private int size;

    /** Adds a document; false when it may have been added before. */
    boolean add(DocumentKey key) {
        if (size * 2 >= table.length) {
            grow();
        }
        if (!insert(hash(key))) {
            return false;
        }
        size++;
        return true;
    }

    private static long hash(DocumentKey key) {
        long hash = FNV_OFFSET ^ key.collection().hashCode();
        for (byte b : key.id().bytes()) {
            hash = (hash ^ b) * FNV_PRIME;
        }
        hash ^= hash >>> 32;
        // 0 marks a free place.
        return hash == 0 ? 1 : hash;
    }

    private boolean insert(long hash) {
        int mask = table.length - 1;
        int at = (int) hash & mask;
        while (table[at] != 0) {
            if (table[at] == hash) {
                return false;
            }
            at = at + 1 & mask;
        }
        table[at] = hash;
        return true;
    }

    private void grow() {
        long[] before = table;
        table = new long[before.length * 2];
        Arrays.stream(before).filter(hash -> hash != 0).forEach(this::insert);
    }
}
