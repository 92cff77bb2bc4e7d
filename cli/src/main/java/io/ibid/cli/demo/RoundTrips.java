package io.ibid.cli.demo;

import io.ibid.cli.terminal.CommandFailure;
import io.ibid.core.value.Value;
import java.util.Arrays;

/** Measures how long an edit takes from one end of the network to the other, asking the far end over HTTP until it shows it. */
final class RoundTrips {
    private static final String ID = "css.properties.width";
    private static final long LIMIT_MS = 30_000;

    private final long[] sortedNs;

    private RoundTrips(long[] sortedNs) {
        this.sortedNs = sortedNs;
    }

    static RoundTrips measure(Member from, Member to, int edits) {
        long[] ns = new long[edits];
        for (int i = 0; i < edits; i++) {
            Value.Struct arguments = Value.Struct.builder()
                    .put("id", Value.of(ID))
                    .put("edit", Value.of((long) i))
                    .build();
            long startedNs = System.nanoTime();
            from.execute("UPDATE features SET edit = :edit WHERE _id = :id", arguments);
            while (to.row("SELECT _id FROM features WHERE _id = :id AND edit = :edit", arguments) == null) {
                if (System.nanoTime() - startedNs > LIMIT_MS * 1_000_000) {
                    throw CommandFailure.failure("an edit of " + from.name() + " did not reach " + to.name()
                            + " within " + LIMIT_MS / 1000 + " s");
                }
            }
            ns[i] = System.nanoTime() - startedNs;
        }
        Arrays.sort(ns);
        return new RoundTrips(ns);
    }

    /** Milliseconds that so many percent of the edits took at the most. */
    double percentileMs(int percent) {
        int index = Math.min(sortedNs.length - 1, sortedNs.length * percent / 100);
        return sortedNs[index] / 1e6;
    }

    int count() {
        return sortedNs.length;
    }
}
