package io.ibid.core.query.function;

import io.ibid.core.value.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A date as functions take it, to the millisecond, from year 1 to 9999.
 *
 * @param time in the offset it was given in; numbers are in UTC
 * @param text whether it was given as text, as which its results are then given too
 */
record Moment(ZonedDateTime time, boolean text) {
    private static final long EPOCH_MS_MIN = -62_135_596_800_000L;
    private static final long EPOCH_MS_MAX = 253_402_300_799_999L;

    /** The moment of a value, or null: no date, or a text without a zone. */
    static @Nullable Moment of(Value value) {
        return switch (value) {
            case Value.Int(long epochMs) -> ofEpochMs(epochMs);
            case Value.Float number
            when Arithmetic.wholeAsInteger(number) instanceof Value.Int(long epochMs) -> ofEpochMs(epochMs);
            case Value.Text text -> {
                ZonedDateTime time = parseIso(text.value());
                yield time == null ? null : new Moment(time, true);
            }
            default -> null;
        };
    }

    static @Nullable Moment ofEpochMs(long epochMs) {
        return epochMs < EPOCH_MS_MIN || epochMs > EPOCH_MS_MAX
                ? null
                : new Moment(Instant.ofEpochMilli(epochMs).atZone(ZoneOffset.UTC), false);
    }

    static boolean isInRange(ZonedDateTime time) {
        return time.getYear() >= 1 && time.getYear() <= 9999;
    }

    /** The zone of that name or offset, null when there is none. */
    static @Nullable ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            return null;
        }
    }

    /** Reads {@code YYYY-MM-DDThh:mm[:ss[.f]]} and a zone; null when it is something else. */
    private static @Nullable ZonedDateTime parseIso(String text) {
        int at = isoTimeEnd(text);
        if (at < 0) {
            return null;
        }
        ZoneOffset offset = offset(text.substring(at));
        return offset == null ? null : isoTime(text, at, offset);
    }

    /** Whether a text would be a date if it had a zone. */
    static boolean lacksZone(Value value) {
        if (!(value instanceof Value.Text(String text))) {
            return false;
        }
        return text.length() == 10
                ? isoTimeEnd(text + "T00:00") == 16 && isoTime(text + "T00:00", 16, ZoneOffset.UTC) != null
                : isoTimeEnd(text) == text.length() && isoTime(text, text.length(), ZoneOffset.UTC) != null;
    }

    /** Where the time of an ISO text ends, or -1 when it is none. */
    private static int isoTimeEnd(String text) {
        if (text.length() < 16 || !hasShape(text, "0000-00-00T00:00")) {
            return -1;
        }
        int at = 16;
        if (at < text.length() && text.charAt(at) == ':') {
            if (text.length() < 19 || !isDigit(text, 17) || !isDigit(text, 18)) {
                return -1;
            }
            at = 19;
            if (at < text.length() && text.charAt(at) == '.') {
                at++;
                while (at < text.length() && isDigit(text, at)) {
                    at++;
                }
                return at == 20 ? -1 : at;
            }
        }
        return at;
    }

    private static boolean hasShape(String text, String shape) {
        for (int i = 0; i < shape.length(); i++) {
            char wanted = shape.charAt(i);
            char c = text.charAt(i);
            boolean fits = wanted == '0'
                    ? c >= '0' && c <= '9'
                    : wanted == 'T' ? c == 'T' || c == 't' || c == ' ' : c == wanted;
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable ZonedDateTime isoTime(String text, int end, ZoneOffset offset) {
        int second = end >= 19 ? number(text, 17, 19) : 0;
        int millisecond = 0;
        for (int i = 20, scale = 100; i < end && scale > 0; i++, scale /= 10) {
            millisecond += (text.charAt(i) - '0') * scale;
        }
        return time(
                number(text, 0, 4),
                number(text, 5, 7),
                number(text, 8, 10),
                number(text, 11, 13),
                number(text, 14, 16),
                second,
                millisecond,
                offset);
    }

    /** That time, null when there is none. */
    static @Nullable ZonedDateTime time(
            int year, int month, int day, int hour, int minute, int second, int millisecond, ZoneId zone) {
        try {
            ZonedDateTime time = LocalDateTime.of(year, month, day, hour, minute, second, millisecond * 1_000_000)
                    .atZone(zone);
            return isInRange(time) ? time : null;
        } catch (DateTimeException impossible) {
            return null;
        }
    }

    /** Reads {@code Z}, {@code +hh:mm}, {@code +hhmm} or {@code +hh}; null when it is something else. */
    static @Nullable ZoneOffset offset(String text) {
        if (text.equals("Z") || text.equals("z")) {
            return ZoneOffset.UTC;
        }
        boolean colon = text.length() == 6 && text.charAt(3) == ':';
        if (!colon && text.length() != 5 && text.length() != 3) {
            return null;
        }
        char sign = text.charAt(0);
        String digits = text.substring(1).replace(":", "");
        if ((sign != '+' && sign != '-') || (digits.length() != 4 && digits.length() != 2)) {
            return null;
        }
        for (int i = 0; i < digits.length(); i++) {
            if (!isDigit(digits, i)) {
                return null;
            }
        }
        int minutes = number(digits, 0, 2) * 60 + (digits.length() == 4 ? number(digits, 2, 4) : 0);
        boolean possible = minutes <= 18 * 60 && (digits.length() == 2 || number(digits, 2, 4) < 60);
        return possible ? ZoneOffset.ofTotalSeconds((sign == '-' ? -minutes : minutes) * 60) : null;
    }

    static boolean isDigit(String text, int at) {
        return text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}
