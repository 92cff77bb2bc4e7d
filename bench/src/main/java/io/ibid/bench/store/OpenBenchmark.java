package io.ibid.bench.store;

import io.ibid.bench.Benchmark;
import io.ibid.bench.Better;
import io.ibid.bench.Documents;
import io.ibid.bench.Measurement;
import io.ibid.bench.Rounds;
import io.ibid.bench.Settings;
import io.ibid.peer.rocksdb.Profile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** Opening a store of 200,000 documents after a clean stop, until the first document is read. */
record OpenBenchmark(String name, Profile profile) implements Benchmark {

    private static final int DOCUMENTS = 200_000;
    private static final double GOAL = 2.0;

    @Override
    public List<Measurement> run(Settings settings) throws IOException, InterruptedException {
        Path folder = settings.folder();
        PutSizes sizes = PutSizes.learn(folder.resolve("sample"));
        Supplier<StoreSide> ours = () -> new IbidSide(folder.resolve("ours"), profile);
        Supplier<StoreSide> rocks = () -> new RocksSide(folder.resolve("rocksdb"), profile, sizes);
        for (Supplier<StoreSide> opener : List.of(ours, rocks)) {
            try (StoreSide side = opener.get()) {
                Documents.load(DOCUMENTS, side::insert);
            }
        }
        String id = Documents.loadedIds(1).getFirst();
        Rounds rounds = Rounds.take(
                settings.rounds(), 2, Better.LOWER, List.of(slice -> millis(ours, id), slice -> millis(rocks, id)));
        return List.of(rounds.compare(name, "rocksdb", 1, "ms", Better.LOWER, GOAL));
    }

    private static double millis(Supplier<StoreSide> opener, String id) {
        long start = System.nanoTime();
        try (StoreSide side = opener.get()) {
            side.select(id);
            return (System.nanoTime() - start) / 1e6;
        }
    }
}
