package io.ibid.simulation;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;

/** What happened, in columns: virtual milliseconds, who, what, and with what. Keeps the last lines, and a hash over all of them. */
final class Trace {
    private static final int LINES_MAX = 120;
    private static final long PRIME = 0x100000001b3L;

    private final VirtualTime time;
    private final ArrayDeque<String> last = new ArrayDeque<>();
    private long hash = 0xcbf29ce484222325L;

    Trace(VirtualTime time) {
        this.time = time;
    }

    void add(String who, String what, Object with) {
        String line = String.format(Locale.ROOT, "%11.3f  %-8s %-10s %s", time.nowUs() / 1_000.0, who, what, with);
        for (int i = 0; i < line.length(); i++) {
            hash = (hash ^ line.charAt(i)) * PRIME;
        }
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
