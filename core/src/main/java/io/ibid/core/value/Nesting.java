package io.ibid.core.value;

/**
 * How deep arrays and structs may stand in each other. Every decoder refuses more, so that hostile input cannot exhaust the stack,
 * and every encoder too, so that nothing is written that no one could read back.
 */
public final class Nesting {

    /** The greatest depth: a scalar has depth 0, an array or struct one more than its deepest element. A document counts as 1. */
    public static final int MAX = 256;

    private Nesting() {}

    /** The depth of a value. Looks no further than one level below {@link #MAX}, so it is safe for any value. */
    public static int depth(Value value) {
        return depth(value, MAX + 1);
    }

    private static int depth(Value value, int budget) {
        if (budget == 0) {
            return 0;
        }
        int deepest = 0;
        switch (value) {
            case Value.Array array -> {
                for (Value element : array.elements()) {
                    deepest = Math.max(deepest, depth(element, budget - 1));
                }
            }
            case Value.Struct struct -> {
                for (int i = 0; i < struct.size(); i++) {
                    deepest = Math.max(deepest, depth(struct.value(i), budget - 1));
                }
            }
            default -> {
                return 0;
            }
        }
        return deepest + 1;
    }

    /** The depth one level further in; refuses to go below {@link #MAX}. */
    static int enter(int depth) {
        if (depth >= MAX) {
            throw new MalformedException("Nested deeper than " + MAX + " levels");
        }
        return depth + 1;
    }
}
