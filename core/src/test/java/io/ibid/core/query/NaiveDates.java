package io.ibid.core.query;

import static io.ibid.core.query.NaiveFunctions.whole;

import io.ibid.core.value.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The functions over dates, for {@link NaiveEvaluator}. */
final class NaiveDates {
    private static final Pattern ISO = Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt ]([0-9]{2}):([0-9]{2})"
            + "(?::([0-9]{2})(?:\\.([0-9]+))?)?([Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)");
    private static final int RANGE_MAX = 10_000;

    private NaiveDates() {}

    /** A date; {@code text}: it was written as one, so results are texts too. */
    record Date(ZonedDateTime time, boolean text) {}

    static Value call(String name, List<Value> arguments, long nowMs) {
        Value first = arguments.isEmpty() ? Value.of(nowMs) : arguments.getFirst();
        switch (name) {
            case "clock" -> {
                return shown(date(Value.of(nowMs)), arguments, 0);
            }
            case "date_cast" -> {
                ZonedDateTime time = read(arguments);
                return time == null ? Value.MISSING : Value.of(time.toInstant().toEpochMilli());
            }
            case "tz_offset" -> {
                return offset(arguments);
            }
            default -> {}
        }
        Date date = date(first);
        if (date == null) {
            return Value.MISSING;
        }
        return switch (name) {
            case "date_add", "date_sub" -> moved(date, arguments, name.equals("date_add") ? 1 : -1);
            case "date_diff" -> {
                Date other = date(arguments.get(1));
                ChronoUnit unit = unit(arguments.get(2));
                yield other == null || unit == null ? Value.MISSING : Value.of(unit.between(other.time, date.time));
            }
            case "date_part" -> part(date.time, arguments.get(1));
            case "date_trunc" -> {
                ChronoUnit unit = unit(arguments.get(1));
                yield unit == null ? Value.MISSING : shown(new Date(floor(date.time, unit), date.text), arguments, 2);
            }
            case "date_format" -> shown(new Date(date.time, true), arguments, 1);
            case "date_range" -> range(date, arguments);
            default -> throw new AssertionError("the naive evaluator has no function " + name);
        };
    }

    static @Nullable Date date(Value value) {
        Value whole = whole(value);
        if (whole instanceof Value.Int(long ms)) {
            return inRange(ms) ? new Date(Instant.ofEpochMilli(ms).atZone(ZoneOffset.UTC), false) : null;
        }
        if (!(value instanceof Value.Text(String text))) {
            return null;
        }
        Matcher iso = ISO.matcher(text);
        if (!iso.matches()) {
            return null;
        }
        int[] parts = new int[7];
        for (int i = 0; i < 6; i++) {
            parts[i] = iso.group(i + 1) == null ? 0 : Integer.parseInt(iso.group(i + 1));
        }
        parts[6] = iso.group(7) == null ? 0 : Integer.parseInt((iso.group(7) + "000").substring(0, 3));
        ZoneOffset offset = offset(iso.group(8));
        ZonedDateTime time = offset == null ? null : time(parts, offset);
        return time == null ? null : new Date(time, true);
    }

    private static boolean inRange(long ms) {
        return ms >= Instant.parse("0001-01-01T00:00:00Z").toEpochMilli()
                && ms <= Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
    }

    /** Year, month, day, hour, minute, second, millisecond; null when there is no such time. */
    static @Nullable ZonedDateTime time(int[] parts, ZoneId zone) {
        try {
            return known(
                    LocalDateTime.of(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6] * 1_000_000)
                            .atZone(zone));
        } catch (DateTimeException none) {
            return null;
        }
    }

    private static @Nullable ZonedDateTime known(ZonedDateTime time) {
        return time.getYear() >= 1 && time.getYear() <= 9999 ? time : null;
    }

    static @Nullable ZoneOffset offset(String text) {
        if (text.equalsIgnoreCase("z")) {
            return ZoneOffset.UTC;
        }
        String digits = text.replace(":", "").substring(1);
        int minutes = Integer.parseInt(digits.substring(0, 2)) * 60
                + (digits.length() > 2 ? Integer.parseInt(digits.substring(2)) : 0);
        boolean possible = minutes <= 18 * 60 && (digits.length() == 2 || Integer.parseInt(digits.substring(2)) < 60);
        return possible ? ZoneOffset.ofTotalSeconds((text.startsWith("-") ? -60 : 60) * minutes) : null;
    }

    static @Nullable ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            return null;
        }
    }

    private static @Nullable ChronoUnit unit(Value part) {
        return !(part instanceof Value.Text(String name))
                ? null
                : switch (name.toLowerCase(Locale.ROOT)) {
                    case "year" -> ChronoUnit.YEARS;
                    case "mon", "month" -> ChronoUnit.MONTHS;
                    case "day" -> ChronoUnit.DAYS;
                    case "hour" -> ChronoUnit.HOURS;
                    case "min", "minute" -> ChronoUnit.MINUTES;
                    case "sec", "second" -> ChronoUnit.SECONDS;
                    case "ms", "millis", "millisecond" -> ChronoUnit.MILLIS;
                    default -> null;
                };
    }

    private static @Nullable ZonedDateTime later(ZonedDateTime time, ChronoUnit unit, long count) {
        try {
            return known(time.plus(count, unit));
        } catch (DateTimeException | ArithmeticException never) {
            return null;
        }
    }

    private static Value moved(Date date, List<Value> arguments, int sign) {
        ChronoUnit unit = unit(arguments.get(1));
        if (unit == null || !(whole(arguments.get(2)) instanceof Value.Int(long count)) || count == Long.MIN_VALUE) {
            return Value.MISSING;
        }
        ZonedDateTime time = later(date.time, unit, sign * count);
        return time == null ? Value.MISSING : shown(new Date(time, date.text), arguments, 3);
    }

    private static ZonedDateTime floor(ZonedDateTime time, ChronoUnit unit) {
        return switch (unit) {
            case YEARS -> time.withMonth(1).withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS);
            case MONTHS -> time.withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS);
            default -> time.truncatedTo(unit);
        };
    }

    private static Value part(ZonedDateTime time, Value part) {
        ChronoUnit unit = unit(part);
        if (unit != null) {
            return Value.of(
                    switch (unit) {
                        case YEARS -> time.getYear();
                        case MONTHS -> time.getMonthValue();
                        case DAYS -> time.getDayOfMonth();
                        case HOURS -> time.getHour();
                        case MINUTES -> time.getMinute();
                        case SECONDS -> time.getSecond();
                        default -> time.getNano() / 1_000_000;
                    });
        }
        return !(part instanceof Value.Text(String name))
                ? Value.MISSING
                : switch (name.toLowerCase(Locale.ROOT)) {
                    case "weekday" -> Value.of(time.getDayOfWeek().getValue());
                    case "monthname" -> Value.of(NaiveDateFormat.name(time.getMonth()));
                    case "tz", "timezone" -> Value.of(time.getOffset().getTotalSeconds() / 60);
                    default -> Value.MISSING;
                };
    }

    private static Value range(Date start, List<Value> arguments) {
        Date end = date(arguments.get(1));
        ChronoUnit unit = unit(arguments.get(2));
        if (end == null || unit == null || !(whole(arguments.get(3)) instanceof Value.Int(long step)) || step == 0) {
            return Value.MISSING;
        }
        List<Value> dates = new ArrayList<>();
        for (int i = 0; ; i++) {
            ZonedDateTime time = later(start.time, unit, step * i);
            if (time == null || (step > 0 ? !time.isBefore(end.time) : !time.isAfter(end.time))) {
                return new Value.Array(dates);
            }
            if (i == RANGE_MAX) {
                throw new NaiveFunctions.Refusal("too many dates");
            }
            Value date = shown(new Date(time, start.text), arguments, 4);
            if (date.equals(Value.MISSING)) {
                return Value.MISSING;
            }
            dates.add(date);
        }
    }

    /** The text or date of the first two arguments. */
    private static @Nullable ZonedDateTime read(List<Value> arguments) {
        if (arguments.size() == 2 && arguments.getFirst() instanceof Value.Text(String text)) {
            return arguments.get(1) instanceof Value.Text(String format) ? NaiveDateFormat.parse(text, format) : null;
        }
        Date date = date(arguments.getFirst());
        return date == null ? null : date.time;
    }

    private static Value offset(List<Value> arguments) {
        if (arguments.size() == 2
                && arguments.get(0) instanceof Value.Text(String name)
                && arguments.get(1).equals(Value.of("TZN"))) {
            ZoneId zone = zone(name);
            return zone == null
                    ? Value.MISSING
                    : Value.of(Instant.EPOCH.atZone(zone).getOffset().getTotalSeconds() / 60);
        }
        ZonedDateTime time = read(arguments);
        return time == null ? Value.MISSING : Value.of(time.getOffset().getTotalSeconds() / 60);
    }

    /** A date as a result; a format may stand at that place of the arguments, and a zone behind it. */
    private static Value shown(@Nullable Date date, List<Value> arguments, int at) {
        if (date == null) {
            return Value.MISSING;
        }
        if (arguments.size() <= at) {
            return date.text
                    ? Value.of(NaiveDateFormat.print(date.time, ""))
                    : Value.of(date.time.toInstant().toEpochMilli());
        }
        ZonedDateTime time = date.time;
        if (arguments.size() > at + 1) {
            ZoneId zone = arguments.get(at + 1) instanceof Value.Text(String name) ? zone(name) : null;
            if (zone == null) {
                return Value.MISSING;
            }
            time = time.withZoneSameInstant(zone);
        }
        return arguments.get(at) instanceof Value.Text(String format) && known(time) != null
                ? Value.of(NaiveDateFormat.print(time, format))
                : Value.MISSING;
    }
}
