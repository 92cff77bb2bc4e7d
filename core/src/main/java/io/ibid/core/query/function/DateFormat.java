package io.ibid.core.query.function;

import io.ibid.core.value.Value;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A date format in one of two styles: with a {@code %} it is read as {@code %Y-%m-%d}, otherwise as {@code YYYY-MM-DD}; the empty one is
 * ISO. What is no field stands for itself.
 */
final class DateFormat {
    private static final DateFormat ISO = new DateFormat(List.of());

    private final List<Element> elements;

    private DateFormat(List<Element> elements) {
        this.elements = elements;
    }

    /** One element: a field, or a literal text when the field is null. */
    private record Element(@Nullable Field field, String literal) {}

    private enum Field {
        YEAR("YYYY", "%Y", 4),
        MONTH("MM", "%m", 2),
        DAY("DD", "%d", 2),
        HOUR("hh", "%H", 2),
        MINUTE("mm", "%M", 2),
        MILLISECOND("sss", "%f", 3),
        SECOND("ss", "%S", 2),
        OFFSET("TZD", "%:z", 0),
        PLAIN_OFFSET("", "%z", 0),
        ZONE_NAME("TZN", "%Z", 0),
        DAY_OF_YEAR("", "%j", 3),
        SHORT_MONTH_NAME("", "%b", 0),
        MONTH_NAME("", "%B", 0),
        SHORT_WEEKDAY_NAME("", "%a", 0),
        WEEKDAY_NAME("", "%A", 0);

        private final String word;
        private final String percent;
        private final int digits;

        Field(String word, String percent, int digits) {
            this.word = word;
            this.percent = percent;
            this.digits = digits;
        }
    }

    static DateFormat of(String format) {
        if (format.isEmpty()) {
            return ISO;
        }
        boolean percentStyle = format.indexOf('%') >= 0;
        List<Element> elements = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        for (int i = 0; i < format.length(); ) {
            Field field = fieldAt(format, i, percentStyle);
            if (field != null) {
                if (!literal.isEmpty()) {
                    elements.add(new Element(null, literal.toString()));
                    literal.setLength(0);
                }
                elements.add(new Element(field, ""));
                i += (percentStyle ? field.percent : field.word).length();
            } else if (percentStyle && format.startsWith("%%", i)) {
                literal.append('%');
                i += 2;
            } else {
                literal.append(format.charAt(i++));
            }
        }
        if (!literal.isEmpty()) {
            elements.add(new Element(null, literal.toString()));
        }
        return new DateFormat(elements);
    }

    private static @Nullable Field fieldAt(String format, int at, boolean percentStyle) {
        for (Field field : Field.values()) {
            String text = percentStyle ? field.percent : field.word;
            if (!text.isEmpty() && format.startsWith(text, at)) {
                return field;
            }
        }
        return null;
    }

    String print(ZonedDateTime time) {
        StringBuilder out = new StringBuilder();
        if (elements.isEmpty()) {
            printIso(out, time);
            return out.toString();
        }
        for (Element element : elements) {
            if (element.field == null) {
                out.append(element.literal);
            } else {
                print(out, element.field, time);
            }
        }
        return out.toString();
    }

    private static void printIso(StringBuilder out, ZonedDateTime time) {
        digits(out, time.getYear(), 4);
        digits(out.append('-'), time.getMonthValue(), 2);
        digits(out.append('-'), time.getDayOfMonth(), 2);
        digits(out.append('T'), time.getHour(), 2);
        digits(out.append(':'), time.getMinute(), 2);
        digits(out.append(':'), time.getSecond(), 2);
        int millisecond = time.getNano() / 1_000_000;
        if (millisecond != 0) {
            digits(out.append('.'), millisecond, 3);
        }
        offset(out, time, ":");
    }

