package io.ibid.core.query.syntax;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A statement that cannot be run. Where a place is known, the first line of the message ends with {@code (line L, column C)},
 * counted from 1 in code points, and two more lines show it: the source line, cut to 80 around the place, and a caret below.
 */
public final class QueryException extends IbidException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN_MAX = 80;

    private final String bareText;
    private final @Nullable Place place;

    private QueryException(
            ErrorCode code, String bareText, @Nullable Place place, String message, @Nullable Throwable cause) {
        super(code, message, cause);
        this.bareText = bareText;
        this.place = place;
    }

    /**
     * An error at a place of a statement.
     *
     * @param text what is wrong, without prefix and place
     * @param at the offset of the offending token in the source, in chars; the source's length when something is missing at its end
     */
    public static QueryException at(ErrorCode code, String text, String source, int at) {
        return at(code, text, source, at, null);
    }

    public static QueryException at(ErrorCode code, String text, String source, int at, @Nullable Throwable cause) {
        Place place = Place.of(source, at);
        String firstLine = prefixed(code, text) + " (line " + place.line() + ", column " + place.column() + ")";
        return new QueryException(code, text, place, firstLine + "\n" + excerpt(source, at), cause);
    }

    /** Runs an action for a statement; what it refuses without a place is refused at this one. */
    public static <T> T placed(String source, int at, Supplier<T> action) {
        try {
            return action.get();
        } catch (QueryException told) {
            throw told;
        } catch (IbidException refused) {
            String message = refused.getMessage();
            throw at(refused.code(), message == null ? refused.code().text() : message, source, at, refused);
        }
    }

    /** An error whose place in the statement is not known. */
    public static QueryException unplaced(ErrorCode code, String text) {
        return new QueryException(code, text, null, prefixed(code, text), null);
    }

    /** What is wrong, without prefix and place. */
    public String bareText() {
        return bareText;
    }

    public @Nullable Place place() {
        return place;
    }

    private static String prefixed(ErrorCode code, String text) {
        return code == ErrorCode.QUERY_EVALUATION ? "Query failed: `" + text + "`" : text;
    }

    private static String excerpt(String source, int at) {
        int start = at;
        while (start > 0 && !isLineEnd(source.charAt(start - 1))) {
            start--;
        }
        int end = at;
        while (end < source.length() && !isLineEnd(source.charAt(end))) {
            end++;
        }
        // One element per code point, so that the caret stands below the place whatever comes before it.
        int[] line = source.substring(start, end).codePoints().toArray();
        int caret = source.codePointCount(start, at);
        int from = 0;
        int to = line.length;
        if (line.length > SHOWN_MAX) {
            from = Math.clamp(caret - SHOWN_MAX / 2, 0, line.length - SHOWN_MAX);
            to = from + SHOWN_MAX;
        }
        StringBuilder shown = new StringBuilder();
        for (int i = from; i < to; i++) {
            shown.appendCodePoint(Character.isISOControl(line[i]) ? ' ' : line[i]);
        }
        return shown.append('\n').repeat(' ', caret - from).append('^').toString();
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }

    /** A place in a statement's text, counted from 1, the column in code points. */
    public record Place(int line, int column) {
        static Place of(String source, int at) {
            int line = 1;
            int lineStart = 0;
            for (int i = 0; i < at; i++) {
                char c = source.charAt(i);
                if (c == '\n' || (c == '\r' && (i + 1 == source.length() || source.charAt(i + 1) != '\n'))) {
                    line++;
                    lineStart = i + 1;
                }
            }
            return new Place(line, source.codePointCount(lineStart, at) + 1);
        }
    }
}
