package io.ibid.cli.shell;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Colours keywords, literals, parameters and comments while they are typed. */
final class StatementColours implements Highlighter {
    private static final Pattern TOKEN = Pattern.compile(
            "(?<comment>--[^\\n]*|/\\*.*?(?:\\*/|$))"
                    + "|(?<literal>'(?:[^'\\\\]|\\\\.)*'?|\"(?:[^\"\\\\]|\\\\.)*\"?|\\b\\d[\\w.]*)"
                    + "|(?<name>`[^`]*`?)"
                    + "|(?<parameter>:[A-Za-z_]\\w*)"
                    + "|(?<word>[A-Za-z_]\\w*)",
            Pattern.DOTALL);

    private static final AttributedStyle KEYWORD =
            AttributedStyle.DEFAULT.foreground(AttributedStyle.BLUE).bold();
    private static final AttributedStyle LITERAL = AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
    private static final AttributedStyle PARAMETER = AttributedStyle.DEFAULT.foreground(AttributedStyle.MAGENTA);
    private static final AttributedStyle COMMENT = AttributedStyle.DEFAULT.faint();

    @Override
    public AttributedString highlight(LineReader reader, String text) {
        AttributedStringBuilder coloured = new AttributedStringBuilder(text.length());
        Matcher token = TOKEN.matcher(text);
        int end = 0;
        while (token.find()) {
            coloured.append(text.substring(end, token.start()));
            coloured.styled(style(token, text), token.group());
            end = token.end();
        }
        return coloured.append(text.substring(end)).toAttributedString();
    }

    private static AttributedStyle style(Matcher token, String text) {
        if (token.group("comment") != null) {
            return COMMENT;
        }
        if (token.group("literal") != null) {
            return LITERAL;
        }
        if (token.group("parameter") != null) {
            return PARAMETER;
        }
        String word = token.group("word");
        boolean isPathPart = token.start() > 0 && text.charAt(token.start() - 1) == '.';
        return word != null && !isPathPart && Vocabulary.keywords().contains(word.toUpperCase(Locale.ROOT))
                ? KEYWORD
                : AttributedStyle.DEFAULT;
    }
}
