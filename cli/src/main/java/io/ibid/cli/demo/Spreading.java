package io.ibid.cli.demo;

import io.ibid.cli.terminal.CommandFailure;
import io.ibid.cli.terminal.Console;
import io.ibid.cli.terminal.Count;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Watches how documents reach everyone: a bar for each member, redrawn in place on a terminal. */
final class Spreading {
    private static final int BAR_WIDTH = 28;
    private static final long POLL_MS = 50;

    private final Network network;
    private final PrintWriter out;
    private final long goal;
    private final long startedNs = System.nanoTime();
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final Map<String, Long> completeMs = new LinkedHashMap<>();
    private boolean drawn;

    Spreading(Network network, PrintWriter out, long goal) {
        this.network = network;
        this.out = out;
        this.goal = goal;
    }

    /**
     * Returns once every member has all documents.
     *
     * @return milliseconds from the start of this watch until each had them
     */
    Map<String, Long> await(long limitMs) {
        while (completeMs.size() < network.members().size()) {
            if (elapsedMs() > limitMs) {
                throw CommandFailure.failure("after " + Count.duration(limitMs) + " not everybody has all "
                        + Count.number(goal) + " documents: " + counts);
            }
            network.requireAlive();
            pause();
            for (Member member : network.members()) {
                if (!completeMs.containsKey(member.name())) {
                    long count = member.count();
                    counts.put(member.name(), count);
                    if (count >= goal) {
                        completeMs.put(member.name(), elapsedMs());
                    }
                }
            }
            if (Console.showsProgress()) {
                draw();
            }
        }
        if (!Console.showsProgress()) {
            draw();
        }
        return completeMs;
    }

    private void draw() {
        List<Member> members = network.members();
        if (drawn) {
            out.print("\u001b[" + members.size() + "A");
        }
        drawn = true;
        for (Member member : members) {
            long count = counts.getOrDefault(member.name(), 0L);
            int filled = Math.clamp(count * BAR_WIDTH / Math.max(goal, 1), 0, BAR_WIDTH);
            Long done = completeMs.get(member.name());
            out.printf(
                    "  %-8s %s%s %,7d%s%n",
                    member.name(),
                    "█".repeat(filled),
                    "·".repeat(BAR_WIDTH - filled),
                    count,
                    done == null ? "" : "  after " + Count.duration(done));
        }
        out.flush();
    }

    private long elapsedMs() {
        return (System.nanoTime() - startedNs) / 1_000_000;
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.failure("interrupted");
        }
    }
}
