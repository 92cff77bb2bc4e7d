package io.ibid.core.query;

import io.ibid.core.value.Value;

/** Roughly how many bytes of heap values take, for {@link Memory}. */
final class Sizes {
    /** An object header with a reference to it. */
    static final int OBJECT = 24;

    private Sizes() {}

    static long of(Value value) {
        return switch (value) {
            case Value.Text text -> 2 * OBJECT + text.value().length();
            case Value.Binary binary -> OBJECT + binary.bytes().length;
            case Value.Array array -> {
                long size = 2 * OBJECT;
                for (Value element : array.elements()) {
                    size += 8 + of(element);
                }
                yield size;
            }
            case Value.Struct struct -> {
                long size = 3 * OBJECT;
                for (int i = 0; i < struct.size(); i++) {
                    size += 16 + of(struct.value(i));
                }
                yield size;
            }
            default -> OBJECT;
        };
    }

    static long of(Value[] values) {
        long size = OBJECT;
        for (Value value : values) {
            size += 8 + of(value);
        }
        return size;
    }
}
