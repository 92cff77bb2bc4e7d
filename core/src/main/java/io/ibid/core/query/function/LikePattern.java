package io.ibid.core.query.function;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A compiled LIKE pattern. The text between two {@code %} is a segment; the first is tied to the start, the last to the end, and each
 * between is taken at the first place where it fits. Taking the first place is never wrong, because what a {@code %} swallows does not
 * matter, so nothing is ever tried again and the time is at most text length times pattern length.
 */
public final class LikePattern {
    /** The longest pattern, in chars. Long patterns over long texts would take seconds, and nobody writes them. */
    private static final int LENGTH_MAX = 4096;

    private static final int ANY_ONE = -1;
    private static final int[] EMPTY = new int[0];

    private final int[][] segments;
    private final boolean ignoreCase;
    /** The segments as plain texts where no {@code _} and no case is involved, which is faster. */
    private final String @Nullable [] plain;

    private LikePattern(int[][] segments, boolean ignoreCase, String @Nullable [] plain) {
        this.segments = segments;
        this.ignoreCase = ignoreCase;
        this.plain = plain;
    }

    /**
     * Compiles a pattern.
     *
     * @param escape the code point that makes the next one literal; one at the pattern's end stands for itself
     * @return null when the pattern is too long
     */
    public static @Nullable LikePattern compile(String pattern, int escape, boolean ignoreCase) {
        if (pattern.length() > LENGTH_MAX) {
            return null;
        }
        List<int[]> segments = new ArrayList<>();
        int[] segment = new int[pattern.length()];
        int length = 0;
        boolean wild = false;
        for (int i = 0; i < pattern.length(); ) {
            int c = pattern.codePointAt(i);
            i += Character.charCount(c);
            if (c == escape && i < pattern.length()) {
                int literal = pattern.codePointAt(i);
                i += Character.charCount(literal);
                segment[length++] = fold(literal, ignoreCase);
            } else if (c == '%') {
                segments.add(Arrays.copyOf(segment, length));
                length = 0;
            } else if (c == '_') {
                segment[length++] = ANY_ONE;
                wild = true;
            } else {
                segment[length++] = fold(c, ignoreCase);
            }
        }
        segments.add(Arrays.copyOf(segment, length));
        int[][] compiled = segments.toArray(new int[0][]);
        return new LikePattern(compiled, ignoreCase, wild || ignoreCase ? null : texts(compiled));
    }

    private static String[] texts(int[][] segments) {
        String[] texts = new String[segments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = new String(segments[i], 0, segments[i].length);
        }
        return texts;
    }

    private static int fold(int codePoint, boolean ignoreCase) {
        return ignoreCase ? Character.toLowerCase(Character.toUpperCase(codePoint)) : codePoint;
    }

    /** Whether the whole text fits. */
    public boolean matches(String text) {
        return plain != null ? matchesPlain(text, plain) : matchesFolded(text);
    }

    private static boolean matchesPlain(String text, String[] parts) {
        if (parts.length == 1) {
            return text.equals(parts[0]);
        }
        if (!text.startsWith(parts[0])) {
            return false;
        }
        int at = parts[0].length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = text.indexOf(parts[i], at);
            if (found < 0) {
                return false;
            }
            at = found + parts[i].length();
        }
        String last = parts[parts.length - 1];
        return text.length() - last.length() >= at && text.endsWith(last);
    }

    private boolean matchesFolded(String text) {
        int[] points = text.codePoints().toArray();
        if (ignoreCase) {
            for (int i = 0; i < points.length; i++) {
                points[i] = fold(points[i], true);
            }
        }
        int[] first = segments[0];
        if (segments.length == 1) {
            return points.length == first.length && fits(points, 0, first);
        }
        int[] last = segments[segments.length - 1];
        int end = points.length - last.length;
        if (first.length > end || !fits(points, 0, first) || !fits(points, end, last)) {
            return false;
        }
        int at = first.length;
        for (int i = 1; i < segments.length - 1; i++) {
            int[] segment = segments[i];
            while (at + segment.length <= end && !fits(points, at, segment)) {
                at++;
            }
            if (at + segment.length > end) {
                return false;
            }
            at += segment.length;
        }
        return true;
    }

    private static boolean fits(int[] points, int at, int[] segment) {
        for (int i = 0; i < segment.length; i++) {
            if (segment[i] != ANY_ONE && segment[i] != points[at + i]) {
                return false;
            }
        }
        return true;
    }

    /** What every match begins with; nothing when the pattern begins with a wildcard or ignores case. */
    public Beginning beginning() {
        int[] first = ignoreCase ? EMPTY : segments[0];
        int length = 0;
        while (length < first.length && first[length] != ANY_ONE) {
            length++;
        }
        boolean literal = !ignoreCase && length == first.length;
        return new Beginning(
                new String(first, 0, length),
                literal && segments.length == 1,
                literal && segments.length == 2 && segments[1].length == 0);
    }

    /**
     * The beginning of all matches.
     *
     * @param whole whether it is the only match
     * @param any whether everything that begins so is a match
     */
    public record Beginning(String text, boolean whole, boolean any) {

        /** The least text after all that begin so, null when there is none. */
        public @Nullable String after() {
            int end = text.length();
            while (end > 0) {
                int last = text.codePointBefore(end);
                end -= Character.charCount(last);
                if (last < Character.MAX_CODE_POINT) {
                    // No text holds a surrogate by itself.
                    int next = last == Character.MIN_SURROGATE - 1 ? Character.MAX_SURROGATE + 1 : last + 1;
                    return text.substring(0, end) + Character.toString(next);
                }
            }
            return null;
        }
    }
}
