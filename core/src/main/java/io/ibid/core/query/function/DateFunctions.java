package io.ibid.core.query.function;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.value.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The functions over dates. A date is an ISO text with a zone or a number of milliseconds since 1970; a result is of the kind that the
 * first date was, in its offset, unless a format or zone is given. What is no date gives MISSING.
 */
final class DateFunctions {
    private static final int RANGE_SIZE_MAX = 10_000;

    private DateFunctions() {}

    static List<Function> all() {
        return List.of(
                new Function("clock", 0, 2, true, false, DateFunctions::clock),
                Function.strict("date_add", 3, 5, (a, in) -> add("date_add", a, in, 1)),
                Function.strict("date_sub", 3, 5, (a, in) -> add("date_sub", a, in, -1)),
                Function.strict("date_diff", 3, 3, DateFunctions::difference),
                Function.strict("date_part", 2, 2, DateFunctions::part),
                Function.strict("date_trunc", 2, 2, DateFunctions::truncate),
                Function.strict("date_format", 2, 3, DateFunctions::format),
                Function.strict("date_cast", 1, 2, DateFunctions::cast),
                Function.strict("date_range", 4, 6, DateFunctions::range),
                Function.strict("tz_offset", 1, 2, DateFunctions::offset));
    }

    private static Value clock(Value[] arguments, Invocation in) {
        Moment now = Moment.ofEpochMs(in.nowMs());
        return now == null ? Value.MISSING : result("clock", now.time(), false, arguments, 0, in);
    }

    private static Value add(String name, Value[] arguments, Invocation in, int sign) {
        Moment moment = Moment.of(arguments[0]);
        DatePart part = part(arguments[1]);
        if (moment == null
                || part == null
                || !(Arithmetic.wholeAsInteger(arguments[2]) instanceof Value.Int(long count))) {
            return refused(name, arguments[0], in);
        }
        ZonedDateTime time = added(moment.time(), part, count, sign);
        return time == null ? Value.MISSING : result(name, time, moment.text(), arguments, 3, in);
    }

    private static @Nullable ZonedDateTime added(ZonedDateTime time, DatePart part, long count, long times) {
        try {
            ZonedDateTime sum = part.add(time, Math.multiplyExact(count, times));
            return Moment.isInRange(sum) ? sum : null;
        } catch (DateTimeException | ArithmeticException outOfRange) {
            return null;
        }
    }

    private static Value difference(Value[] arguments, Invocation in) {
        Moment first = Moment.of(arguments[0]);
        Moment second = Moment.of(arguments[1]);
        DatePart part = part(arguments[2]);
        if (first == null || second == null || part == null) {
            return refused("date_diff", first == null ? arguments[0] : arguments[1], in);
        }
        return Value.of(part.between(second.time(), first.time()));
    }

