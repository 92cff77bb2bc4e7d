package io.ibid.bench.store;

import io.ibid.bench.Benchmark;
import io.ibid.bench.BenchmarkFailure;
import io.ibid.bench.Better;
import io.ibid.bench.Measurement;
import io.ibid.bench.Rounds;
import io.ibid.bench.Settings;
import io.ibid.core.env.Clock;
import io.ibid.core.env.Randomness;
import io.ibid.core.error.Ablation;
import io.ibid.core.query.Modification;
import io.ibid.core.query.Target;
import io.ibid.core.query.Typing;
import io.ibid.core.store.ChangeEntry;
import io.ibid.core.store.ChangeScan;
import io.ibid.core.store.Commit;
import io.ibid.core.store.Published;
import io.ibid.core.store.Store;
import io.ibid.core.store.StoreIdentity;
import io.ibid.core.store.Transaction;
import io.ibid.core.store.WriteSettings;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import io.ibid.peer.rocksdb.Profile;
import io.ibid.peer.rocksdb.RocksStorage;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * What has changed since the first commit, after one document was updated very often: one look and one step, if the change index leaves no
 * trail of what it has removed. The reference is a store in which nothing was updated.
 */
record ResumeBenchmark(String name, Profile profile) implements Benchmark {

    private static final String COLLECTION = "c";
    private static final DocumentId ID = DocumentId.of(Value.of("busy"));
    private static final int UPDATES_PER_SLICE = 1_000;
    private static final double GOAL_MS = 20;

    @Override
    public List<Measurement> run(Settings settings) throws IOException, InterruptedException {
        try (RocksStorage storage = new RocksStorage(settings.folder().resolve("ours"), profile);
                RocksStorage other = new RocksStorage(settings.folder().resolve("untouched"), profile);
                Store busy = open(storage);
                Store untouched = open(other)) {
            for (Store store : List.of(busy, untouched)) {
                write(store, ResumeBenchmark::insert);
                write(store, ResumeBenchmark::update);
            }
            int updates = settings.size(100_000, 1_000_000);
            for (int i = 0; i < updates; i++) {
                write(busy, ResumeBenchmark::update);
            }
            Rounds rounds = Rounds.take(
                    settings.rounds(),
                    5,
                    Better.LOWER,
                    List.of(
                            slice -> {
                                for (int i = 0; i < UPDATES_PER_SLICE; i++) {
                                    write(busy, ResumeBenchmark::update);
                                }
                                return millis(busy);
                            },
                            slice -> millis(untouched)));
            return List.of(rounds.bounded(name, "untouched", 1, "ms", Better.LOWER, GOAL_MS));
        }
    }

    private static Store open(RocksStorage storage) {
        Random random = new Random(1);
        Randomness randomness = new Randomness() {
            @Override
            public void fill(byte[] bytes) {
                random.nextBytes(bytes);
            }

            @Override
            public long below(long bound) {
                return random.nextLong(bound);
            }
        };
        Clock clock = new Clock() {
            @Override
            public long wallMs() {
                return System.currentTimeMillis();
            }

            @Override
            public long monotonicMs() {
                return System.nanoTime() / 1_000_000;
            }
        };
        byte[] key = new byte[StoreIdentity.KEY_LENGTH];
        return Store.open(storage, new StoreIdentity("bench", key), clock, randomness, Ablation.NONE);
    }

    private static void write(Store store, Consumer<Transaction> statement) {
        Transaction transaction = store.head().transaction(WriteSettings.STANDARD);
        statement.accept(transaction);
        try (Commit commit = store.write(transaction.seal())) {
            if (commit == null) {
                throw new BenchmarkFailure("an update that changed nothing");
            }
            store.publish(commit);
        }
    }

    private static void insert(Transaction transaction) {
        Value.Struct document = Value.Struct.builder().put("_id", ID.value()).build();
        transaction.insert(COLLECTION, document, Typing.FLEXIBLE, Target.Conflict.FAIL, false);
    }

    private static void update(Transaction transaction) {
        transaction.update(COLLECTION, ID, List.of(new Modification.Increment(Path.of("n"), 1)), Typing.FLEXIBLE);
    }

    /** From a token of the first commit to the end of the changes. */
    private static double millis(Store store) {
        long start = System.nanoTime();
        try (Published published = store.published();
                ChangeScan changes = published.changes(null, 1, null)) {
            ChangeEntry entry = changes.next();
            if (entry == null || published.record(entry.key()) == null || changes.next() != null) {
                throw new BenchmarkFailure("the document stands in the change index once");
            }
        }
        return (System.nanoTime() - start) / 1e6;
    }
}
