package io.ibid.core.query.function;

import io.ibid.core.value.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Durations as text, {@code 1h30m}, and as numbers of a unit, by default milliseconds. */
final class DurationFunctions {
    private static final BigDecimal SECOND_NS = BigDecimal.valueOf(1_000_000_000L);

    private DurationFunctions() {}

    static List<Function> all() {
        return List.of(
                Function.strict("duration_cast", 1, 2, DurationFunctions::cast),
                Function.strict("duration_format", 1, 2, DurationFunctions::format));
    }

    private static @Nullable BigDecimal nanoseconds(String unit) {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "h" -> BigDecimal.valueOf(3_600_000_000_000L);
            case "m" -> BigDecimal.valueOf(60_000_000_000L);
            case "s" -> SECOND_NS;
            case "ms" -> BigDecimal.valueOf(1_000_000);
            case "us" -> BigDecimal.valueOf(1_000);
            case "ns" -> BigDecimal.ONE;
            default -> null;
        };
    }

    private static @Nullable BigDecimal unit(Value[] arguments) {
        if (arguments.length == 1) {
            return nanoseconds("ms");
        }
        return arguments[1] instanceof Value.Text(String unit) ? nanoseconds(unit) : null;
    }

    private static Value cast(Value[] arguments, Invocation in) {
        BigDecimal unit = unit(arguments);
        BigDecimal duration = arguments[0] instanceof Value.Text(String text) ? parse(text) : null;
        if (unit == null || duration == null) {
            return in.wrongType("duration_cast");
        }
        // All units divide each other or are divided by powers of 2, 3, 5, so 20 digits are more than a double shows.
        BigDecimal number = duration.divide(unit, MathContext.DECIMAL128).stripTrailingZeros();
        return number.scale() <= 0 && number.toBigInteger().bitLength() <= 63
                ? Value.of(number.longValue())
                : Value.of(number.doubleValue());
    }

    /** The nanoseconds of a text; null when it is no duration. */
    private static @Nullable BigDecimal parse(String text) {
        int at = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        if (at == text.length() || text.length() > 256) {
            return null;
        }
        BigDecimal sum = BigDecimal.ZERO;
        while (at < text.length()) {
            int numberEnd = at;
            boolean point = false;
            while (numberEnd < text.length()
                    && (isDigit(text, numberEnd) || (!point && text.charAt(numberEnd) == '.'))) {
                point |= text.charAt(numberEnd) == '.';
                numberEnd++;
            }
            int unitEnd = numberEnd;
            while (unitEnd < text.length() && Character.isLetter(text.charAt(unitEnd))) {
                unitEnd++;
            }
            BigDecimal unit = nanoseconds(text.substring(numberEnd, unitEnd));
            boolean number = numberEnd > at && isDigit(text, at) && isDigit(text, numberEnd - 1);
            if (unit == null || !number) {
                return null;
            }
            sum = sum.add(new BigDecimal(text.substring(at, numberEnd)).multiply(unit));
            at = unitEnd;
        }
        return text.startsWith("-") ? sum.negate() : sum;
    }

    private static boolean isDigit(String text, int at) {
        return text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private static Value format(Value[] arguments, Invocation in) {
        BigDecimal unit = unit(arguments);
        BigDecimal number = switch (arguments[0]) {
            case Value.Int whole -> BigDecimal.valueOf(whole.value());
            case Value.Float real when Double.isFinite(real.value()) -> BigDecimal.valueOf(real.value());
            default -> null;
        };
        if (unit == null || number == null) {
            return in.wrongType("duration_format");
        }
        BigDecimal nanoseconds = number.multiply(unit);
        String magnitude = magnitude(nanoseconds.abs());
        return Value.of(nanoseconds.signum() < 0 ? "-" + magnitude : magnitude);
    }

    /** From a second on hours, minutes and seconds, below it the unit that leaves a digit before the point. */
    private static String magnitude(BigDecimal nanoseconds) {
        if (nanoseconds.signum() == 0) {
            return "0s";
        }
        if (nanoseconds.compareTo(SECOND_NS) < 0) {
            for (String unit : List.of("ms", "us")) {
                BigDecimal size = nanoseconds(unit);
                if (size != null && nanoseconds.compareTo(size) >= 0) {
                    return plain(nanoseconds.divide(size)) + unit;
                }
            }
            return plain(nanoseconds) + "ns";
        }
        BigDecimal[] hours = nanoseconds.divideAndRemainder(BigDecimal.valueOf(3_600_000_000_000L));
        BigDecimal[] minutes = hours[1].divideAndRemainder(BigDecimal.valueOf(60_000_000_000L));
        StringBuilder text = new StringBuilder();
        if (hours[0].signum() != 0) {
            text.append(plain(hours[0])).append('h');
        }
        if (!text.isEmpty() || minutes[0].signum() != 0) {
            text.append(plain(minutes[0])).append('m');
        }
        return text.append(plain(minutes[1].divide(SECOND_NS))).append('s').toString();
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
