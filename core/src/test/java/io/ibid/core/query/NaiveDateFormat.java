package io.ibid.core.query;

import java.time.DayOfWeek;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Formats of dates in both styles, for {@link NaiveDates}: printing replaces the fields, reading makes a regular expression of them. */
final class NaiveDateFormat {
    private static final Pattern WORDS = Pattern.compile("YYYY|MM|DD|hh|mm|sss|ss|TZD|TZN");
    private static final Pattern PERCENTS = Pattern.compile("%(?::z|[YmdHMSfzZjbBaA%])");
    private static final List<String> NUMBERS = List.of("Y", "m", "d", "H", "M", "S", "f", "j");

    private NaiveDateFormat() {}

    static String name(Month month) {
        return month.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    private static Matcher fields(String format) {
        return (format.contains("%") ? PERCENTS : WORDS).matcher(format);
    }

    /** The letter of the percent style for a field of either. */
    private static String letter(String field) {
        return switch (field) {
            case "YYYY" -> "Y";
            case "MM" -> "m";
            case "DD" -> "d";
            case "hh" -> "H";
            case "mm" -> "M";
            case "ss" -> "S";
            case "sss" -> "f";
            case "TZD" -> ":z";
            case "TZN" -> "Z";
            default -> field.substring(1);
        };
    }

    static String print(ZonedDateTime time, String format) {
        if (format.isEmpty()) {
            boolean fraction = time.getNano() >= 1_000_000;
            return print(time, fraction ? "%Y-%m-%dT%H:%M:%S.%f%:z" : "%Y-%m-%dT%H:%M:%S%:z");
        }
        return fields(format)
                .replaceAll(field -> Matcher.quoteReplacement(
                        switch (letter(field.group())) {
                            case "Y" -> String.format("%04d", time.getYear());
                            case "m" -> String.format("%02d", time.getMonthValue());
                            case "d" -> String.format("%02d", time.getDayOfMonth());
                            case "H" -> String.format("%02d", time.getHour());
                            case "M" -> String.format("%02d", time.getMinute());
                            case "S" -> String.format("%02d", time.getSecond());
                            case "f" -> String.format("%03d", time.getNano() / 1_000_000);
                            case "j" -> String.format("%03d", time.getDayOfYear());
                            case "z" -> DateTimeFormatter.ofPattern("xx").format(time);
                            case ":z" -> DateTimeFormatter.ofPattern("xxx").format(time);
                            case "Z" ->
                                time.getZone().equals(ZoneOffset.UTC)
                                        ? "UTC"
                                        : time.getZone().getId();
                            case "b" -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
                            case "B" -> name(time.getMonth());
                            case "a" -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
                            case "A" -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
                            default -> "%";
                        }));
    }

    private static String regex(String letter) {
        return switch (letter) {
            case "Y" -> "([0-9]{4})";
            case "f", "j" -> "([0-9]{3})";
            case "z", ":z" -> "([Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)";
            case "Z" -> "([\\p{L}0-9/_+:-]+)";
            case "b" -> months(TextStyle.SHORT);
            case "B" -> months(TextStyle.FULL);
            case "a" -> days(TextStyle.SHORT);
            case "A" -> days(TextStyle.FULL);
            case "%" -> "(%)";
            default -> "([0-9]{2})";
        };
    }

    private static String months(TextStyle style) {
        return alternatives(Arrays.stream(Month.values()).map(it -> it.getDisplayName(style, Locale.ENGLISH)));
    }

    private static String days(TextStyle style) {
        return alternatives(Arrays.stream(DayOfWeek.values()).map(it -> it.getDisplayName(style, Locale.ENGLISH)));
    }

    private static String alternatives(Stream<String> names) {
        return "((?i:" + names.collect(Collectors.joining("|")) + "))";
    }

    static @Nullable ZonedDateTime parse(String text, String format) {
        if (format.isEmpty()) {
            NaiveDates.Date date = NaiveDates.date(io.ibid.core.value.Value.of(text));
            return date == null ? null : date.time();
        }
        StringBuilder regex = new StringBuilder();
        Matcher fields = fields(format);
        int end = 0;
        while (fields.find()) {
            regex.append(Pattern.quote(format.substring(end, fields.start()))).append(regex(letter(fields.group())));
            end = fields.end();
        }
        Matcher found =
                Pattern.compile(regex + Pattern.quote(format.substring(end))).matcher(text);
        return found.matches() ? parse(found, fields(format)) : null;
    }

    private static @Nullable ZonedDateTime parse(Matcher found, Matcher fields) {
        int[] parts = {1970, 1, 1, 0, 0, 0, 0};
        int dayOfYear = 0;
        ZoneId zone = ZoneOffset.UTC;
        for (int group = 1; fields.find(); group++) {
            String letter = letter(fields.group());
            String text = found.group(group);
            int number = NUMBERS.indexOf(letter);
            if (letter.equals("j")) {
                dayOfYear = Integer.parseInt(text);
                if (dayOfYear == 0) {
                    return null;
                }
            } else if (number >= 0) {
                parts[number] = Integer.parseInt(text);
            } else if (letter.endsWith("z")) {
                zone = NaiveDates.offset(text);
            } else if (letter.equals("Z")) {
                zone = NaiveDates.zone(text);
            } else if (letter.equalsIgnoreCase("b")) {
                for (Month month : Month.values()) {
                    if (name(month).toLowerCase(Locale.ROOT).startsWith(text.toLowerCase(Locale.ROOT))) {
                        parts[1] = month.getValue();
                    }
                }
            }
            if (zone == null) {
                return null;
            }
        }
        if (dayOfYear == 0) {
            return NaiveDates.time(parts, zone);
        }
        parts[1] = 1;
        parts[2] = 1;
        ZonedDateTime year = NaiveDates.time(parts, zone);
        return year == null || dayOfYear > year.toLocalDate().lengthOfYear() ? null : year.plusDays(dayOfYear - 1);
    }
}
