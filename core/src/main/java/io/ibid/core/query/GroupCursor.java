package io.ibid.core.query;

import io.ibid.core.query.function.Comparison;
import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Groups its input in memory, in the order in which groups appear. Without keys there is one group, also over no rows. */
final class GroupCursor implements Cursor {
    private static final String REMEDY = "narrow the WHERE clause or group by fewer keys";

    private final Cursor input;
    private final Scope scope;
    private final Plan.Group plan;
    private @Nullable Iterator<Group> groups;

    GroupCursor(Cursor input, Scope scope, Plan.Group plan) {
        this.input = input;
        this.scope = scope;
        this.plan = plan;
    }

    @Override
    public boolean next() {
        if (groups == null) {
            groups = collect().values().iterator();
        }
        if (!groups.hasNext()) {
            return false;
        }
        Group group = groups.next();
        scope.groupKeys = group.shown;
        Value[] results = new Value[group.accumulators.length];
        for (int i = 0; i < results.length; i++) {
            results[i] = group.accumulators[i].result();
        }
        scope.aggregates = results;
        return true;
    }

    private Map<Key, Group> collect() {
        Map<Key, Group> byKey = new LinkedHashMap<>();
        if (plan.keys().isEmpty()) {
            Key only = new Key(new Value[0]);
            byKey.put(only, open(only));
        }
        while (input.next()) {
            Value[] values = new Value[plan.keys().size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = plan.keys().get(i).evaluate(scope);
            }
            Key key = new Key(values);
            Group group = byKey.get(key);
            if (group == null) {
                group = open(key);
                byKey.put(key, group);
                scope.memory()
                        .grow(
                                4 * Sizes.OBJECT + Sizes.of(values) + 4L * Sizes.OBJECT * group.accumulators.length,
                                "GROUP BY",
                                REMEDY);
            } else {
                for (int i = 0; i < values.length; i++) {
                    group.shown[i] = Comparison.preferInteger(group.shown[i], values[i]);
                }
            }
            for (int i = 0; i < group.accumulators.length; i++) {
                Compiled operand = plan.aggregations().get(i).operand();
                group.accumulators[i].add(operand == null ? Value.TRUE : operand.evaluate(scope));
            }
        }
        return byKey;
    }

    private Group open(Key key) {
        List<Plan.Aggregation> aggregations = plan.aggregations();
        Accumulator[] accumulators = new Accumulator[aggregations.size()];
        for (int i = 0; i < accumulators.length; i++) {
            accumulators[i] = Accumulator.of(aggregations.get(i), scope);
        }
        return new Group(key.values.clone(), accumulators);
    }

    @Override
    public void close() {
        input.close();
    }

    private record Group(Value[] shown, Accumulator[] accumulators) {}

    /** The values of the keys; NULL and MISSING are values of their own. */
    private static final class Key {
        private final Value[] values;

        Key(Value[] values) {
            this.values = values;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (!(other instanceof Key that)) {
                return false;
            }
            for (int i = 0; i < values.length; i++) {
                if (ValueOrder.compare(values[i], that.values[i]) != 0) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public int hashCode() {
            int hash = 0;
            for (Value value : values) {
                hash = hash * 31 + ValueOrder.hash(value);
            }
            return hash;
        }
    }
}
