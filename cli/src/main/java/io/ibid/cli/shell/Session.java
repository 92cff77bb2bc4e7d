package io.ibid.cli.shell;

import io.ibid.cli.client.Answer;
import io.ibid.cli.client.Cancellation;
import io.ibid.cli.client.StatementClient;
import io.ibid.cli.results.OutputFormat;
import io.ibid.cli.results.ResultPrinter;
import io.ibid.cli.terminal.CommandFailure;
import io.ibid.cli.terminal.Count;
import io.ibid.core.error.IbidException;
import io.ibid.core.value.Value;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Runs what was entered, one entry after another, and remembers between them how to print and what the parameters are. One thread;
 * only {@link #interrupt()} may come from another one.
 */
final class Session {
    private final StatementClient client;
    private final Screen screen;
    private final DotCommands commands = new DotCommands();
    private final SortedMap<String, Value> parameters = new TreeMap<>();
    private OutputFormat format;
    private boolean isOver;
    private volatile Cancellation running = new Cancellation();

    Session(StatementClient client, Screen screen, OutputFormat format) {
        this.client = client;
        this.screen = screen;
        this.format = format;
    }

    /**
     * Runs one entry: a dot command, a statement with or without a semicolon, or nothing.
     *
     * @return false when it failed; the error was shown
     */
    boolean run(String entry) {
        running = new Cancellation();
        try {
            if (entry.stripLeading().startsWith(".")) {
                commands.run(this, entry.strip());
            } else if (!StatementText.isBlank(entry)) {
                execute(entry);
            }
            return true;
        } catch (IbidException | CommandFailure failure) {
            screen.error(String.valueOf(failure.getMessage()));
            return false;
        }
    }

    /** Runs one statement and prints what it yields. */
    void execute(String statement) {
        long startedNs = System.nanoTime();
        try (Answer answer = client.execute(statement, arguments(), running)) {
            printer().print(statement, answer, () -> screen.isInteractive() ? ", " + elapsed(startedNs) : "");
        }
    }

    private static String elapsed(long startedNs) {
        long ms = (System.nanoTime() - startedNs) / 1_000_000;
        return ms < 1_000 ? ms + " ms" : Count.duration(ms);
    }

    ResultPrinter printer() {
        return new ResultPrinter(screen.out(), screen.err(), format, screen.columns());
    }

    /** Stops what runs. Any thread. */
    void interrupt() {
        running.request();
    }

    StatementClient client() {
        return client;
    }

    Screen screen() {
        return screen;
    }

    /** Stops the entry that runs. */
    Cancellation cancellation() {
        return running;
    }

    OutputFormat format() {
        return format;
    }

    void format(OutputFormat wanted) {
        format = wanted;
    }

    /** What statements name with a colon, by name. */
    SortedMap<String, Value> parameters() {
        return parameters;
    }

    Value.Struct arguments() {
        return Value.Struct.of(parameters);
    }

    DotCommands commands() {
        return commands;
    }

    void end() {
        isOver = true;
    }

    /** Whether somebody has asked to leave. */
    boolean isOver() {
        return isOver;
    }
}
