package io.ibid.core.query;

import io.ibid.core.value.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations such as {@code 1h30m}, for {@link NaiveEvaluator}. */
final class NaiveDurations {
    private static final Map<String, BigDecimal> NANOSECONDS = Map.of(
            "h", new BigDecimal("3600e9"),
            "m", new BigDecimal("60e9"),
            "s", new BigDecimal("1e9"),
            "ms", new BigDecimal("1e6"),
            "us", new BigDecimal("1e3"),
            "ns", BigDecimal.ONE);
    private static final Pattern PART =
            Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(h|ms|m|s|us|ns)", Pattern.CASE_INSENSITIVE);

    private NaiveDurations() {}

    private static @Nullable BigDecimal unit(List<Value> arguments) {
        Value unit = arguments.size() == 2 ? arguments.get(1) : Value.of("ms");
        return unit instanceof Value.Text(String name) ? NANOSECONDS.get(name.toLowerCase(Locale.ROOT)) : null;
    }

    static Value cast(List<Value> arguments) {
        BigDecimal unit = unit(arguments);
        if (unit == null || !(arguments.getFirst() instanceof Value.Text(String text))) {
            return Value.MISSING;
        }
        String parts = text.replaceFirst("^[-+]", "");
        if (!parts.matches("(?i)(" + PART.pattern() + ")+")) {
            return Value.MISSING;
        }
        BigDecimal sum = BigDecimal.ZERO;
        Matcher part = PART.matcher(parts);
        while (part.find()) {
            sum = sum.add(new BigDecimal(part.group(1))
                    .multiply(NANOSECONDS.get(part.group(2).toLowerCase(Locale.ROOT))));
        }
        BigDecimal number = (text.startsWith("-") ? sum.negate() : sum).divide(unit, MathContext.DECIMAL128);
        boolean whole = number.stripTrailingZeros().scale() <= 0
                && number.toBigInteger().bitLength() <= 63;
        return whole ? Value.of(number.longValue()) : Value.of(number.doubleValue());
    }

    static Value format(List<Value> arguments) {
        BigDecimal unit = unit(arguments);
        BigDecimal number = arguments.getFirst() instanceof Value.Int(long whole)
                ? BigDecimal.valueOf(whole)
                : arguments.getFirst() instanceof Value.Float(double real) && Double.isFinite(real)
                        ? BigDecimal.valueOf(real)
                        : null;
        if (unit == null || number == null) {
            return Value.MISSING;
        }
        BigDecimal left = number.multiply(unit).abs();
        String sign = number.signum() < 0 ? "-" : "";
        if (left.signum() == 0) {
            return Value.of("0s");
        }
        if (left.compareTo(NANOSECONDS.get("s")) < 0) {
            String small = left.compareTo(NANOSECONDS.get("ms")) >= 0
                    ? "ms"
                    : left.compareTo(NANOSECONDS.get("us")) >= 0 ? "us" : "ns";
            return Value.of(sign + shown(left.divide(NANOSECONDS.get(small))) + small);
        }
        StringBuilder text = new StringBuilder(sign);
        boolean begun = false;
        for (String part : List.of("h", "m")) {
            BigDecimal[] whole = left.divideAndRemainder(NANOSECONDS.get(part));
            begun |= whole[0].signum() > 0;
            text.append(begun ? shown(whole[0]) + part : "");
            left = whole[1];
        }
        return Value.of(text + shown(left.divide(NANOSECONDS.get("s"))) + "s");
    }

    private static String shown(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
