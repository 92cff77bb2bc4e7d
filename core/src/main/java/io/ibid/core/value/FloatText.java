package io.ibid.core.value;

/**
 * How a float is written: the shortest digits that give it back, with a point or an exponent, so that it is never taken for an
 * integer. Plain from 0.00001 up to below 10^16, as people write such numbers ({@code 123456789.125}), beyond that {@code 1.5e20}.
 */
final class FloatText {
    private static final int PLAIN_EXPONENT_MIN = -5;
    private static final int PLAIN_EXPONENT_MAX = 15;

    private FloatText() {}

    /** @param number finite */
    static String of(double number) {
        String text = Double.toString(number);
        int mark = text.indexOf('E');
        if (mark < 0) {
            return text;
        }
        int exponent = Integer.parseInt(text, mark + 1, text.length(), 10);
        boolean negative = text.charAt(0) == '-';
        int first = negative ? 1 : 0;
        // The JDK writes one digit, a point, and one digit at least.
        String fraction = text.substring(first + 2, mark);
        String digits = text.charAt(first) + (fraction.equals("0") ? "" : fraction);
        String sign = negative ? "-" : "";
        if (exponent < PLAIN_EXPONENT_MIN || exponent > PLAIN_EXPONENT_MAX) {
            String behind = digits.length() == 1 ? "" : "." + digits.substring(1);
            return sign + digits.charAt(0) + behind + "e" + exponent;
        }
        if (exponent < 0) {
            return sign + "0." + "0".repeat(-exponent - 1) + digits;
        }
        int whole = exponent + 1;
        return digits.length() <= whole
                ? sign + digits + "0".repeat(whole - digits.length()) + ".0"
                : sign + digits.substring(0, whole) + "." + digits.substring(whole);
    }
}
