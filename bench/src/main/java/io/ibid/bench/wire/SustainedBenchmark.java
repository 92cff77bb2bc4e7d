package io.ibid.bench.wire;

import io.ibid.bench.Benchmark;
import io.ibid.bench.Better;
import io.ibid.bench.Figure;
import io.ibid.bench.Measurement;
import io.ibid.bench.Settings;
import io.ibid.core.value.Value;
import io.ibid.peer.runtime.OpenDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Single updates through one link for some seconds, in memory, by as many threads as are of use: how many a second arrive, until the last
 * one is there. The reference is how many a second were written meanwhile.
 *
 * @param seconds of a round
 */
record SustainedBenchmark(String name, int writers, int seconds) implements Benchmark {
    private static final int DOCUMENTS = 1_000;

    @Override
    public List<Measurement> run(Settings settings) throws InterruptedException {
        List<Double> arrived = new ArrayList<>();
        double written = 0;
        try (Peers peers = new Peers()) {
            OpenDatabase author = peers.open();
            OpenDatabase reader = peers.open(author);
            Peers.fill(author, 0, DOCUMENTS);
            Peers.execute(author, "UPDATE c SET number = 0 WHERE TRUE", Value.Struct.EMPTY);
            for (int round = 0; round < Math.min(settings.rounds(), 3); round++) {
                long before = author.publishedCommit();
                long start = System.nanoTime();
                write(author, start + TimeUnit.SECONDS.toNanos(seconds));
                long updates = author.publishedCommit() - before;
                written = updates * 1e9 / (System.nanoTime() - start);
                long sum = Peers.number(author, "SELECT SUM(number) AS n FROM c");
                Peers.await("the updates", () -> Peers.number(reader, "SELECT SUM(number) AS n FROM c") == sum);
                arrived.add(updates * 1e9 / (System.nanoTime() - start));
            }
        }
        return List.of(Figure.of(name, "written", arrived, written, "updates/s", Better.HIGHER, null));
    }

    private void write(OpenDatabase author, long untilNs) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            int first = writer;
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = first; System.nanoTime() < untilNs; i += writers) {
                    Value.Struct arguments = Value.Struct.builder()
                            .put("id", Value.of("document-" + i % DOCUMENTS))
                            .build();
                    Peers.execute(author, "UPDATE c SET number = number + 1 WHERE _id = :id", arguments);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
