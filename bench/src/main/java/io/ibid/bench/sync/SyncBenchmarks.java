package io.ibid.bench.sync;

import io.ibid.bench.Benchmark;
import java.util.List;

/** The rows {@code sync/*}. */
public final class SyncBenchmarks {

    private static final int DOCUMENTS = 10_000;
    private static final double DOCUMENTS_PER_SECOND_MIN = 20_000;

    private SyncBenchmarks() {}

    public static List<Benchmark> all() {
        return List.of(
                new FirstSyncBenchmark("sync/first-10k", DOCUMENTS, null),
                new FirstSyncBenchmark("sync/first-100k", 100_000, DOCUMENTS_PER_SECOND_MIN),
                new LargeSyncBenchmark("sync/first-small", 50_000, 1_000_000),
                new UpdateLatencyBenchmark("sync/update-latency", DOCUMENTS, 20, true),
                new UpdateLatencyBenchmark("sync/update-after-silence", DOCUMENTS, 100, false),
                new UpdateBytesBenchmark("sync/update-bytes", DOCUMENTS),
                new ReconnectBenchmark("sync/reconnect", DOCUMENTS),
                new HundredChangesBenchmark("sync/hundred-changes", DOCUMENTS));
    }
}
