package io.ibid.core.query;

import io.ibid.core.query.function.Comparison;
import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets each answer through once. It reads all of its input first: of two answers that are equal but for the kind of a number the integer
 * is shown, whichever came first.
 */
final class DistinctCursor implements Cursor {
    private final Cursor input;
    private final Scope scope;
    private @Nullable Iterator<Tuple> tuples;

    DistinctCursor(Cursor input, Scope scope) {
        this.input = input;
        this.scope = scope;
    }

    @Override
    public boolean next() {
        if (tuples == null) {
            tuples = collect().iterator();
        }
        if (!tuples.hasNext()) {
            return false;
        }
        tuples.next().restore(scope);
        return true;
    }

    private List<Tuple> collect() {
        Map<Key, Tuple> firsts = new LinkedHashMap<>();
        long number = 0;
        while (input.next()) {
            ResultRow output = scope.output;
            if (output == null) {
                throw new AssertionError("DISTINCT before the projection");
            }
            Tuple tuple = Tuple.of(scope, List.of(), number++);
            Key key = new Key(output.value());
            Tuple first = firsts.putIfAbsent(key, tuple);
            if (first == null) {
                scope.memory()
                        .grow(
                                tuple.bytes() + 2 * Sizes.OBJECT + Sizes.of(key.row),
                                "DISTINCT",
                                "narrow the WHERE clause or select fewer fields");
            } else if (first.output() != null) {
                Value.Struct shown = first.output().value();
                Value preferred = Comparison.preferInteger(shown, key.row);
                if (preferred != shown) {
                    firsts.put(key, withOutput(first, (Value.Struct) preferred));
                }
            }
        }
        return new ArrayList<>(firsts.values());
    }

    private static Tuple withOutput(Tuple tuple, Value.Struct output) {
        return new Tuple(
                tuple.rows(),
                tuple.groupKeys(),
                tuple.aggregates(),
                new ComputedRow(output),
                tuple.keys(),
                tuple.number());
    }

    @Override
    public void close() {
        input.close();
    }

    /** A row by what it says. */
    private static final class Key {
        private final Value.Struct row;

        Key(Value.Struct row) {
            this.row = row;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key that && ValueOrder.compare(row, that.row) == 0;
        }

        @Override
        public int hashCode() {
            return ValueOrder.hash(row);
        }
    }
}
