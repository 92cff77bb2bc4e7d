package io.ibid.cli.terminal;

import java.util.Locale;

/** Numbers as people read them. */
public final class Count {
    private Count() {}

    /** {@code 1 row}, {@code 12,345 rows}. */
    public static String of(long number, String noun) {
        return number(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** {@code 12,345}. */
    public static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 0.3 s}, {@code 12 s}, {@code 3 min 5 s}. */
    public static String duration(long milliseconds) {
        long seconds = milliseconds / 1000;
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", milliseconds / 1000.0);
        }
        return seconds < 120 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }

    /** {@code 512 B}, {@code 1.5 kB}, {@code 20 MB}. */
    public static String bytes(long bytes) {
        String[] units = {"B", "kB", "MB", "GB", "TB"};
        double amount = bytes;
        int unit = 0;
        while (amount >= 1000 && unit < units.length - 1) {
            amount /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 || amount >= 100 ? "%.0f %s" : "%.1f %s", amount, units[unit]);
    }

    /** So many a second; 0 when no time has passed. */
    public static long rate(long count, long milliseconds) {
        return milliseconds <= 0 ? 0 : count * 1000 / milliseconds;
    }
}
