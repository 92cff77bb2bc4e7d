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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One kind of work, done by ours, by SQLite with either kind of table, and by RocksDB alone.
 *
 * @param work made for each run, by its settings
 * @param sqliteGoal what the ratio to the better SQLite must reach
 * @param rocksGoal what the ratio to RocksDB must reach
 */
record WorkBenchmark(
        String name,
        Profile profile,
        Function<Settings, StoreWork> work,
        @Nullable Double sqliteGoal,
        @Nullable Double rocksGoal)
        implements Benchmark {

    private static final int SQLITE_ROWID = 1;
    private static final int SQLITE_TREE = 2;
    private static final int ROCKS = 3;
    private static final String UNIT = "docs/s";
    private static final int SQLITE_FRAME_BYTES = 4096 + 24;
    private static final int SLICES = 4;
    private static final int PROBE_SEED = 77;

    @Override
    public List<Measurement> run(Settings settings) throws IOException, InterruptedException {
        StoreWork job = work.apply(settings);
        Path folder = settings.folder();
        PutSizes sizes = PutSizes.learn(folder.resolve("sample"));
        Documents probes = new Documents(PROBE_SEED);
        DiskFloor rowidFloor = new DiskFloor(folder.resolve("floor-rowid"), commitBytes(job));
        DiskFloor treeFloor = new DiskFloor(folder.resolve("floor-tree"), commitBytes(job));
        try (IbidSide ours = new IbidSide(folder.resolve("ours"), profile);
                SqliteSide rowid = new SqliteSide(folder.resolve("sqlite-rowid"), true);
                SqliteSide tree = new SqliteSide(folder.resolve("sqlite-tree"), false);
                RocksSide rocks = new RocksSide(folder.resolve("rocksdb"), profile, sizes)) {
            List<Rounds.Side> turns = new ArrayList<>();
            for (StoreSide side : List.of(ours, rowid, tree, rocks)) {
                Documents.load(job.loaded(), side::insert);
                side.checkDurability(1);
                turns.add(slice -> {
                    double value = job.measure(side, slice);
                    side.checkDurability(job.threads());
                    if (side == rowid && job.writes()) {
                        rowidFloor.compare(() -> rowid.insertTimed(probes.next(job.commitDocuments())));
                    } else if (side == tree && job.writes()) {
                        treeFloor.compare(() -> tree.insertTimed(probes.next(job.commitDocuments())));
                    }
                    return value;
                });
            }
            Rounds rounds = Rounds.take(settings.rounds(), SLICES, Better.HIGHER, turns);
            int better = rounds.best(Better.HIGHER, SQLITE_ROWID, SQLITE_TREE);
            if (job.writes()) {
                (better == SQLITE_ROWID ? rowidFloor : treeFloor).check("SQLite");
            }
            return List.of(
                    rounds.compare(name, "sqlite", better, UNIT, Better.HIGHER, sqliteGoal),
                    rounds.compare(name, "rocksdb", ROCKS, UNIT, Better.HIGHER, rocksGoal));
        }
    }

    /** What one commit hands to the disk at the very least: its documents, and no less than a page of SQLite's log. */
    private static int commitBytes(StoreWork job) {
        return Math.max(
                SQLITE_FRAME_BYTES,
                job.commitDocuments()
                        * new Documents(1).next(1).getFirst().json().length());
    }
}
