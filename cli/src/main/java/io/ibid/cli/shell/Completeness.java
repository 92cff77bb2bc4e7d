package io.ibid.cli.shell;

import io.ibid.core.query.syntax.Command;
import io.ibid.core.query.syntax.Expression;
import io.ibid.core.query.syntax.Parser;
import io.ibid.core.query.syntax.QueryException;
import io.ibid.core.query.syntax.Trees;

/**
 * Whether what was typed so far can be run, or its writer is still at it. A line of a statement that is whole runs at once; one that
 * only lacks its end waits for more. A semicolon or an empty line ends a statement whatever it is, so that an error is shown.
 */
final class Completeness {
    private Completeness() {}

    static boolean isComplete(String text) {
        if (text.isBlank() || text.stripLeading().startsWith(".")) {
            return true;
        }
        StatementText.Found found = StatementText.scan(text, 0);
        if (found.closedTo() < text.length()) {
            return false;
        }
        return found.semicolon() >= 0
                || text.endsWith("\n")
                || (found.codeEnd() > 0 && !lacksItsEnd(text, found.codeEnd()));
    }

    private static boolean lacksItsEnd(String text, int codeEnd) {
        try {
            return Parser.parse(text) instanceof Command.Select select && lacksFrom(select);
        } catch (QueryException broken) {
            // The parser puts an error about something that is missing right behind the last token.
            String code = text.substring(0, codeEnd);
            int lineStart = code.lastIndexOf('\n') + 1;
            int line = (int) code.lines().count();
            int column = code.codePointCount(lineStart, code.length()) + 1;
            return new QueryException.Place(line, column).equals(broken.place());
        }
    }

    /** {@code SELECT 1 + 1} needs no FROM; what names fields makes sense with one only, so it is still to come. */
    private static boolean lacksFrom(Command.Select select) {
        return select.from() == null
                && select.projections().stream()
                        .anyMatch(projection -> !(projection instanceof Command.Projection.Column column)
                                || Trees.any(column.expression(), part -> part instanceof Expression.Names));
    }
}
