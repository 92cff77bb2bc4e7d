package io.ibid.bench.wire;

import io.ibid.bench.Benchmark;
import java.util.List;

/** The rows {@code wire/*}. */
public final class WireBenchmarks {
    private WireBenchmarks() {}

    public static List<Benchmark> all() {
        return List.of(
                new OneFieldBenchmark("wire/one-field", 20),
                new ReturnBenchmark("wire/return", 20_000),
                new EqualSetsBenchmark("wire/equal-sets", 20_000, 0),
                new EqualSetsBenchmark("wire/differences", 20_000, 100),
                new HopsBenchmark("wire/five-hops", 5, 50),
                new MeshBenchmark("wire/mesh", 20, 50),
                new MetadataBenchmark("wire/metadata", 10_000),
                new SustainedBenchmark("wire/sustained-updates", 4, 5),
                new CrowdBenchmark("wire/hundred-peers", 100, 200),
                new IdleBenchmark("wire/idle-session", 20));
    }
}