    private static Value part(Value[] arguments, Invocation in) {
        Moment moment = Moment.of(arguments[0]);
        if (moment == null || !(arguments[1] instanceof Value.Text(String name))) {
            return refused("date_part", arguments[0], in);
        }
        DatePart part = DatePart.named(name);
        if (part != null) {
            return Value.of(part.of(moment.time()));
        }
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "weekday" -> Value.of(moment.time().getDayOfWeek().getValue());
            case "monthname" -> Value.of(DateFormat.monthName(moment.time()));
            case "tz", "timezone" -> Value.of(moment.time().getOffset().getTotalSeconds() / 60);
            default -> in.wrongType("date_part");
        };
    }

    private static Value truncate(Value[] arguments, Invocation in) {
        Moment moment = Moment.of(arguments[0]);
        DatePart part = part(arguments[1]);
        return moment == null || part == null
                ? refused("date_trunc", arguments[0], in)
                : result("date_trunc", part.floor(moment.time()), moment.text(), arguments, 2, in);
    }

    private static Value format(Value[] arguments, Invocation in) {
        Moment moment = Moment.of(arguments[0]);
        return moment == null
                ? refused("date_format", arguments[0], in)
                : result("date_format", moment.time(), true, arguments, 1, in);
    }

    private static Value cast(Value[] arguments, Invocation in) {
        ZonedDateTime time = read(arguments);
        return time == null
                ? refused("date_cast", arguments[0], in)
                : Value.of(time.toInstant().toEpochMilli());
    }

    /** The date of the first argument, in the format of the second if there is one. */
    private static @Nullable ZonedDateTime read(Value[] arguments) {
        if (arguments.length == 2 && arguments[0] instanceof Value.Text(String text)) {
            return arguments[1] instanceof Value.Text(String format)
                    ? DateFormat.of(format).parse(text)
                    : null;
        }
        Moment moment = Moment.of(arguments[0]);
        return moment == null ? null : moment.time();
    }

    private static Value range(Value[] arguments, Invocation in) {
        Moment start = Moment.of(arguments[0]);
        Moment end = Moment.of(arguments[1]);
        DatePart part = part(arguments[2]);
        if (start == null
                || end == null
                || part == null
                || !(Arithmetic.wholeAsInteger(arguments[3]) instanceof Value.Int(long step))
                || step == 0) {
            return refused("date_range", start == null ? arguments[0] : arguments[1], in);
        }
        List<Value> dates = new ArrayList<>();
        // Each is counted from the start, so that the 31st comes back after a short month.
        for (long i = 0; ; i++) {
            ZonedDateTime time = added(start.time(), part, step, i);
            if (time == null || (step > 0 ? !time.isBefore(end.time()) : !time.isAfter(end.time()))) {
                return new Value.Array(dates);
            }
            if (dates.size() == RANGE_SIZE_MAX) {
                throw new IbidException(
                        ErrorCode.QUERY_EVALUATION, "date_range gives more than " + RANGE_SIZE_MAX + " dates");
            }
            Value date = result("date_range", time, start.text(), arguments, 4, in);
            if (Truth.isMissing(date)) {
                return Value.MISSING;
            }
            dates.add(date);
        }
    }

    private static Value offset(Value[] arguments, Invocation in) {
        if (arguments.length == 2
                && arguments[0] instanceof Value.Text(String name)
                && arguments[1].equals(Value.of("TZN"))) {
            ZoneId zone = Moment.zone(name);
            return zone == null
                    ? in.wrongType("tz_offset")
                    : Value.of(zone.getRules().getOffset(Instant.EPOCH).getTotalSeconds() / 60);
        }
        ZonedDateTime time = read(arguments);
        return time == null
                ? refused("tz_offset", arguments[0], in)
                : Value.of(time.getOffset().getTotalSeconds() / 60);
    }

    /** A time as a result: by the format and zone that may stand at that place of the arguments, else as text or number. */
    private static Value result(
            String name, ZonedDateTime time, boolean asText, Value[] arguments, int formatIndex, Invocation in) {
        if (arguments.length <= formatIndex) {
            return asText
                    ? Value.of(DateFormat.of("").print(time))
                    : Value.of(time.toInstant().toEpochMilli());
        }
        if (!(arguments[formatIndex] instanceof Value.Text(String format))) {
            return in.wrongType(name);
        }
        ZonedDateTime shown = time;
        if (arguments.length > formatIndex + 1) {
            ZoneId zone =
                    arguments[formatIndex + 1] instanceof Value.Text(String zoneName) ? Moment.zone(zoneName) : null;
            if (zone == null) {
                return in.wrongType(name);
            }
            shown = time.withZoneSameInstant(zone);
        }
        return Moment.isInRange(shown) ? Value.of(DateFormat.of(format).print(shown)) : Value.MISSING;
    }

    private static @Nullable DatePart part(Value value) {
        return value instanceof Value.Text(String name) ? DatePart.named(name) : null;
    }

    private static Value refused(String name, Value date, Invocation in) {
        return Moment.lacksZone(date) ? in.zonelessDate(name) : in.wrongType(name);
    }
}
