package io.ibid.core.store;

import io.ibid.core.env.Clock;
import io.ibid.core.env.Randomness;
import io.ibid.core.error.Ablation;
import io.ibid.core.query.IndexShape;
import io.ibid.core.query.Modification;
import io.ibid.core.query.Row;
import io.ibid.core.query.Rows;
import io.ibid.core.query.Target;
import io.ibid.core.query.Typing;
import io.ibid.core.storage.MemoryStorage;
import io.ibid.core.storage.Snapshot;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Json;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/** A store in memory with a clock that the test moves, and the turn always free. */
final class TestStore implements AutoCloseable {

    static final String CARS = "cars";

    final MemoryStorage storage;
    final TestClock clock = new TestClock();
    final Store store;
    final Ablation ablation;
    WriteSettings settings = WriteSettings.STANDARD;

    TestStore(int device) {
        this(device, new MemoryStorage(), Ablation.NONE);
    }

    TestStore(int device, Ablation ablation) {
        this(device, new MemoryStorage(), ablation);
    }

    TestStore(int device, MemoryStorage storage, Ablation ablation) {
        this.storage = storage;
        this.ablation = ablation;
        this.store = Store.open(storage, identity(device), clock, randomness(device), ablation);
    }

    static StoreIdentity identity(int device) {
        byte[] key = new byte[StoreIdentity.KEY_LENGTH];
        key[0] = 2;
        key[1] = (byte) device;
        return new StoreIdentity("test", key);
    }

    static Randomness randomness(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        return new Randomness() {
            @Override
            public void fill(byte[] bytes) {
                random.nextBytes(bytes);
            }

            @Override
            public long below(long bound) {
                return random.nextLong(bound);
            }
        };
    }

    static final class TestClock implements Clock {
        long nowMs = 1_700_000_000_000L;

        @Override
        public long wallMs() {
            return nowMs;
        }

        @Override
        public long monotonicMs() {
            return nowMs;
        }
    }

    // ---- writing

    /** One transaction; its commit id, or the head's when it wrote nothing. */
    long transact(Consumer<Transaction> statements) {
        Transaction transaction = store.head().transaction(settings);
        statements.accept(transaction);
        return write(transaction.seal());
    }

    long write(Change change) {
        try (Commit commit = store.write(change)) {
            if (commit != null) {
                store.publish(commit);
            } else if (change instanceof Change.Indexing) {
                store.show(store.written());
            }
        }
        return store.head().commitId();
    }

    /** INSERT of a JSON document into cars, upserting. */
    long upsert(String json) {
        return transact(tx -> tx.insert(CARS, struct(json), Typing.FLEXIBLE, Target.Conflict.UPDATE, false));
    }

    long update(String id, Modification... modifications) {
        return transact(tx -> tx.update(CARS, id(id), List.of(modifications), Typing.FLEXIBLE));
    }

    long delete(String id) {
        return transact(tx -> tx.delete(CARS, id(id)));
    }

    long evict(String id) {
        return transact(tx -> tx.evict(CARS, id(id)));
    }

    /** Creates an index on cars, unbuilt; a key is a path, with a minus in front when descending. */
    IndexShape createIndex(String name, boolean includeMissing, String... keys) {
        List<IndexShape.Key> parsed = new ArrayList<>();
        for (String key : keys) {
            boolean descending = key.startsWith("-");
            parsed.add(new IndexShape.Key(path(descending ? key.substring(1) : key), descending));
        }
        IndexShape shape = new IndexShape(CARS, name, parsed, includeMissing);
        write(IndexWork.create(store.head(), shape, false));
        return shape;
    }

    void dropIndex(String name) {
        write(IndexWork.drop(store.head(), CARS, name, false));
    }

    /** Does so many steps of what is unfinished, each over so many documents; whether anything was. */
    boolean work(int steps, int documents) {
        for (int i = 0; i < steps; i++) {
            Change change = IndexWork.next(store.head(), documents);
            if (change.equals(Change.NOTHING)) {
                return false;
            }
            write(change);
        }
        return true;
    }

    static Modification set(String path, String json) {
        return new Modification.Set(path(path), Json.parse(json));
    }

    static Modification unset(String path) {
        return new Modification.Unset(path(path));
    }

    static Modification increment(String path, long by) {
        return new Modification.Increment(path(path), by);
    }

    // ---- reading

    /** The JSON of a document of cars, as an undeclared SELECT shows it; null when it is not visible. */
    @Nullable
    String read(String id) {
        return read(id, Typing.FLEXIBLE);
    }

    @Nullable
    String read(String id, Typing typing) {
        try (Published published = store.published()) {
            Row row = published.source(settings.reading()).find(CARS, id(id), typing);
            return row == null ? null : json(row);
        }
    }

    static String json(Row row) {
        StringBuilder direct = new StringBuilder();
        row.appendJson(direct);
        if (!direct.toString().equals(Json.write(row.document()))) {
            throw new AssertionError(direct + " and " + Json.write(row.document()) + " of one row");
        }
        return direct.toString();
    }

    List<String> scan(String collection) {
        try (Published published = store.published();
                Rows rows = published.source(settings.reading()).scan(collection, Typing.FLEXIBLE)) {
            return all(rows);
        }
    }

    static List<String> all(Rows rows) {
        List<String> found = new ArrayList<>();
        for (Row row = rows.next(); row != null; row = rows.next()) {
            found.add(json(row));
        }
        return found;
    }

    @Nullable
    Record record(String id) {
        return store.head().record(key(id));
    }

    List<ChangeEntry> changes(long after) {
        try (Published published = store.published();
                ChangeScan scan = published.changes(null, after, null)) {
            List<ChangeEntry> found = new ArrayList<>();
            for (ChangeEntry entry = scan.next(); entry != null; entry = scan.next()) {
                found.add(entry);
            }
            return found;
        }
    }

    // ---- names

    static DocumentKey key(String id) {
        return new DocumentKey(CARS, id(id));
    }

    static DocumentId id(String id) {
        return DocumentId.of(Value.of(id));
    }

    static Path path(String dotted) {
        return Path.of(dotted.split("\\."));
    }

    static Value.Struct struct(String json) {
        return (Value.Struct) Json.parse(json);
    }

    /** What the integrity check has to say. */
    List<Finding> check() {
        try (Snapshot snapshot = storage.snapshot()) {
            return Check.run(snapshot);
        }
    }

    /** Every test ends with a store without findings. */
    @Override
    public void close() {
        store.close();
        List<Finding> findings = check();
        storage.close();
        if (!findings.isEmpty()) {
            throw new AssertionError(findings);
        }
    }
}