    private static void print(StringBuilder out, Field field, ZonedDateTime time) {
        switch (field) {
            case YEAR -> digits(out, time.getYear(), 4);
            case MONTH -> digits(out, time.getMonthValue(), 2);
            case DAY -> digits(out, time.getDayOfMonth(), 2);
            case HOUR -> digits(out, time.getHour(), 2);
            case MINUTE -> digits(out, time.getMinute(), 2);
            case SECOND -> digits(out, time.getSecond(), 2);
            case MILLISECOND -> digits(out, time.getNano() / 1_000_000, 3);
            case OFFSET -> offset(out, time, ":");
            case PLAIN_OFFSET -> offset(out, time, "");
            case ZONE_NAME -> out.append(zoneName(time.getZone()));
            case DAY_OF_YEAR -> digits(out, time.getDayOfYear(), 3);
            case SHORT_MONTH_NAME -> out.append(time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ROOT));
            case MONTH_NAME -> out.append(monthName(time));
            case SHORT_WEEKDAY_NAME -> out.append(time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ROOT));
            case WEEKDAY_NAME -> out.append(capitalised(time.getDayOfWeek().name()));
        }
    }

    static String monthName(ZonedDateTime time) {
        return capitalised(time.getMonth().name());
    }

    private static String capitalised(String name) {
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String zoneName(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    private static void digits(StringBuilder out, int number, int width) {
        String digits = Integer.toString(number);
        out.repeat('0', width - digits.length()).append(digits);
    }

    private static void offset(StringBuilder out, ZonedDateTime time, String separator) {
        int minutes = time.getOffset().getTotalSeconds() / 60;
        out.append(minutes < 0 ? '-' : '+');
        digits(out, Math.abs(minutes) / 60, 2);
        digits(out.append(separator), Math.abs(minutes) % 60, 2);
    }

    /** Reads a date that was written in this format; null when it does not fit. Without a zone it is in UTC. */
    @Nullable
    ZonedDateTime parse(String text) {
        if (elements.isEmpty()) {
            Moment moment = Moment.of(Value.of(text));
            return moment == null ? null : moment.time();
        }
        Reading reading = new Reading(text);
        for (Element element : elements) {
            boolean fits = element.field == null ? reading.literal(element.literal) : read(reading, element.field);
            if (!fits) {
                return null;
            }
        }
        return reading.result();
    }

    private static boolean read(Reading reading, Field field) {
        return switch (field) {
            case OFFSET, PLAIN_OFFSET -> reading.offset();
            case ZONE_NAME -> reading.zoneName();
            case SHORT_MONTH_NAME, MONTH_NAME -> reading.month(field == Field.MONTH_NAME);
            case SHORT_WEEKDAY_NAME, WEEKDAY_NAME -> reading.weekday(field == Field.WEEKDAY_NAME);
            default -> reading.number(field, field.digits);
        };
    }

    /** The state of a parse. */
    private static final class Reading {
        private final String text;
        private int at;
        private final int[] numbers = new int[Field.values().length];
        private ZoneId zone = ZoneOffset.UTC;
        private boolean byDayOfYear;

        Reading(String text) {
            this.text = text;
            numbers[Field.YEAR.ordinal()] = 1970;
            numbers[Field.MONTH.ordinal()] = 1;
            numbers[Field.DAY.ordinal()] = 1;
        }

        boolean literal(String literal) {
            boolean fits = text.startsWith(literal, at);
            at += literal.length();
            return fits;
        }

        boolean number(Field field, int digits) {
            if (at + digits > text.length()) {
                return false;
            }
            for (int i = at; i < at + digits; i++) {
                if (!Moment.isDigit(text, i)) {
                    return false;
                }
            }
            numbers[field.ordinal()] = Moment.number(text, at, at + digits);
            byDayOfYear |= field == Field.DAY_OF_YEAR;
            at += digits;
            return true;
        }

        boolean offset() {
            int end = at;
            while (end < text.length() && "+-:Zz0123456789".indexOf(text.charAt(end)) >= 0 && end - at < 6) {
                end++;
            }
            // The longest that fits: "+0900" may be followed by a literal digit only in theory.
            ZoneOffset offset = null;
            while (end > at && (offset = Moment.offset(text.substring(at, end))) == null) {
                end--;
            }
            if (offset == null) {
                return false;
            }
            zone = offset;
            at = end;
            return true;
        }

        boolean zoneName() {
            int end = at;
            while (end < text.length()
                    && (Character.isLetterOrDigit(text.charAt(end)) || "/_+-:".indexOf(text.charAt(end)) >= 0)) {
                end++;
            }
            ZoneId named = Moment.zone(text.substring(at, end));
            if (named == null) {
                return false;
            }
            zone = named;
            at = end;
            return true;
        }

        boolean month(boolean full) {
            for (Month month : Month.values()) {
                if (name(full ? capitalised(month.name()) : month.getDisplayName(TextStyle.SHORT, Locale.ROOT))) {
                    numbers[Field.MONTH.ordinal()] = month.getValue();
                    return true;
                }
            }
            return false;
        }

        boolean weekday(boolean full) {
            for (DayOfWeek day : DayOfWeek.values()) {
                if (name(full ? capitalised(day.name()) : day.getDisplayName(TextStyle.SHORT, Locale.ROOT))) {
                    return true;
                }
            }
            return false;
        }

        private boolean name(String name) {
            boolean fits = text.regionMatches(true, at, name, 0, name.length());
            at += fits ? name.length() : 0;
            return fits;
        }

        @Nullable
        ZonedDateTime result() {
            if (at != text.length()) {
                return null;
            }
            ZonedDateTime time = Moment.time(
                    numbers[Field.YEAR.ordinal()],
                    byDayOfYear ? 1 : numbers[Field.MONTH.ordinal()],
                    byDayOfYear ? 1 : numbers[Field.DAY.ordinal()],
                    numbers[Field.HOUR.ordinal()],
                    numbers[Field.MINUTE.ordinal()],
                    numbers[Field.SECOND.ordinal()],
                    numbers[Field.MILLISECOND.ordinal()],
                    zone);
            if (time == null || !byDayOfYear) {
                return time;
            }
            int dayOfYear = numbers[Field.DAY_OF_YEAR.ordinal()];
            boolean exists = dayOfYear >= 1 && dayOfYear <= time.toLocalDate().lengthOfYear();
            return exists ? time.withDayOfYear(dayOfYear) : null;
        }
    }
}
