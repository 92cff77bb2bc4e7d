package io.ibid.core.store;

import io.ibid.core.storage.Cursor;
import io.ibid.core.storage.MemoryStorage;
import io.ibid.core.storage.Snapshot;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** What replicas that have applied the same changes must agree on: everything but what is per node. */
final class StateHash {

    private StateHash() {}

    /** The entries in which two stores differ, in hexadecimal; empty when their states are equal. */
    static List<String> difference(MemoryStorage one, MemoryStorage other) {
        TreeMap<String, String> first = of(one);
        TreeMap<String, String> second = of(other);
        TreeSet<String> keys = new TreeSet<>(first.keySet());
        keys.addAll(second.keySet());
        keys.removeIf(key -> Objects.equals(first.get(key), second.get(key)));
        return keys.stream()
                .map(key -> key + ": " + first.get(key) + " / " + second.get(key))
                .toList();
    }

    private static TreeMap<String, String> of(MemoryStorage storage) {
        TreeMap<String, String> state = new TreeMap<>();
        try (Snapshot snapshot = storage.snapshot();
                Cursor cursor = snapshot.scan(new byte[0], null, false)) {
            while (cursor.next()) {
                byte[] key = cursor.key();
                if (!isPerNode(key)) {
                    state.put(Corruption.name(key), HexFormat.of().formatHex(cursor.value()));
                }
            }
        }
        return state;
    }

    private static boolean isPerNode(byte[] key) {
        return key[0] == Keys.EVICTED
                || key[0] == Keys.ACKNOWLEDGEMENTS
                || key[0] == Keys.INDEX_ENTRIES
                || (key[0] == Keys.META
                        && (key[1] == Keys.LEASE
                                || key[1] == Keys.IDENTITY
                                || key[1] == Keys.EVICTIONS
                                || key[1] == Keys.INDEXES
                                || key[1] == Keys.INDEX_NUMBER));
    }
}
