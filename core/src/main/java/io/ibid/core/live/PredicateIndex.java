package io.ibid.core.live;

import io.ibid.core.query.Criterion;
import io.ibid.core.query.LiveReading;
import io.ibid.core.query.Row;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells which of many queries a document may have a part in: those with a criterion that it meets, and those of which nothing is
 * known. It may name a query several times, and one whose condition the document does not meet after all, but it leaves none out. Its
 * cost grows with the paths that occur in criteria and with the hits, not with the queries. Confinement: loop.
 */
final class PredicateIndex<T> {

    /** A value, equal to those that compare as equal with it. */
    private record Key(Value value) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key(Value that) && ValueOrder.compare(value, that) == 0;
        }

        @Override
        public int hashCode() {
            return ValueOrder.hash(value);
        }
    }

    /** The criteria on one path. */
    private static final class Field<T> {
        final Path path;
        final Map<Key, List<T>> byValue = new LinkedHashMap<>();
        final Intervals<T> ranges = new Intervals<>();

        Field(Path path) {
            this.path = path;
        }
    }

    private final List<Field<T>> fields = new ArrayList<>();
    private final Set<T> always = new LinkedHashSet<>();

    /** @param criteria null: every document may have a part in it */
    void add(T query, @Nullable List<Criterion> criteria) {
        if (criteria == null) {
            always.add(query);
            return;
        }
        for (Criterion criterion : criteria) {
            Field<T> field = field(criterion.path());
            switch (criterion) {
                case Criterion.OneOf(Path path, List<Value> values) -> {
                    for (Value value : values) {
                        field.byValue
                                .computeIfAbsent(new Key(value), unused -> new ArrayList<>(1))
                                .add(query);
                    }
                }
                case Criterion.Within(Path path, Value low, Value high) -> field.ranges.add(low, high, query);
            }
        }
    }

    private Field<T> field(Path path) {
        for (Field<T> field : fields) {
            if (field.path.equals(path)) {
                return field;
            }
        }
        Field<T> field = new Field<>(path);
        fields.add(field);
        return field;
    }

    /** Takes out what {@link #add} has put in with the same criteria. */
    void remove(T query, @Nullable List<Criterion> criteria) {
        if (criteria == null) {
            always.remove(query);
            return;
        }
        for (Criterion criterion : criteria) {
            Field<T> field = field(criterion.path());
            switch (criterion) {
                case Criterion.OneOf(Path path, List<Value> values) -> {
                    for (Value value : values) {
                        List<T> queries = field.byValue.get(new Key(value));
                        if (queries != null && queries.remove(query) && queries.isEmpty()) {
                            field.byValue.remove(new Key(value));
                        }
                    }
                }
                case Criterion.Within within -> field.ranges.remove(query);
            }
            if (field.byValue.isEmpty() && field.ranges.isEmpty()) {
                fields.remove(field);
            }
        }
    }

    /**
     * Shows the queries in which the document may have had a part before, or may have one after; null: it was or is not there.
     *
     * @return how many were shown
     */
    int find(@Nullable Row before, @Nullable Row after, Consumer<T> found) {
        if (before == null && after == null) {
            return 0;
        }
        always.forEach(found);
        int count = always.size();
        for (Field<T> field : fields) {
            Value was = before == null ? null : LiveReading.field(before, field.path);
            Value is = after == null ? null : LiveReading.field(after, field.path);
            if (was != null) {
                count += find(field, was, found);
            }
            if (is != null && !is.equals(was)) {
                count += find(field, is, found);
            }
        }
        return count;
    }

    private int find(Field<T> field, Value value, Consumer<T> found) {
        int count = 0;
        List<T> equal = field.byValue.get(new Key(value));
        if (equal != null) {
            equal.forEach(found);
            count += equal.size();
        }
        return value instanceof Value.Missing || value instanceof Value.Null
                ? count
                : count + field.ranges.find(value, found);
    }
}
