package io.ibid.cli.shell;

import io.ibid.cli.client.StatementClient;
import io.ibid.cli.results.OutputFormat;
import io.ibid.cli.terminal.CommandFailure;
import io.ibid.cli.terminal.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Where the shell is run: at a terminal, or between pipes. */
public final class Shell {
    private Shell() {}

    /** Serves whoever sits at this process's terminal until they leave. */
    public static void atTerminal(StatementClient client, OutputFormat format) {
        try (Terminal terminal = terminal()) {
            at(terminal, client, format, HistoryFile.ofUser());
        } catch (IOException broken) {
            throw CommandFailure.failure("the terminal cannot be used: " + broken.getMessage());
        }
    }

    static void at(Terminal terminal, StatementClient client, OutputFormat format, HistoryFile history)
            throws IOException {
        TerminalScreen screen = new TerminalScreen(terminal);
        screen.out().println("Ibid shell on " + client.place() + ". .help explains, Ctrl-D leaves.");
        new Prompt(terminal, new Session(client, screen, format), screen, history).run();
    }

    /** Foreign functions need no file to be unpacked at each start; where the JVM is too old for them, {@code stty} does it. */
    private static Terminal terminal() throws IOException {
        return TerminalBuilder.builder()
                .name("ibid")
                .system(true)
                .providers("ffm,exec")
                .dumb(true)
                .encoding(StandardCharsets.UTF_8)
                .nativeSignals(true)
                .signalHandler(Terminal.SignalHandler.SIG_IGN)
                .build();
    }

    /**
     * Runs what comes from a stream, up to the first error.
     *
     * @return the exit code
     */
    public static int script(
            InputStream in, PrintWriter out, PrintWriter err, StatementClient client, OutputFormat format) {
        StreamScreen screen = new StreamScreen(out, err, Console.columns());
        return new Script(new InputStreamReader(in, StandardCharsets.UTF_8), new Session(client, screen, format)).run();
    }
}
