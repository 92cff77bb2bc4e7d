package io.ibid.core.value;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The one total order over values (docs/dql.md, "Sort order"): false, true, numbers, binary, text, arrays, structs, null, missing.
 *
 * <p>Numbers compare by their exact numeric value, whether they are integers or floats: {@code 1 = 1.0} and
 * {@code 2^53 + 1 > 2^53.0}; {@code -0.0 = 0.0}; NaN is below every other number and equal to itself. Text compares by code point,
 * binary by unsigned byte, arrays element by element and then by length, structs as the list of their (name, value) pairs in the
 * order of names. It is coarser than {@code equals}, which tells {@code 1} from {@code 1.0}; {@link OrderedKey} is the same order
 * over bytes.
 */
public final class ValueOrder {

    /** {@link #compare}. Values it calls equal need not be {@code equals}. */
    public static final Comparator<Value> TOTAL = ValueOrder::compare;

    /** Names by code point, which is also the order of their UTF-8 bytes. */
    public static final Comparator<String> KEYS = ValueOrder::compareKeys;

    private static final double TWO_TO_63 = 0x1p63;

    private ValueOrder() {}

    /** Negative, zero or positive, as the first value is less than, equal to or greater than the second. */
    public static int compare(Value a, Value b) {
        if (a == b) {
            return 0;
        }
        return switch (a) {
            case Value.Int x when b instanceof Value.Int y -> Long.compare(x.value(), y.value());
            case Value.Int x when b instanceof Value.Float y -> compare(x.value(), y.value());
            case Value.Float x when b instanceof Value.Int y -> -compare(y.value(), x.value());
            case Value.Float x when b instanceof Value.Float y -> compare(x.value(), y.value());
            case Value.Text x when b instanceof Value.Text y -> compareKeys(x.value(), y.value());
            case Value.Bool x when b instanceof Value.Bool y -> Boolean.compare(x.value(), y.value());
            case Value.Binary x when b instanceof Value.Binary y -> Arrays.compareUnsigned(x.bytes(), y.bytes());
            case Value.Array x when b instanceof Value.Array y -> compareArrays(x.elements(), y.elements());
            case Value.Struct x when b instanceof Value.Struct y -> compareStructs(x, y);
            default -> Integer.compare(rank(a), rank(b));
        };
    }

    /** Whether two values are the same content: equal canonical CBOR. Finer than the order: an integer never equals a float. */
    public static boolean canonicallyEqual(Value a, Value b) {
        return a.equals(b);
    }

    /** A hash that is equal for values that compare as equal, for grouping by value. */
    public static int hash(Value value) {
        return switch (value) {
            case Value.Int number -> Long.hashCode(number.value());
            case Value.Float number -> {
                double x = number.value();
                yield x == Math.rint(x) && x >= -TWO_TO_63 && x < TWO_TO_63
                        ? Long.hashCode((long) x)
                        : Double.hashCode(x);
            }
            case Value.Array array -> {
                int hash = 7;
                for (Value element : array.elements()) {
                    hash = hash * 31 + hash(element);
                }
                yield hash;
            }
            case Value.Struct struct -> {
                int hash = 11;
                for (int i = 0; i < struct.size(); i++) {
                    hash = (hash * 31 + struct.name(i).hashCode()) * 31 + hash(struct.value(i));
                }
                yield hash;
            }
            default -> value.hashCode();
        };
    }

    /** The place of a value's kind in the order; both kinds of numbers share one, and so do both booleans. */
    static int rank(Value value) {
        return switch (value) {
            case Value.Bool ignored -> 0;
            case Value.Int ignored -> 1;
            case Value.Float ignored -> 1;
            case Value.Binary ignored -> 2;
            case Value.Text ignored -> 3;
            case Value.Array ignored -> 4;
            case Value.Struct ignored -> 5;
            case Value.Null ignored -> 6;
            case Value.Missing ignored -> 7;
        };
    }

    static int compare(long a, double b) {
        if (b >= TWO_TO_63) {
            return -1;
        }
        if (!(b >= -TWO_TO_63)) {
            return 1; // also NaN
        }
        long whole = (long) b;
        // A double with a fraction is below 2^53, so that the difference is exact.
        return a != whole ? Long.compare(a, whole) : Double.compare(0.0, b - whole + 0.0);
    }

    static int compare(double a, double b) {
        if (a < b) {
            return -1;
        }
        if (a > b) {
            return 1;
        }
        return a == b ? 0 : Boolean.compare(Double.isNaN(b), Double.isNaN(a));
    }

    private static int compareArrays(List<Value> a, List<Value> b) {
        int common = Math.min(a.size(), b.size());
        for (int i = 0; i < common; i++) {
            int order = compare(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    private static int compareStructs(Value.Struct a, Value.Struct b) {
        int common = Math.min(a.size(), b.size());
        for (int i = 0; i < common; i++) {
            int order = compareKeys(a.name(i), b.name(i));
            if (order == 0) {
                order = compare(a.value(i), b.value(i));
            }
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    static int compareKeys(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                // A surrogate belongs to a code point above every other char, though its own number is below U+E000.
                boolean xHigh = Character.isSurrogate(x);
                return xHigh == Character.isSurrogate(y) ? Character.compare(x, y) : xHigh ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
