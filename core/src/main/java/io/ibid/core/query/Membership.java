package io.ibid.core.query;

import io.ibid.core.query.function.Truth;
import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.util.Arrays;
import java.util.List;

/** A list to look values up in: sorted when it is long, so that IN over thousands of elements stays cheap per row. */
final class Membership {
    private static final int LINEAR_MAX = 8;

    private final Value[] elements;
    private final boolean open;

    private Membership(Value[] elements, boolean open) {
        this.elements = elements;
        this.open = open;
    }

    static Membership of(List<Value> list) {
        Value[] present = new Value[list.size()];
        int size = 0;
        for (Value element : list) {
            if (!Truth.isAbsent(element)) {
                present[size++] = element;
            }
        }
        Value[] elements = Arrays.copyOf(present, size);
        if (size > LINEAR_MAX) {
            Arrays.sort(elements, ValueOrder.TOTAL);
        }
        return new Membership(elements, size < list.size());
    }

    /** {@code x IN list} without preparation, for a list that is asked once. */
    static Value search(Value x, List<Value> list) {
        boolean open = false;
        for (Value element : list) {
            if (ValueOrder.compare(x, element) == 0) {
                return Value.TRUE;
            }
            open |= Truth.isAbsent(element);
        }
        return open ? Value.NULL : Value.FALSE;
    }

    /** {@code x IN list}. */
    Value contains(Value x) {
        if (Truth.isAbsent(x)) {
            return x;
        }
        if (elements.length > LINEAR_MAX) {
            if (Arrays.binarySearch(elements, x, ValueOrder.TOTAL) >= 0) {
                return Value.TRUE;
            }
        } else {
            for (Value element : elements) {
                if (ValueOrder.compare(x, element) == 0) {
                    return Value.TRUE;
                }
            }
        }
        return open ? Value.NULL : Value.FALSE;
    }
}
