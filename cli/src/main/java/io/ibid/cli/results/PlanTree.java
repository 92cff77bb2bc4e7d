package io.ibid.cli.results;

import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;

/** A query plan as a tree of operators, one a line, each with what it works on behind its name. */
final class PlanTree {
    private static final String OPERATOR = "#operator";

    private final List<String> lines = new ArrayList<>();

    private PlanTree() {}

    /** Whether this is a plan, or a part of one. */
    static boolean isPlan(Value value) {
        return value instanceof Value.Struct node && node.get(OPERATOR) instanceof Value.Text;
    }

    static List<String> lines(Value.Struct plan) {
        PlanTree tree = new PlanTree();
        tree.add(plan, "", "");
        return tree.lines;
    }

    private void add(Value.Struct node, String first, String rest) {
        List<Value.Struct> children = new ArrayList<>();
        StringBuilder line = new StringBuilder(first).append(Cells.text(node.get(OPERATOR)));
        for (int i = 0; i < node.size(); i++) {
            String name = node.name(i);
            Value value = node.value(i);
            if (isPlan(value)) {
                children.add((Value.Struct) value);
            } else if (value instanceof Value.Array array
                    && !array.elements().isEmpty()
                    && array.elements().stream().allMatch(PlanTree::isPlan)) {
                array.elements().forEach(child -> children.add((Value.Struct) child));
            } else if (!name.equals(OPERATOR) && !value.equals(Value.Struct.EMPTY)) {
                line.append("  ")
                        .append(name.startsWith("#") ? name.substring(1) : name)
                        .append('=')
                        .append(Cells.text(value));
            }
        }
        lines.add(line.toString());
        for (int i = 0; i < children.size(); i++) {
            boolean isLast = i == children.size() - 1;
            add(children.get(i), rest + (isLast ? "└─ " : "├─ "), rest + (isLast ? "   " : "│  "));
        }
    }
}
