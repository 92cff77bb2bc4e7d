package io.ibid.cli.shell;

import java.io.IOException;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/** Reads what to run from somebody at a terminal, with editing, history and completion. An error ends nothing. */
final class Prompt {
    private static final String FIRST = "ibid> ";
    private static final String NEXT = "  ... ";

    private final Terminal terminal;
    private final Session session;
    private final LineReader reader;
    private boolean isWarned;

    Prompt(Terminal terminal, Session session, TerminalScreen screen, HistoryFile history) {
        this.terminal = terminal;
        this.session = session;
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("ibid")
                .parser(new ShellParser())
                .completer(new ShellCompleter(session, new Vocabulary(session.client())))
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, NEXT)
                .variable(LineReader.LIST_MAX, 200)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .option(LineReader.Option.INSERT_TAB, false);
        if (screen.isColourful()) {
            builder.highlighter(new StatementColours());
        }
        history.attach(builder);
        this.reader = builder.build();
    }

    /** Reads and runs until somebody leaves. */
    void run() throws IOException {
        terminal.handle(Terminal.Signal.INT, signal -> session.interrupt());
        while (!session.isOver()) {
            String entry;
            try {
                entry = reader.readLine(FIRST);
            } catch (UserInterruptException interrupted) {
                discarded(interrupted.getPartialLine());
                continue;
            } catch (EndOfFileException left) {
                break;
            }
            for (String part : Entry.parts(entry)) {
                if (!session.run(part) || session.isOver()) {
                    break;
                }
            }
            terminal.flush();
        }
        reader.getHistory().save();
    }

    /** Ctrl-C throws away what was typed; whoever has typed nothing may want to leave. */
    private void discarded(String typed) {
        if (typed.isBlank() && !isWarned) {
            isWarned = true;
            terminal.writer().println("Ctrl-D leaves.");
            terminal.flush();
        }
    }
}
