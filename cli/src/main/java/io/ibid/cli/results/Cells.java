package io.ibid.cli.results;

import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/**
 * Texts as they stand in a terminal. Widths are counted in terminal cells, where one character of an East Asian script takes two and a
 * combining mark none.
 */
final class Cells {
    private static final String ELLIPSIS = "…";

    private Cells() {}

    /** A value on one line: a text as it is, everything else as JSON, MISSING as nothing. */
    static String text(Value value) {
        return switch (value) {
            case Value.Missing missing -> "";
            case Value.Text text -> visible(text.value());
            default -> visible(Json.write(value));
        };
    }

    /** A text on one line, with escapes for what would move the cursor or turn the writing direction. */
    static String visible(String text) {
        if (text.chars().noneMatch(Cells::isHidden)) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                default -> {
                    if (isHidden(character)) {
                        shown.append(String.format("\\u%04x", (int) character));
                    } else {
                        shown.append(character);
                    }
                }
            }
        }
        return shown.toString();
    }

    private static boolean isHidden(int character) {
        return Character.isISOControl(character)
                || (character >= 0x2028 && character <= 0x202E)
                || (character >= 0x2066 && character <= 0x2069)
                || character == 0x200E
                || character == 0x200F;
    }

    static int width(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            width += width(point);
            i += Character.charCount(point);
        }
        return width;
    }

    private static int width(int point) {
        return point < 0x300 ? 1 : Math.max(0, WCWidth.wcwidth(point));
    }

    /** The text, or as much of it as fits with an ellipsis behind. */
    static String fit(String text, int cells) {
        if (text.length() * 2L <= cells || width(text) <= cells) {
            return text;
        }
        return cells < 1 ? "" : text.substring(0, end(text, 0, cells - 1)) + ELLIPSIS;
    }

    /** The text with blanks up to a width: behind it, or in front of it. */
    static String pad(String text, int cells, boolean toTheRight) {
        String blanks = " ".repeat(Math.max(0, cells - width(text)));
        return toTheRight ? blanks + text : text + blanks;
    }

    /** The text in lines of at most so many cells; when there are more than so many lines, the last one ends with an ellipsis. */
    static List<String> wrap(String text, int cells, int linesMax) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        do {
            if (lines.size() == linesMax - 1) {
                lines.add(fit(text.substring(start), cells));
                break;
            }
            int end = Math.max(end(text, start, cells), Math.min(start + 1, text.length()));
            lines.add(text.substring(start, end));
            start = end;
        } while (start < text.length());
        return lines;
    }

    /** Where the part of the text that begins at {@code start} and takes at most so many cells ends. */
    private static int end(String text, int start, int cells) {
        int used = 0;
        int end = start;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            used += width(point);
            if (used > cells) {
                break;
            }
            end += Character.charCount(point);
        }
        return end;
    }
}
