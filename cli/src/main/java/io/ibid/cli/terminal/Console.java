package io.ibid.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * What the launcher knows of the terminal. A JVM cannot tell cheaply which of its streams are terminals, a shell can; it passes
 * system properties. Output is UTF-8 whatever the locale, because documents are.
 */
public final class Console {
    private Console() {}

    public static PrintWriter stdout() {
        return writer(FileDescriptor.out);
    }

    public static PrintWriter stderr() {
        return writer(FileDescriptor.err);
    }

    /** The width of the terminal that stdout is, or {@link Integer#MAX_VALUE} when it is none. */
    public static int columns() {
        return Integer.getInteger("ibid.columns", Integer.MAX_VALUE);
    }

    /** Whether stderr is a terminal, so that a line of progress may rewrite itself there. */
    public static boolean showsProgress() {
        return Boolean.getBoolean("ibid.progress");
    }

    /** Whether somebody sits at a terminal that both stdin and stdout are. */
    public static boolean isInteractive() {
        return Boolean.getBoolean("ibid.interactive");
    }

    public static boolean isColourful() {
        return columns() != Integer.MAX_VALUE && System.getenv("NO_COLOR") == null;
    }

    /** Prints {@code error: sentence}. Further lines of the sentence, such as a caret below a statement, follow as they are. */
    public static void error(PrintWriter err, String sentence) {
        err.println("error: " + sentence);
        err.flush();
    }

    private static PrintWriter writer(FileDescriptor stream) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8), true);
    }
}
