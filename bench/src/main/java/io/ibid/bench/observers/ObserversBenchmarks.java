package io.ibid.bench.observers;

import io.ibid.bench.Benchmark;
import java.util.List;

/** The rows {@code observers/*}. */
public final class ObserversBenchmarks {
    private static final double TOP_GOAL_US = 50;
    private static final double TOP_RATIO_GOAL = 1.5;

    private ObserversBenchmarks() {}

    public static List<Benchmark> all() {
        return List.of(
                new UpdatesBenchmark("observers/updates-1100"),
                new TopBenchmark("observers/top50-100k", TopBenchmark.median(TOP_GOAL_US)),
                new TopBenchmark("observers/top50-ratio", TopBenchmark.ratio(TOP_RATIO_GOAL)));
    }
}
