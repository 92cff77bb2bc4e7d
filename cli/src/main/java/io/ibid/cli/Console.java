package io.ibid.cli;

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

    static PrintWriter stdout() {
        return writer(FileDescriptor.out);
    }

    static PrintWriter stderr() {
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

    static boolean isColourful() {
        return columns() != Integer.MAX_VALUE && System.getenv("NO_COLOR") == null;
    }

    /** Prints {@code error: sentence}. Further lines of the sentence, such as a caret below a statement, follow as they are. */
    static void error(PrintWriter err, String sentence) {
        err.println("error: " + sentence);
        err.flush();
    }

    private static PrintWriter writer(FileDescriptor stream) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8), true);
    }
}
