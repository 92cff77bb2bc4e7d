package io.ibid.cli.demo;

import io.ibid.cli.terminal.CommandFailure;
import io.ibid.cli.terminal.Count;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** Waits until all members show the same documents, compared by hash. */
final class Agreement {
    private static final long POLL_MS = 200;

    private Agreement() {}

    /** The hash of each member, all equal; fails, naming the difference, when they are not within the limit. */
    static Map<String, String> await(Network network, long limitMs) {
        long deadlineNs = System.nanoTime() + limitMs * 1_000_000;
        while (true) {
            network.requireAlive();
            Map<String, String> hashes = new LinkedHashMap<>();
            network.members().forEach(member -> hashes.put(member.name(), member.fingerprint()));
            if (new TreeSet<>(hashes.values()).size() == 1) {
                return hashes;
            }
            if (System.nanoTime() > deadlineNs) {
                throw CommandFailure.failure(
                        "after " + Count.duration(limitMs) + " the members still differ: " + hashes);
            }
            try {
                Thread.sleep(POLL_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw CommandFailure.failure("interrupted");
            }
        }
    }
}
