package io.ibid.bench.query;

import io.ibid.bench.Benchmark;
import io.ibid.bench.BenchmarkFailure;
import io.ibid.bench.Better;
import io.ibid.bench.Documents;
import io.ibid.bench.Measurement;
import io.ibid.bench.Rounds;
import io.ibid.bench.Settings;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One kind of statement, asked of ours and of SQLite, and the reads and writes of it alone of RocksDB.
 *
 * @param work made of the ids that are loaded
 * @param goal what the ratio to SQLite must reach
 */
record QueryBenchmark(String name, int documents, int slices, Function<List<String>, QueryWork> work, double goal)
        implements Benchmark {

    @Override
    public List<Measurement> run(Settings settings) throws IOException, InterruptedException {
        QueryWork job = work.apply(Documents.loadedIds(documents));
        try (QuerySide ours = new IbidSide(settings.folder().resolve("ours"));
                QuerySide sqlite = new SqliteSide(settings.folder().resolve("sqlite"));
                QuerySide floor = new RocksFloor(settings.folder().resolve("rocksdb"))) {
            for (QuerySide side : List.of(ours, sqlite, floor)) {
                QueryWork.load(side, documents);
                side.checkDurability();
            }
            TreeMap<Integer, Long> checksums = new TreeMap<>();
            TreeMap<Integer, Long> unchecked = new TreeMap<>();
            Rounds rounds = Rounds.take(
                    settings.rounds(),
                    slices,
                    Better.HIGHER,
                    List.of(
                            slice -> rate(job, ours, slice, checksums),
                            slice -> rate(job, sqlite, slice, checksums),
                            slice -> rate(job, floor, slice, unchecked)));
            return List.of(
                    rounds.compare(name, "sqlite", 1, job.unit(), Better.HIGHER, goal),
                    rounds.compare(name, "rocksdb", 2, job.unit(), Better.HIGHER, null));
        }
    }

    private double rate(QueryWork job, QuerySide side, int slice, TreeMap<Integer, Long> checksums) {
        QueryWork.Slice work = job.slices().of(new Random(slice), slice);
        long start = System.nanoTime();
        QueryWork.Done done = work.run(side);
        long nanos = System.nanoTime() - start;
        if (job.writes()) {
            side.checkDurability();
        }
        Long other = checksums.put(slice, done.checksum());
        if (other != null && other != done.checksum()) {
            throw new BenchmarkFailure("the two sides answered slice " + slice + " differently");
        }
        return done.operations() * 1e9 / nanos;
    }
}
