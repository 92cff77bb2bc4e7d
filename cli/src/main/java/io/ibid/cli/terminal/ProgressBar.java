package io.ibid.cli.terminal;

import java.io.PrintWriter;

/** One line on stderr that rewrites itself; nothing at all when stderr is no terminal. */
public final class ProgressBar implements AutoCloseable {
    private static final int WIDTH = 24;
    private static final long REDRAW_MS = 100;

    private final PrintWriter err;
    private final String verb;
    private final boolean shown;
    private final long startedNs = System.nanoTime();
    private long drawnMs = -REDRAW_MS;

    public ProgressBar(PrintWriter err, String verb, boolean shown) {
        this.err = err;
        this.verb = verb;
        this.shown = shown;
    }

    /**
     * Shows how far the work is.
     *
     * @param done how much of {@code total} is done, in any unit; a total of 0 or less is unknown and shows no bar
     * @param documents how many documents that is
     */
    public void update(long done, long total, long documents) {
        long now = elapsedMs();
        if (!shown || now - drawnMs < REDRAW_MS) {
            return;
        }
        drawnMs = now;
        StringBuilder line = new StringBuilder("\r\u001b[K").append(verb).append(' ');
        if (total > 0) {
            double share = Math.clamp((double) done / total, 0, 1);
            int filled = (int) (share * WIDTH);
            line.append('[')
                    .append("█".repeat(filled))
                    .append("·".repeat(WIDTH - filled))
                    .append("] ")
                    .append((int) (share * 100))
                    .append(" %  ");
        }
        line.append(Count.of(documents, "document"))
                .append(", ")
                .append(Count.number(Count.rate(documents, now)))
                .append("/s");
        err.print(line);
        err.flush();
    }

    public boolean isShown() {
        return shown;
    }

    public long elapsedMs() {
        return (System.nanoTime() - startedNs) / 1_000_000;
    }

    @Override
    public void close() {
        clear();
    }

    /** Removes the line. */
    public void clear() {
        if (shown) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
