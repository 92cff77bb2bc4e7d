package io.ibid.bench.observers;

import io.ibid.bench.Benchmark;
import io.ibid.bench.Better;
import io.ibid.bench.Measurement;
import io.ibid.bench.Rounds;
import io.ibid.bench.Settings;
import io.ibid.core.value.Value;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/**
 * Updates by id with 1,100 observers registered, and with none. Each update changes the result of one observer with an equality, and mostly
 * of two with ranges: the document leaves one and enters another.
 */
record UpdatesBenchmark(String name) implements Benchmark {
    private static final int DOCUMENTS = 10_000;
    private static final int TEAMS = 1_000;
    private static final int RANGES = 100;
    private static final int SLICES = 4;
    private static final int UPDATES = 10_000;
    private static final double RATIO_GOAL = 0.5;
    private static final double RATE_GOAL = 20_000;

    @Override
    public List<Measurement> run(Settings settings) throws IOException, InterruptedException {
        try (ObservedStore observed = new ObservedStore(DOCUMENTS, TEAMS);
                ObservedStore alone = new ObservedStore(DOCUMENTS, TEAMS)) {
            register(observed);
            int updates = settings.size(UPDATES, 5 * UPDATES);
            Rounds rounds = Rounds.take(
                    settings.rounds(),
                    SLICES,
                    Better.HIGHER,
                    List.of(slice -> rate(observed, slice, updates), slice -> rate(alone, slice, updates)));
            observed.check();
            return List.of(
                    rounds.compare(name, "no observers", 1, "updates/s", Better.HIGHER, RATIO_GOAL),
                    rounds.bounded(name, "no observers", 1, "updates/s", Better.HIGHER, RATE_GOAL));
        }
    }

    private static void register(ObservedStore store) throws InterruptedException {
        for (int team = 0; team < TEAMS; team++) {
            store.observe(
                    "SELECT * FROM orders WHERE team = :team",
                    Value.Struct.builder(1).put("team", Value.of("t" + team)).build());
        }
        int width = ObservedStore.LEVELS / RANGES;
        for (int range = 0; range < RANGES; range++) {
            store.observe(
                    "SELECT * FROM orders WHERE level >= :low AND level < :high",
                    Value.Struct.builder(2)
                            .put("low", Value.of((long) range * width))
                            .put("high", Value.of((range + 1L) * width))
                            .build());
        }
        store.awaitFirst();
    }

    private static double rate(ObservedStore store, int slice, int updates) {
        Random random = new Random(slice);
        long start = System.nanoTime();
        for (int i = 0; i < updates; i++) {
            store.update(store.id(random.nextInt(store.size())), random.nextInt(ObservedStore.LEVELS));
        }
        return updates * 1e9 / (System.nanoTime() - start);
    }
}
