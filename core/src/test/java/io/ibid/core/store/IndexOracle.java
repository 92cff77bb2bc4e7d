package io.ibid.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.query.IndexRows;
import io.ibid.core.query.IndexShape;
import io.ibid.core.query.Row;
import io.ibid.core.query.Rows;
import io.ibid.core.query.Source;
import io.ibid.core.query.Span;
import io.ibid.core.query.Typing;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Compares what an index gives with what a scan, a filter and a sort give. */
final class IndexOracle {

    private record Expected(List<Value> keys, DocumentId id, String json) {}

    private final RandomGenerator random;
    private final List<Value> values;
    private int resets;

    IndexOracle(RandomGenerator random, List<Value> values) {
        this.random = random;
        this.values = values;
    }

    /** Some spans of all indexes under some typings, in both directions. */
    void compare(Source source, int spans) {
        for (IndexShape index : source.indexes().of(TestStore.CARS)) {
            for (int i = 0; i < spans; i++) {
                Typing typing = typing();
                boolean reverse = random.nextBoolean();
                try (IndexRows rows = source.scanIndex(index, span(index), reverse, typing)) {
                    // Whatever was read before, a cursor that is sent elsewhere gives the same as a new one.
                    for (int span = random.nextInt(1, 4); span > 0; span--) {
                        for (int steps = random.nextInt(4); steps > 0 && rows.next(); steps--) {
                            rows.id();
                        }
                        Span next = span(index);
                        if (rows.reset(next)) {
                            resets++;
                            compare(source, index, next, typing, reverse, rows);
                        }
                    }
                }
                compare(source, index, span(index), typing, reverse);
            }
        }
    }

    /** How often a cursor was sent to another span. */
    int resets() {
        return resets;
    }

    static void compare(Source source, IndexShape index, Span span, Typing typing, boolean reverse) {
        try (IndexRows rows = source.scanIndex(index, span, reverse, typing)) {
            compare(source, index, span, typing, reverse, rows);
        }
    }

    private static void compare(
            Source source, IndexShape index, Span span, Typing typing, boolean reverse, IndexRows given) {
        List<Expected> expected = new ArrayList<>();
        try (Rows rows = source.scan(index.collection(), typing)) {
            for (Row row = rows.next(); row != null; row = rows.next()) {
                List<Value> keys = new ArrayList<>();
                for (IndexShape.Key key : index.keys()) {
                    keys.add(value(row, key.path()));
                }
                if ((index.includeMissing() || !(keys.getFirst() instanceof Value.Missing)) && contains(span, keys)) {
                    expected.add(new Expected(keys, row.documentId(), TestStore.json(row)));
                }
            }
        }
        expected.sort(order(index));
        if (reverse) {
            Collections.reverse(expected);
        }
        List<Expected> found = new ArrayList<>();
        while (given.next()) {
            List<Value> keys = new ArrayList<>();
            for (int i = 0; i < index.keys().size(); i++) {
                keys.add(given.key(i));
            }
            Row row = given.row();
            if (row != null) {
                found.add(new Expected(keys, given.id(), TestStore.json(row)));
            }
        }
        assertThat(found)
                .as("%s %s %s reverse %s", index, span, typing, reverse)
                .isEqualTo(expected);
    }

    private static Value value(Row row, Path path) {
        if (!path.key(0).equals("_id")) {
            return row.field(path);
        }
        Value at = row.id();
        for (int i = 1; i < path.depth(); i++) {
            at = at instanceof Value.Struct struct ? struct.get(path.key(i)) : Value.MISSING;
        }
        return at;
    }

    private static boolean contains(Span span, List<Value> keys) {
        int equal = span.equal().size();
        for (int i = 0; i < equal; i++) {
            if (ValueOrder.compare(span.equal().get(i), keys.get(i)) != 0) {
                return false;
            }
        }
        return isInside(span.low(), keys, equal, 1) && isInside(span.high(), keys, equal, -1);
    }

    private static boolean isInside(Span.@Nullable Bound bound, List<Value> keys, int at, int sign) {
        if (bound == null) {
            return true;
        }
        int order = ValueOrder.compare(keys.get(at), bound.value()) * sign;
        return order > 0 || (order == 0 && bound.included());
    }

    private static Comparator<Expected> order(IndexShape index) {
        return (a, b) -> {
            for (int i = 0; i < a.keys.size(); i++) {
                int order = ValueOrder.compare(a.keys.get(i), b.keys.get(i));
                if (order != 0) {
                    return index.keys().get(i).descending() ? -order : order;
                }
            }
            return a.id.compareTo(b.id);
        };
    }

    private Span span(IndexShape index) {
        List<Value> equal = new ArrayList<>();
        while (equal.size() < index.keys().size() && random.nextInt(3) == 0) {
            equal.add(value());
        }
        boolean isFull = equal.size() == index.keys().size();
        return new Span(equal, isFull ? null : bound(), isFull ? null : bound());
    }

    private Span.@Nullable Bound bound() {
        return random.nextBoolean() ? null : new Span.Bound(value(), random.nextBoolean());
    }

    private Value value() {
        return random.nextInt(6) == 0 ? Value.MISSING : values.get(random.nextInt(values.size()));
    }

    private Typing typing() {
        if (random.nextInt(3) == 0) {
            return random.nextBoolean() ? Typing.FLEXIBLE : Typing.STRICT;
        }
        TreeMap<Path, FieldType> declared = new TreeMap<>();
        for (int field = 0; field < 4; field++) {
            Path path = Path.of("f" + field);
            switch (random.nextInt(6)) {
                case 0 -> declared.put(path, FieldType.values()[random.nextInt(5)]);
                case 1 -> {
                    declared.put(path, FieldType.MAP);
                    declared.put(path.child("p"), FieldType.values()[random.nextInt(5)]);
                }
                case 2 -> {
                    declared.put(path, FieldType.MAP);
                    declared.put(path.child("q"), FieldType.MAP);
                }
                default -> {}
            }
        }
        return new Typing(declared, random.nextBoolean());
    }
}
