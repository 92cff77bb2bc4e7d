package io.ibid.cli.shell;

import io.ibid.cli.results.OutputFormat;
import io.ibid.cli.terminal.Console;
import java.io.PrintWriter;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.InfoCmp.Capability;

/** A terminal that somebody sits at. */
final class TerminalScreen implements Screen {
    private static final int COLUMNS_UNKNOWN = 80;

    private final Terminal terminal;

    TerminalScreen(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public PrintWriter out() {
        return terminal.writer();
    }

    @Override
    public PrintWriter err() {
        return terminal.writer();
    }

    @Override
    public int columns() {
        int width = terminal.getWidth();
        return width > 0 ? width : COLUMNS_UNKNOWN;
    }

    @Override
    public boolean isInteractive() {
        return true;
    }

    @Override
    public void error(String sentence) {
        if (isColourful()) {
            AttributedStringBuilder text = new AttributedStringBuilder()
                    .styled(AttributedStyle.DEFAULT.foreground(AttributedStyle.RED), "error: ")
                    .append(sentence);
            out().println(text.toAnsi(terminal));
            out().flush();
        } else {
            Console.error(out(), sentence);
        }
    }

    boolean isColourful() {
        Integer colours = terminal.getNumericCapability(Capability.max_colors);
        return colours != null && colours >= 8 && System.getenv("NO_COLOR") == null;
    }

    @Override
    public LiveView live(String title, OutputFormat format) {
        return new TerminalView(terminal, this, title, format);
    }
}
