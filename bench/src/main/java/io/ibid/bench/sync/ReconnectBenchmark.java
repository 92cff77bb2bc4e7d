package io.ibid.bench.sync;

import io.ibid.bench.Benchmark;
import io.ibid.bench.Better;
import io.ibid.bench.Measurement;
import io.ibid.bench.Rounds;
import io.ibid.bench.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A peer with one subscription comes back in a new session, and nothing has happened: what TCP carries after the greeting until both are
 * silent, and how often it goes to and fro. The reference is what the two must tell each other at the very least: where each one stands in
 * the other's history.
 */
record ReconnectBenchmark(String name, int documents) implements Benchmark {

    /** A store id, a commit number, the check of its history; each way. */
    private static final double PLACES_BYTES = 2 * (16 + 3 + 4);

    private static final double BYTES_GOAL = 200;
    private static final double ROUND_TRIPS_GOAL = 1;

    @Override
    public List<Measurement> run(Settings settings) throws IOException, InterruptedException {
        Path folder = settings.folder();
        try (Supplier supplier = new Supplier(folder.resolve("supplier"), documents);
                Reconnecting peer = new Reconnecting(folder.resolve("receiver"), supplier)) {
            Rounds rounds = Rounds.take(
                    settings.rounds(),
                    1,
                    Better.LOWER,
                    List.of(
                            slice -> {
                                peer.leave();
                                return peer.comeBack();
                            },
                            slice -> PLACES_BYTES,
                            slice -> peer.roundTrips(),
                            slice -> 1.0));
            return List.of(
                    rounds.bounded(name, "two-places", 1, "B", Better.LOWER, BYTES_GOAL),
                    rounds.from(2).bounded(name, "echo", 3, "round-trips", Better.LOWER, ROUND_TRIPS_GOAL));
        }
    }
}
