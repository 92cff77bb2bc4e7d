package io.ibid.bench.query;

import io.ibid.bench.Benchmark;
import java.util.List;
import java.util.function.Function;

/** The rows {@code query/*}. */
public final class QueryBenchmarks {
    private static final int DOCUMENTS = 100_000;

    private QueryBenchmarks() {}

    public static List<Benchmark> all() {
        return List.of(
                row("query/by-id", 4, ids -> QueryWork.byId(ids, 4_000), 0.7),
                row("query/index-equality-1pct", 4, ids -> QueryWork.equal(5), 0.5),
                row("query/index-covering-1pct", 4, ids -> QueryWork.covered(30), 0.8),
                row("query/index-range-order-limit20", 4, ids -> QueryWork.cheapest(400), 0.8),
                row("query/scan-filter-2-nested", 2, ids -> QueryWork.filtered(1), 1.0),
                row("query/group-3-aggregates", 2, ids -> QueryWork.grouped(1), 1.0),
                row("query/join-1000-by-index", 4, ids -> QueryWork.joined(5), 0.5),
                row("query/update-by-index", 2, ids -> QueryWork.update(), 1.0),
                row("query/insert-1000", 1, ids -> QueryWork.insert(1_000), 1.0),
                new ParseBenchmark("query/parse"));
    }

    private static Benchmark row(String name, int slices, Function<List<String>, QueryWork> work, double goal) {
        return new QueryBenchmark(name, DOCUMENTS, slices, work, goal);
    }
}
