package io.ibid.core.value;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One number: checked against the grammar by hand, because the JDK's parsers accept much more than JSON allows. */
final class JsonNumber {

    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };
    private static final int DIGITS_EXACT_MAX = 18;
    private static final int EXPONENT_DIGITS_MAX = 6;

    private final byte[] text;
    private final int start;
    private final int end;
    private int at;
    private String problem = "";

    /** The digits read so far as a number, as long as they are few enough. */
    private long digits;

    private int digitCount;

    JsonNumber(byte[] text, int start, int end) {
        this.text = text;
        this.start = start;
        this.end = end;
        this.at = start;
    }

    /** The position behind the number, or of the problem. */
    int position() {
        return at;
    }

    String problem() {
        return problem;
    }

    /** The number; null when there is a {@link #problem}. */
    @Nullable
    Value value() {
        boolean negative = is('-');
        if (negative) {
            at++;
        }
        boolean zero = is('0');
        if (!digits()) {
            return refused("no digit");
        }
        if (zero && digitCount > 1) {
            at = start;
            return refused("a number with a leading zero");
        }
        int whole = digitCount;
        if (!is('.') && !is('e') && !is('E')) {
            return digitCount <= DIGITS_EXACT_MAX ? Value.of(negative ? -digits : digits) : longInteger();
        }
        if (is('.')) {
            at++;
            if (!digits()) {
                return refused("no digit behind the point");
            }
        }
        int power = whole - digitCount;
        if (is('e') || is('E')) {
            at++;
            boolean down = is('-');
            if (down || is('+')) {
                at++;
            }
            int first = at;
            long exponent = 0;
            while (at < end && text[at] >= '0' && text[at] <= '9') {
                exponent = Math.min(exponent * 10 + text[at] - '0', Integer.MAX_VALUE);
                at++;
            }
            if (at == first) {
                return refused("no digit in the exponent");
            }
            if (at - first > EXPONENT_DIGITS_MAX) {
                return parsed();
            }
            power += (int) (down ? -exponent : exponent);
        }
        // Both factors are exact doubles, so the one rounding of the product is the right one (Clinger 1990).
        if (digitCount <= DIGITS_EXACT_MAX && digits <= 1L << 53 && power >= -22 && power <= 22) {
            double magnitude = power < 0 ? digits / POWERS_OF_TEN[-power] : digits * POWERS_OF_TEN[power];
            return Value.of(negative ? -magnitude : magnitude);
        }
        return parsed();
    }

    private boolean is(char c) {
        return at < end && text[at] == c;
    }

    private boolean digits() {
        int first = at;
        while (at < end && text[at] >= '0' && text[at] <= '9') {
            digits = digitCount < DIGITS_EXACT_MAX ? digits * 10 + text[at] - '0' : digits;
            digitCount++;
            at++;
        }
        return at > first;
    }

    private @Nullable Value refused(String reason) {
        problem = reason;
        return null;
    }

    /** An integer of so many digits that it may be beyond 64 bits. */
    private @Nullable Value longInteger() {
        if (digitCount <= 19) {
            try {
                return Value.of(Long.parseLong(characters()));
            } catch (NumberFormatException beyond) {
                return parsed();
            }
        }
        return parsed();
    }

    private @Nullable Value parsed() {
        double number = Double.parseDouble(characters());
        if (Double.isInfinite(number)) {
            at = start;
            return refused("a number beyond the range of 64-bit floats");
        }
        return Value.of(number);
    }

    private String characters() {
        return new String(text, start, at - start, StandardCharsets.ISO_8859_1);
    }
}
