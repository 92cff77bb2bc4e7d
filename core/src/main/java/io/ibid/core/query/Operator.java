package io.ibid.core.query;

import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One node of a plan as EXPLAIN and PROFILE show it.
 *
 * @param attributes what it does; {@code #operator} not included
 * @param rows how many rows it gives, roughly; NaN when nobody knows
 * @param children the scans of a union or an intersection, the inner side of a join
 * @param stats what was measured, null when nothing was
 */
record Operator(
        String name,
        Value.Struct attributes,
        double rows,
        List<Operator> children,
        @Nullable OperatorStats stats) {

    private static final String SEQUENCE = "sequence";

    /** The tree of operators that follow each other, the source first. */
    static Value.Struct sequence(List<Operator> operators) {
        return Value.Struct.builder()
                .put("#operator", Value.of(SEQUENCE))
                .put("children", trees(operators))
                .build();
    }

    /** The same as a part of a tree. */
    static Operator sequenceOf(List<Operator> operators) {
        return new Operator(SEQUENCE, Value.Struct.EMPTY, 0, List.copyOf(operators), null);
    }

    private static Value trees(List<Operator> operators) {
        List<Value> trees = new ArrayList<>(operators.size());
        for (Operator operator : operators) {
            trees.add(operator.tree());
        }
        return new Value.Array(trees);
    }

    private Value tree() {
        if (name.equals(SEQUENCE)) {
            return sequence(children);
        }
        Value.Struct.Builder tree = Value.Struct.builder();
        tree.put("#operator", Value.of(name));
        for (int i = 0; i < attributes.size(); i++) {
            tree.put(attributes.name(i), attributes.value(i));
        }
        if (!Double.isNaN(rows)) {
            tree.put("#estimatedRows", Value.of(Math.round(rows)));
        }
        if (!children.isEmpty()) {
            tree.put("children", trees(children));
        }
        if (stats != null) {
            tree.put("#stats", stats.tree());
        }
        return tree.build();
    }
}
