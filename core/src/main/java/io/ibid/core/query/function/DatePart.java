package io.ibid.core.query.function;

import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The parts of a date that functions take by name. */
enum DatePart {
    YEAR(ChronoUnit.YEARS),
    MONTH(ChronoUnit.MONTHS),
    DAY(ChronoUnit.DAYS),
    HOUR(ChronoUnit.HOURS),
    MINUTE(ChronoUnit.MINUTES),
    SECOND(ChronoUnit.SECONDS),
    MILLISECOND(ChronoUnit.MILLIS);

    private final ChronoUnit unit;

    DatePart(ChronoUnit unit) {
        this.unit = unit;
    }

    /** The part of that name in any case, null when there is none. */
    static @Nullable DatePart named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "year" -> YEAR;
            case "mon", "month" -> MONTH;
            case "day" -> DAY;
            case "hour" -> HOUR;
            case "min", "minute" -> MINUTE;
            case "sec", "second" -> SECOND;
            case "ms", "millis", "millisecond" -> MILLISECOND;
            default -> null;
        };
    }

    /** Later by that many parts; a day that the month lacks becomes its last one. */
    ZonedDateTime add(ZonedDateTime time, long count) {
        return time.plus(count, unit);
    }

    /** The whole parts from one time to another, towards zero. */
    long between(ZonedDateTime from, ZonedDateTime to) {
        return unit.between(from, to);
    }

    /** The start of the part that the time lies in. */
    ZonedDateTime floor(ZonedDateTime time) {
        return switch (this) {
            case YEAR -> time.truncatedTo(ChronoUnit.DAYS).withDayOfYear(1);
            case MONTH -> time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
            default -> time.truncatedTo(unit);
        };
    }

    long of(ZonedDateTime time) {
        return switch (this) {
            case YEAR -> time.getYear();
            case MONTH -> time.getMonthValue();
            case DAY -> time.getDayOfMonth();
            case HOUR -> time.getHour();
            case MINUTE -> time.getMinute();
            case SECOND -> time.getSecond();
            case MILLISECOND -> time.getNano() / 1_000_000;
        };
    }
}
