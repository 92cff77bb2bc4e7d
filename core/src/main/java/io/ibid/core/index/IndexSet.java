package io.ibid.core.index;

import io.ibid.core.query.IndexCatalogue;
import io.ibid.core.query.IndexShape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The indexes that a store has at one moment. Immutable: a change gives another set. */
public final class IndexSet {

    /** No index, and never one before. */
    public static final IndexSet NONE = new IndexSet(new TreeMap<>(), 0, new Finished(List.of()));

    private final TreeMap<Integer, Index> byNumber;
    private final TreeMap<String, List<Index>> kept = new TreeMap<>();
    private final int lastNumber;
    private final Finished finished;

    private IndexSet(TreeMap<Integer, Index> byNumber, int lastNumber, Finished before) {
        this.byNumber = byNumber;
        this.lastNumber = lastNumber;
        for (Index index : byNumber.values()) {
            if (!index.isDropped()) {
                kept.computeIfAbsent(index.shape().collection(), name -> new ArrayList<>())
                        .add(index);
            }
        }
        List<IndexShape> ready = byNumber.values().stream()
                .filter(Index::isReady)
                .map(Index::shape)
                .toList();
        this.finished = ready.equals(before.all) ? before : new Finished(ready);
    }

    /**
     * The set of these indexes.
     *
     * @param lastNumber the greatest number that was ever given
     */
    public static IndexSet of(Collection<Index> indexes, int lastNumber) {
        TreeMap<Integer, Index> byNumber = new TreeMap<>();
        indexes.forEach(index -> byNumber.put(index.number(), index));
        return new IndexSet(byNumber, lastNumber, NONE.finished);
    }

    /** All of them, dropped ones as well, by number. */
    public List<Index> all() {
        return List.copyOf(byNumber.values());
    }

    public boolean isEmpty() {
        return byNumber.isEmpty();
    }

    /** The greatest number that was ever given to an index. */
    public int lastNumber() {
        return lastNumber;
    }

    /** Those that writes to a collection have to keep in step, finished or not. */
    public List<Index> of(String collection) {
        return kept.isEmpty() ? List.of() : kept.getOrDefault(collection, List.of());
    }

    /** What statements may use. */
    public IndexCatalogue catalogue() {
        return finished;
    }

    public @Nullable Index find(int number) {
        return byNumber.get(number);
    }

    /** The index of a name that is not dropped, finished or not. */
    public @Nullable Index find(String collection, String name) {
        for (Index index : of(collection)) {
            if (index.shape().name().equals(name)) {
                return index;
            }
        }
        return null;
    }

    /** The finished index that statements know by this shape. */
    public Index finished(IndexShape shape) {
        Index index = find(shape.collection(), shape.name());
        if (index == null || !index.isReady() || !index.shape().equals(shape)) {
            throw new AssertionError("not an index of this catalogue: " + shape);
        }
        return index;
    }

    /** With a new index, which has the next number and no entries. */
    public IndexSet created(IndexShape shape) {
        return put(new Index(lastNumber + 1, shape, Index.Building.START));
    }

    /** With an index in another state. */
    public IndexSet moved(int number, Index.State state) {
        Index index = byNumber.get(number);
        if (index == null) {
            throw new AssertionError("no index has the number " + number);
        }
        return put(index.with(state));
    }

    private IndexSet put(Index index) {
        TreeMap<Integer, Index> next = new TreeMap<>(byNumber);
        next.put(index.number(), index);
        return new IndexSet(next, Math.max(lastNumber, index.number()), finished);
    }

    /** Without an index, of which nothing is left. */
    public IndexSet without(int number) {
        TreeMap<Integer, Index> next = new TreeMap<>(byNumber);
        next.remove(number);
        return new IndexSet(next, lastNumber, finished);
    }

    /** The finished indexes; the same instance in all sets with the same ones. */
    private static final class Finished implements IndexCatalogue {
        private final List<IndexShape> all;
        private final SortedMap<String, List<IndexShape>> byCollection = new TreeMap<>();

        Finished(List<IndexShape> shapes) {
            all = shapes;
            List<IndexShape> byName = new ArrayList<>(shapes);
            byName.sort(Comparator.comparing(IndexShape::name));
            byName.forEach(shape -> byCollection
                    .computeIfAbsent(shape.collection(), name -> new ArrayList<>())
                    .add(shape));
        }

        @Override
        public List<IndexShape> of(String collection) {
            return byCollection.getOrDefault(collection, List.of());
        }
    }
}
