package io.ibid.core.sync.wire;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dictionary of one direction: the first use of a value gives it the next number from 1, later uses say the number. When all
 * numbers are taken the oldest value loses its own. Both ends keep one, and as both see the same values in the same order, they agree.
 */
final class Ring<T> {
    private final int size;
    private final Map<T, Integer> numberByValue = new LinkedHashMap<>();
    private @Nullable Object[] values = new Object[4];
    private int used;
    private int next;

    Ring(int size) {
        this.size = size;
    }

    /** The value's number, or 0. For the writing end. */
    int numberOf(T value) {
        return numberByValue.getOrDefault(value, 0);
    }

    /** Takes the next number. At the writing end the value must have none yet. */
    int add(T value, boolean isWriting) {
        if (next == values.length && values.length < size) {
            values = Arrays.copyOf(values, Math.min(size, 2 * values.length));
        }
        if (isWriting) {
            @SuppressWarnings("unchecked")
            T previous = (T) values[next];
            if (previous != null) {
                numberByValue.remove(previous);
            }
            numberByValue.put(value, next + 1);
        }
        values[next] = value;
        int number = next + 1;
        used = Math.max(used, number);
        next = number == size ? 0 : number;
        return number;
    }

    /** The value of a number that the partner used. For the reading end. */
    T get(long number) {
        if (number < 1 || number > used) {
            throw new ProtocolException("a dictionary has no number " + Long.toUnsignedString(number));
        }
        @SuppressWarnings("unchecked")
        T value = (T) values[(int) number - 1];
        if (value == null) {
            throw new AssertionError("number " + number + " of a dictionary is empty");
        }
        return value;
    }

    void clear() {
        numberByValue.clear();
        values = new Object[4];
        used = 0;
        next = 0;
    }
}
