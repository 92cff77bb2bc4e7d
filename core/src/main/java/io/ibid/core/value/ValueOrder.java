package io.ibid.core.value;

import java.util.Comparator;

/** The one total order over values (docs/dql.md, "Sort order"). */
public final class ValueOrder {

    /** Names by code point, which is also the order of their UTF-8 bytes. */
    public static final Comparator<String> KEYS = ValueOrder::compareCodePoints;

    private ValueOrder() {}

    private static int compareCodePoints(String a, String b) {
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
