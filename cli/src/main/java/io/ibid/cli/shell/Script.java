package io.ibid.cli.shell;

import io.ibid.cli.terminal.CommandFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Reads what to run from a stream. A semicolon, an empty line or the end of the stream ends a statement; a line that begins with a dot
 * where a statement could begin is a dot command. The first error ends it.
 */
final class Script {
    private static final int STATEMENT_CHARACTERS_MAX = 4 << 20;

    private final BufferedReader lines;
    private final Session session;
    private final StringBuilder pending = new StringBuilder();
    /** Up to where no string, quoted name or comment is open. */
    private int closedTo;

    private boolean hasCode;
    private long line;
    private long firstLine;

    Script(Reader in, Session session) {
        this.lines = new BufferedReader(in);
        this.session = session;
    }

    /** Runs everything; gives the exit code. */
    int run() {
        try {
            String text;
            while (!session.isOver() && (text = lines.readLine()) != null) {
                line++;
                if (!add(text)) {
                    return CommandFailure.FAILURE;
                }
            }
            return session.isOver() || runPending() ? 0 : CommandFailure.FAILURE;
        } catch (IOException unreadable) {
            throw CommandFailure.failure("cannot read the input: " + unreadable.getMessage());
        }
    }

    private boolean add(String text) {
        boolean isBetween = !hasCode && closedTo == pending.length();
        if (isBetween) {
            clear();
            firstLine = line;
            if (text.stripLeading().startsWith(".")) {
                return runPart(text);
            }
        }
        if (text.isBlank() && closedTo == pending.length()) {
            return runPending();
        }
        pending.append(text).append('\n');
        if (pending.length() > STATEMENT_CHARACTERS_MAX) {
            throw CommandFailure.failure("the statement that begins on line " + firstLine + " does not end");
        }
        return runWhole();
    }

    /** Runs the statements that end with a semicolon and keeps what follows the last one. */
    private boolean runWhole() {
        while (true) {
            StatementText.Found found = StatementText.scan(pending, closedTo);
            hasCode |= found.codeEnd() > 0;
            closedTo = found.closedTo();
            if (found.semicolon() < 0) {
                return true;
            }
            String statement = pending.substring(0, found.semicolon() + 1);
            pending.delete(0, found.semicolon() + 1);
            closedTo = 0;
            hasCode = false;
            if (!runPart(statement)) {
                return false;
            }
            firstLine = line;
        }
    }

    private boolean runPending() {
        String statement = pending.toString();
        clear();
        return runPart(statement);
    }

    private void clear() {
        pending.setLength(0);
        closedTo = 0;
        hasCode = false;
    }

    private boolean runPart(String part) {
        if (session.isOver() || StatementText.isBlank(part)) {
            return true;
        }
        boolean succeeded = session.run(part.strip());
        if (!succeeded && firstLine > 1) {
            session.screen().err().println("It begins on line " + firstLine + " of the input.");
        }
        return succeeded;
    }
}
