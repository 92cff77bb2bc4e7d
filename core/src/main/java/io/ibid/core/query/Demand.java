package io.ibid.core.query;

import io.ibid.core.query.syntax.Expression;
import io.ibid.core.value.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a statement asks of the rows of a FROM term beyond its conditions.
 *
 * @param order the order it sorts them into; empty when any will do; null when it is none that an index could have
 * @param use what it reads of each row, its conditions not counted
 * @param bounds how many of the rows are needed when they come in the wanted order; null: all
 * @param changed the fields that it changes while it reads
 */
record Demand(@Nullable List<OrderKey> order, FieldUse use, Plan.@Nullable Bounds bounds, SortedSet<Path> changed) {

    /** Every row in any order, in full. */
    static final Demand ALL = new Demand(List.of(), FieldUse.WHOLE, null, new TreeSet<>());

    /** One field to sort by. */
    record OrderKey(Path path, boolean descending) {}

    /** The fields of a term that sort keys are, null when one of them is anything else. */
    static @Nullable List<OrderKey> order(List<Plan.SortKey> keys, int term) {
        List<OrderKey> order = new ArrayList<>(keys.size());
        for (Plan.SortKey key : keys) {
            if (!(key.key().expression() instanceof Expression.Field field) || field.term() != term) {
                return null;
            }
            order.add(new OrderKey(field.path(), key.descending()));
        }
        return order;
    }

    /** Whether rows in any order will do. */
    boolean takesAnyOrder() {
        return order != null && order.isEmpty();
    }

    /** Whether a change of the statement can move a document within the index. */
    boolean moves(IndexShape index) {
        return changed.stream()
                .anyMatch(path -> index.keys().stream()
                        .anyMatch(
                                key -> path.startsWith(key.path()) || key.path().startsWith(path)));
    }
}
