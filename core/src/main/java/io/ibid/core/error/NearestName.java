package io.ibid.core.error;

import java.util.Locale;

/** Finds what a mistyped name was probably meant to be. */
public final class NearestName {

    /** A shorter name is in many others. */
    private static final int CONTAINED_MIN = 4;

    private NearestName() {}

    /** The candidate with the fewest edits, the first of several; empty when there are no candidates. */
    public static String of(String name, Iterable<String> candidates) {
        String wanted = shorten(name);
        String best = "";
        int fewest = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            int edits = edits(wanted, shorten(candidate));
            if (edits < fewest) {
                fewest = edits;
                best = candidate;
            }
        }
        return best;
    }

    /**
     * The candidate that a mistyped name may well have been: one that it contains or that contains it, or that differs in every
     * second letter at most; empty when none resembles it.
     */
    public static String resembling(String name, Iterable<String> candidates) {
        String wanted = shorten(name);
        for (String candidate : candidates) {
            String other = shorten(candidate);
            if (Math.min(wanted.length(), other.length()) >= CONTAINED_MIN
                    && (other.contains(wanted) || wanted.contains(other))) {
                return candidate;
            }
        }
        String nearest = of(name, candidates);
        return edits(wanted, shorten(nearest)) * 2 <= wanted.length() ? nearest : "";
    }

    /** As {@link #resembling}, for words of a grammar: two wrong letters at most, and one in a short word. */
    public static String typo(String word, Iterable<String> candidates) {
        String nearest = of(word, candidates);
        int allowed = word.length() <= 3 ? 1 : 2;
        return edits(shorten(word), shorten(nearest)) <= allowed ? nearest : "";
    }

    private static String shorten(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.length() <= 64 ? lower : lower.substring(0, 64);
    }

    /** Levenshtein's distance. */
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
