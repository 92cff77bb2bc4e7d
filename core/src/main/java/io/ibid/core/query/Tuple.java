package io.ibid.core.query;

import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row set aside by a sort: where the scope stood, and the values it is sorted by. */
record Tuple(
        @Nullable Row[] rows,
        Value[] groupKeys,
        Value[] aggregates,
        @Nullable ResultRow output,
        Value[] keys,
        long number) {

    static Tuple of(Scope scope, List<Plan.SortKey> sortKeys, long number) {
        Value[] keys = new Value[sortKeys.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = sortKeys.get(i).key().evaluate(scope);
        }
        return new Tuple(scope.rows.clone(), scope.groupKeys, scope.aggregates, scope.output, keys, number);
    }

    void restore(Scope scope) {
        System.arraycopy(rows, 0, scope.rows, 0, rows.length);
        scope.groupKeys = groupKeys;
        scope.aggregates = aggregates;
        scope.output = output;
    }

    long bytes() {
        long bytes = 4 * Sizes.OBJECT + Sizes.of(keys) + Sizes.of(groupKeys) + Sizes.of(aggregates);
        for (Row row : rows) {
            bytes += row == null ? 8 : row.memoryBytes();
        }
        return bytes;
    }

    /** Whether the values of the first keys are the same. */
    boolean agrees(Tuple other, int first) {
        for (int i = 0; i < first; i++) {
            if (ValueOrder.compare(keys[i], other.keys[i]) != 0) {
                return false;
            }
        }
        return true;
    }

    /** In the order of the keys, and of arrival where they are equal. */
    int compareTo(Tuple other, List<Plan.SortKey> sortKeys) {
        for (int i = 0; i < keys.length; i++) {
            int order = ValueOrder.compare(keys[i], other.keys[i]);
            if (order != 0) {
                return sortKeys.get(i).descending() ? -order : order;
            }
        }
        return Long.compare(number, other.number);
    }
}
