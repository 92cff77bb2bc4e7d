package io.ibid.cli.shell;

import io.ibid.cli.client.StatementClient;
import io.ibid.cli.results.OutputFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jline.builtins.ScreenTerminal;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.impl.DumbTerminal;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.jspecify.annotations.Nullable;

/** Sits at a terminal that only exists here, types into the shell, and reads what its screen shows. */
final class Typist implements AutoCloseable {
    private static final int ROWS = 40;
    private static final long PATIENCE_S = 20;

    private final ScreenTerminal screen;
    private final Terminal terminal;
    private final Thread shell;
    private final Keys keys;
    private volatile @Nullable Throwable failure;

    private interface Keys {
        void press(byte[] bytes) throws IOException;
    }

    private Typist(
            Terminal terminal, Keys keys, ScreenTerminal screen, StatementClient client, @Nullable Path history) {
        this.terminal = terminal;
        this.screen = screen;
        this.keys = keys;
        this.shell = Thread.ofPlatform().name("shell").start(() -> {
            try {
                Shell.at(terminal, client, OutputFormat.TABLE, new HistoryFile(history));
            } catch (Throwable broken) {
                failure = broken;
            }
        });
    }

    /** A terminal of so many columns that can move its cursor, or a dumb one; the shell shows its first prompt. */
    static Typist at(String type, int columns, StatementClient client, @Nullable Path history) throws Exception {
        ScreenTerminal screen = new ScreenTerminal(columns, ROWS);
        OutputStream output = new ScreenStream(screen);
        Terminal terminal;
        Keys keys;
        if (type.equals("dumb")) {
            PipedOutputStream pressed = new PipedOutputStream();
            terminal = new DumbTerminal("test", type, new PipedInputStream(pressed), output, StandardCharsets.UTF_8);
            keys = bytes -> {
                pressed.write(bytes);
                pressed.flush();
            };
        } else {
            LineDisciplineTerminal line =
                    new LineDisciplineTerminal("test", type, output, StandardCharsets.UTF_8, SignalHandler.SIG_IGN);
            terminal = line;
            keys = bytes -> line.processInputBytes(bytes);
        }
        terminal.setSize(new Size(columns, ROWS));
        return new Typist(terminal, keys, screen, client, history).await("ibid> ", 0);
    }

    /** Presses keys, then waits until the screen shows a text more often than before. */
    Typist type(String text, String awaited) throws Exception {
        int before = count(awaited);
        keys.press(text.getBytes(StandardCharsets.UTF_8));
        return await(awaited, before);
    }

    /** Runs a statement and waits for the next prompt. */
    Typist enter(String text) throws Exception {
        return type(text + "\r", "\nibid> ");
    }

    /** Waits until the screen shows a text. */
    Typist await(String text) throws InterruptedException {
        return await(text, 0);
    }

    private Typist await(String text, int before) throws InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (count(text) <= before) {
            boolean isOver = System.nanoTime() - deadlineNs > 0 || !shell.isAlive();
            if (isOver && count(text) <= before) {
                throw new AssertionError("never saw \"" + text + "\" but\n" + shown(), failure);
            }
            Thread.sleep(5);
        }
        return this;
    }

    private int count(String text) {
        String shown = shown();
        int count = 0;
        for (int at = shown.indexOf(text); at >= 0; at = shown.indexOf(text, at + 1)) {
            count++;
        }
        return count;
    }

    /** What the screen shows, without what is blank at the end of its lines and below them, but for the blank of a prompt. */
    String shown() {
        StringBuilder text = new StringBuilder();
        screen.toString().lines().forEach(line -> text.append('\n').append(line.stripTrailing()));
        String shown = text.toString().stripTrailing().replace('—', '─'); // how this screen shows lines that are drawn
        return shown.endsWith(">") ? shown + " " : shown;
    }

    /** Waits until the shell has ended. */
    void awaitEnd() throws InterruptedException {
        shell.join(TimeUnit.SECONDS.toMillis(PATIENCE_S));
        if (shell.isAlive() || failure != null) {
            throw new AssertionError("the shell does not end; it shows " + shown(), failure);
        }
    }

    void press(String text) throws IOException {
        keys.press(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What Ctrl-C is while nobody reads keys. */
    void interrupt() {
        terminal.raise(Terminal.Signal.INT);
    }

    @Override
    public void close() throws IOException {
        if (shell.isAlive()) {
            press(terminal.getType().equals("dumb") ? ".quit\r" : "\u0003.quit\r");
            try {
                shell.join(TimeUnit.SECONDS.toMillis(PATIENCE_S));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        terminal.close();
    }

    /** Shows bytes on a screen as soon as they make whole characters. */
    private static final class ScreenStream extends OutputStream {
        private final ScreenTerminal screen;
        private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

        ScreenStream(ScreenTerminal screen) {
            this.screen = screen;
        }

        @Override
        public synchronized void write(int written) {
            pending.write(written);
        }

        @Override
        public synchronized void flush() {
            String text = pending.toString(StandardCharsets.UTF_8);
            // What a real terminal does to lines that end without a carriage return.
            screen.write(text.replaceAll("(?<!\r)\n", "\r\n"));
            pending.reset();
        }
    }
}
