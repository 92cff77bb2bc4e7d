package io.ibid.core.query;

import io.ibid.core.value.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Whether the entries of an index, or documents by id, come in a wanted order. */
enum IndexOrder {
    NONE,
    FORWARD,
    /** When the index is read from its end. */
    REVERSE;

    private static final Path ID = Path.of("_id");

    /**
     * How far the entries of an index come in a wanted order.
     *
     * @param direction in which it is read; NONE when it does not matter or does not help
     * @param keys how many of the wanted keys they are sorted by
     */
    record Beginning(IndexOrder direction, int keys) {}

    /** Whether the entries come in the whole order. */
    static IndexOrder of(List<IndexShape.Key> keys, int fixedKeys, List<Demand.OrderKey> wanted) {
        Beginning beginning = beginning(keys, fixedKeys, wanted);
        if (beginning.keys() < wanted.size()) {
            return NONE;
        }
        return beginning.direction() == NONE ? FORWARD : beginning.direction();
    }

    /**
     * Compares the keys of an index with a wanted order. Entries with equal keys are ordered by id.
     *
     * @param fixedKeys how many of the first keys have a single value, which makes them part of any order
     */
    static Beginning beginning(List<IndexShape.Key> keys, int fixedKeys, List<Demand.OrderKey> wanted) {
        Set<Path> settled = new TreeSet<>();
        keys.subList(0, fixedKeys).forEach(key -> settled.add(key.path()));
        IndexOrder order = NONE;
        int at = fixedKeys;
        int sorted = 0;
        for (Demand.OrderKey next : wanted) {
            if (!settled.contains(next.path())) {
                boolean byId = at == keys.size();
                Path path = byId ? ID : keys.get(at).path();
                boolean descending = !byId && keys.get(at).descending();
                IndexOrder direction = next.descending() == descending ? FORWARD : REVERSE;
                if (!next.path().equals(path) || (order != NONE && order != direction)) {
                    break;
                }
                order = direction;
                if (path.equals(ID)) {
                    return new Beginning(order, wanted.size()); // no two documents share it
                }
                settled.add(path);
                at++;
            }
            sorted++;
        }
        return new Beginning(order, sorted);
    }
}
