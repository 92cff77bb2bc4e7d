package io.ibid.cli.shell;

import io.ibid.cli.results.OutputFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jspecify.annotations.Nullable;

/**
 * A live result on the whole screen of a terminal, redrawn where it changed. What was on the screen before comes back at the end, with
 * the last state below it. A terminal that cannot do this gets one state below the other.
 */
final class TerminalView implements Screen.LiveView {
    private static final long KEY_WAIT_MS = 50;
    private static final int END_OF_TEXT = 3; // Ctrl-C where the terminal makes no signal of it
    private static final int END_OF_INPUT = 4;
    private static final int ESCAPE = 27;
    private static final int LINES_UNKNOWN = 24;

    private final Terminal terminal;
    private final Screen screen;
    private final String title;
    private final StreamScreen.Log log;
    private final Attributes attributes;
    private final @Nullable Display display;
    private final Terminal.@Nullable SignalHandler resized;
    private @Nullable LiveTable state;
    private String failure = "";
    private volatile boolean ended;

    TerminalView(Terminal terminal, Screen screen, String title, OutputFormat format) {
        this.terminal = terminal;
        this.screen = screen;
        this.title = title.strip().replaceAll("\\s+", " ");
        this.log = new StreamScreen.Log(screen, format);
        boolean drawsOver = format == OutputFormat.TABLE
                && terminal.getStringCapability(Capability.enter_ca_mode) != null
                && terminal.getStringCapability(Capability.cursor_address) != null;
        this.attributes = terminal.enterRawMode();
        if (drawsOver) {
            terminal.puts(Capability.enter_ca_mode);
            terminal.puts(Capability.cursor_invisible);
            display = new Display(terminal, true);
            resized = terminal.handle(Terminal.Signal.WINCH, signal -> draw());
            draw();
        } else {
            display = null;
            resized = null;
            screen.out().println("q or Ctrl-C ends it");
            screen.out().flush();
        }
    }

    @Override
    public synchronized void show(LiveTable newest) {
        state = newest;
        failure = "";
        if (display == null) {
            log.show(newest);
        } else {
            draw();
        }
    }

    @Override
    public synchronized void fail(String sentence) {
        if (display == null) {
            log.fail(sentence);
        } else {
            failure = sentence.lines().findFirst().orElse("");
            draw();
        }
    }

    private synchronized void draw() {
        if (display == null || ended) {
            return;
        }
        Size size = terminal.getSize();
        int columns = screen.columns();
        int height = size.getRows() > 0 ? size.getRows() : LINES_UNKNOWN;
        List<AttributedString> lines = new ArrayList<>();
        AttributedStyle faint = AttributedStyle.DEFAULT.faint();
        lines.add(new AttributedString(title, AttributedStyle.BOLD));
        lines.add(AttributedString.EMPTY);
        LiveTable shown = state;
        if (shown != null) {
            shown.lines(columns, height - 4).forEach(line -> lines.add(new AttributedString(line)));
        }
        while (lines.size() < height - 1) {
            lines.add(AttributedString.EMPTY);
        }
        String summary = shown == null ? "waiting for the first result" : shown.summary() + " at " + time();
        lines.add(new AttributedString(failure.isEmpty() ? summary + ", q ends it" : "error: " + failure, faint));
        display.resize(height, columns);
        lines.replaceAll(line -> line.columnSubSequence(0, columns));
        display.update(lines, 0);
        terminal.flush();
    }

    private static String time() {
        return LocalTime.now(ZoneId.systemDefault())
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }

    @Override
    public void await() throws InterruptedException {
        try {
            while (!ended) {
                int key = terminal.reader().read(KEY_WAIT_MS);
                switch (key) {
                    case 'q', 'Q', END_OF_TEXT, END_OF_INPUT, ESCAPE, -1 -> end();
                    default -> {} // nothing pressed, or nothing that means anything
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void end() {
        ended = true;
    }

    @Override
    public synchronized void close() {
        ended = true;
        if (display != null) {
            terminal.handle(Terminal.Signal.WINCH, resized);
            terminal.puts(Capability.cursor_normal);
            terminal.puts(Capability.exit_ca_mode);
        }
        terminal.setAttributes(attributes);
        PrintWriter out = screen.out();
        LiveTable last = state;
        if (display != null && last != null) {
            log.show(last);
        }
        out.flush();
    }
}
