package io.ibid.cli.shell;

import io.ibid.cli.results.OutputFormat;
import java.io.PrintWriter;

/** Where a session shows things: a terminal, or streams that somebody will read later. */
interface Screen {

    PrintWriter out();

    /** For errors and warnings; on a terminal the same as {@link #out()}, so that they stand below what they belong to. */
    PrintWriter err();

    /** The width of the terminal now, {@link Integer#MAX_VALUE} when nothing limits the line. */
    int columns();

    /** Whether a person looks at it and can answer. */
    boolean isInteractive();

    void error(String sentence);

    /** Begins to show something that changes; whatever was shown before comes back when the view is closed. */
    LiveView live(String title, OutputFormat format);

    /** A result that changes before one's eyes. */
    interface LiveView extends AutoCloseable {

        /** Shows a new state; any thread, one at a time. */
        void show(LiveTable state);

        /** Shows that there is no new state, and why. */
        void fail(String sentence);

        /** Waits until nobody wants to see more. */
        void await() throws InterruptedException;

        /** Ends {@link #await()}. Any thread. */
        void end();

        @Override
        void close();
    }
}
