package io.ibid.bench.store;

import io.ibid.bench.Benchmark;
import io.ibid.peer.rocksdb.Profile;
import java.util.ArrayList;
import java.util.List;

/** The rows {@code store/*}, each for both storage profiles. */
public final class StoreBenchmarks {

    private static final int THREADS = 8;

    private StoreBenchmarks() {}

    public static List<Benchmark> all() {
        List<Benchmark> rows = new ArrayList<>(of(Profile.SMALL, ""));
        rows.addAll(of(Profile.SERVER, "-server"));
        return rows;
    }

    private static List<Benchmark> of(Profile profile, String suffix) {
        return List.of(
                new WorkBenchmark(
                        "store/insert-100" + suffix,
                        profile,
                        settings -> new StoreWork.Insert(1, settings.size(25, 125), 100),
                        1.0,
                        0.4),
                new WorkBenchmark(
                        "store/insert-1" + suffix,
                        profile,
                        settings -> new StoreWork.Insert(1, settings.size(200, 2_000), 1),
                        0.8,
                        null),
                new WorkBenchmark(
                        "store/insert-1-8threads" + suffix,
                        profile,
                        settings -> new StoreWork.Insert(THREADS, settings.size(800, 5_000), 1),
                        3.0,
                        null),
                new WorkBenchmark(
                        "store/update-8threads" + suffix,
                        profile,
                        settings -> new StoreWork.Update(
                                THREADS, settings.size(10_000, 100_000), settings.size(800, 5_000)),
                        3.0,
                        null),
                new WorkBenchmark(
                        "store/select-by-id" + suffix,
                        profile,
                        settings ->
                                new StoreWork.Select(1, settings.size(20_000, 200_000), settings.size(5_000, 25_000)),
                        0.7,
                        null),
                new OpenBenchmark("store/open" + suffix, profile),
                new ResumeBenchmark("store/resume-after-updates" + suffix, profile));
    }
}
