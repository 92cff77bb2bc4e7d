package io.ibid.simulation;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What happened, in columns. Keeps the last lines, and a hash over all of them. */
final class Trace {
    /** What the columns are, and what stands in the third. */
    static final List<String> LEGEND = List.of(
            "# milliseconds  who        what       with",
            "# start: the commit it opens at, and what it subscribes to    commit: one of its own    unit: one that it got from a neighbour",
            "# (number, and the documents; - evicted)    failed: a write, and why    power cut, crash: of the process    disk: its next",
            "# write or sync fails    cut, cut to: nothing reaches the other (one way)    heal: again    half-open: one end of a link is gone",
            "# reset: both are    jump: of its clock    subscribe, cancel, scope, index: what the application changes    calm: all is mended");

    private static final int LINES_MAX = 120;
    private static final long PRIME = 0x100000001b3L;

    private final VirtualTime time;
    private final Consumer<String> listener;
    private final ArrayDeque<String> last = new ArrayDeque<>();
    private long hash = 0xcbf29ce484222325L;

    /** @param listener gets every line */
    Trace(VirtualTime time, Consumer<String> listener) {
        this.time = time;
        this.listener = listener;
    }

    void add(String who, String what, Object with) {
        String line = String.format(Locale.ROOT, "%14.3f  %-9s  %-9s  %s", time.nowUs() / 1_000.0, who, what, with);
        for (int i = 0; i < line.length(); i++) {
            hash = (hash ^ line.charAt(i)) * PRIME;
        }
        listener.accept(line);
        last.add(line);
        if (last.size() > LINES_MAX) {
            last.remove();
        }
    }

    /** The same for the same run in every JVM. */
    long hash() {
        return hash;
    }

    List<String> last() {
        return List.copyOf(last);
    }
}
