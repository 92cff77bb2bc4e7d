package io.ibid.cli.shell;

/**
 * Where statements end in a text that may hold several or none. It only follows strings, quoted names and comments; everything else is
 * for the parser.
 */
final class StatementText {
    private final CharSequence text;
    private int at;

    private StatementText(CharSequence text, int from) {
        this.text = text;
        this.at = from;
    }

    /**
     * What was found.
     *
     * @param semicolon where the first semicolon is that ends a statement; negative when there is none
     * @param codeEnd where the last thing before it ends that is neither blank nor comment; 0 when there is none
     * @param closedTo where the string, quoted name or comment begins that does not end; the text's length when there is none
     */
    record Found(int semicolon, int codeEnd, int closedTo) {}

    /** Looks for the end of the first statement, from a place on that is not within a string, quoted name or comment. */
    static Found scan(CharSequence text, int from) {
        StatementText scan = new StatementText(text, from);
        int codeEnd = 0;
        while (scan.at < text.length()) {
            int start = scan.at;
            if (text.charAt(start) == ';') {
                return new Found(start, codeEnd, text.length());
            }
            boolean isCode = !Character.isWhitespace(text.charAt(start)) && !scan.isAt("--") && !scan.isAt("/*");
            boolean isClosed = scan.skip();
            codeEnd = isCode ? scan.at : codeEnd;
            if (!isClosed) {
                return new Found(-1, codeEnd, start);
            }
        }
        return new Found(-1, codeEnd, text.length());
    }

    /** Whether there is nothing but blanks, comments and semicolons in it. */
    static boolean isBlank(String text) {
        Found found = scan(text, 0);
        return found.codeEnd() == 0 && (found.semicolon() < 0 || isBlank(text.substring(found.semicolon() + 1)));
    }

    /** Passes over a character, or a whole string, quoted name or comment; false when the latter does not end. */
    private boolean skip() {
        char first = text.charAt(at);
        if (first == '\'' || first == '"') {
            return skipString(first);
        }
        if (first == '`') {
            return skipTo("`", 1);
        }
        if (isAt("--")) {
            skipTo("\n", 2);
            return true;
        }
        if (isAt("/*")) {
            return skipTo("*/", 2);
        }
        at++;
        return true;
    }

    private boolean isAt(String start) {
        for (int i = 0; i < start.length(); i++) {
            if (at + i >= text.length() || text.charAt(at + i) != start.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean skipString(char quote) {
        for (at++; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character == quote) {
                at++;
                return true;
            }
            if (character == '\\') {
                at++;
            }
        }
        at = text.length();
        return false;
    }

    private boolean skipTo(String end, int skipped) {
        at = Math.min(at + skipped, text.length());
        while (at < text.length()) {
            if (isAt(end)) {
                at += end.length();
                return true;
            }
            at++;
        }
        return false;
    }
}
