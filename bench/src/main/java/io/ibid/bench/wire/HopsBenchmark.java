package io.ibid.bench.wire;

import io.ibid.bench.Benchmark;
import io.ibid.bench.BenchmarkFailure;
import io.ibid.bench.Better;
import io.ibid.bench.Figure;
import io.ibid.bench.Measurement;
import io.ibid.bench.Settings;
import io.ibid.core.query.ResultRow;
import io.ibid.core.value.Value;
import io.ibid.peer.runtime.ExecuteOptions;
import io.ibid.peer.runtime.Observer;
import io.ibid.peer.runtime.OpenDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One update at the end of a chain of peers, in memory: from the call of the statement until the observer at the other end has it, half of
 * them sooner.
 *
 * @param hops links of the chain
 * @param updates of a round
 */
record HopsBenchmark(String name, int hops, int updates) implements Benchmark {
    private static final double MILLIS_MAX = 30;
    private static final long PAUSE_MS = 30;

    @Override
    public List<Measurement> run(Settings settings) throws InterruptedException {
        List<Double> ofAll = new ArrayList<>();
        List<Double> ofOne = new ArrayList<>();
        try (Peers peers = new Peers()) {
            OpenDatabase author = peers.open();
            List<OpenDatabase> chain = new ArrayList<>(List.of(author));
            for (int i = 0; i < hops; i++) {
                chain.add(peers.open(chain.getLast()));
            }
            Peers.fill(author, 0, 1);
            BlockingQueue<Long> atNext = new LinkedBlockingQueue<>();
            BlockingQueue<Long> atEnd = new LinkedBlockingQueue<>();
            List<Observer> watches = List.of(watch(chain.get(1), atNext), watch(chain.getLast(), atEnd));
            try {
                Peers.await("the document", () -> Peers.count(chain.getLast()) == 1);
                for (int i = 1; i <= settings.rounds() * updates; i++) {
                    Thread.sleep(PAUSE_MS);
                    long start = System.nanoTime();
                    Peers.execute(author, "UPDATE c SET number = " + -i + " WHERE TRUE", Value.Struct.EMPTY);
                    ofOne.add((arrival(atNext, -i) - start) / 1e6);
                    ofAll.add((arrival(atEnd, -i) - start) / 1e6);
                }
            } finally {
                watches.forEach(Observer::close);
            }
        }
        double one = median(ofOne);
        return List.of(Figure.of(name, "one-hop", List.of(median(ofAll)), one, "ms", Better.LOWER, MILLIS_MAX));
    }

    private static double median(List<Double> values) {
        return values.stream().mapToDouble(value -> value).sorted().toArray()[values.size() / 2];
    }

    private static Observer watch(OpenDatabase peer, BlockingQueue<Long> seen) {
        return peer.observe("SELECT number FROM c", Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE, result -> {
            ResultRow row = result.next();
            if (row != null && row.value().get("number") instanceof Value.Int(long value)) {
                seen.add(value);
                seen.add(System.nanoTime());
            }
        });
    }

    private static long arrival(BlockingQueue<Long> seen, long wanted) throws InterruptedException {
        while (true) {
            @Nullable Long value = seen.poll(20, TimeUnit.SECONDS);
            @Nullable Long nanos = seen.poll(20, TimeUnit.SECONDS);
            if (value == null || nanos == null) {
                throw new BenchmarkFailure("an update did not come");
            }
            if (value == wanted) {
                return nanos;
            }
        }
    }
}
