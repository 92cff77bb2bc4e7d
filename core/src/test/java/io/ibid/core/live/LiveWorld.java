package io.ibid.core.live;

import io.ibid.core.env.Clock;
import io.ibid.core.env.Offload;
import io.ibid.core.env.Randomness;
import io.ibid.core.env.Timers;
import io.ibid.core.error.Ablation;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.Limits;
import io.ibid.core.query.LiveSelect;
import io.ibid.core.query.Result;
import io.ibid.core.query.ResultRow;
import io.ibid.core.query.Statement;
import io.ibid.core.query.StatementOptions;
import io.ibid.core.query.Target;
import io.ibid.core.query.Typing;
import io.ibid.core.storage.MemoryStorage;
import io.ibid.core.store.Commit;
import io.ibid.core.store.Published;
import io.ibid.core.store.ReadSettings;
import io.ibid.core.store.Store;
import io.ibid.core.store.StoreIdentity;
import io.ibid.core.store.Transaction;
import io.ibid.core.store.WriteSettings;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory with live queries over it. What happens beside the loop, and when the loop gets to its next task, is decided by a
 * seed, so that loads, slices of large commits, commits and deliveries come in every order. All snapshots are kept to compare with.
 */
final class LiveWorld implements AutoCloseable {
    /** What a query answers that fails. */
    static final List<String> FAILED = List.of("failed");

    final Random random;
    final Store store;
    final LiveQueries live;
    final List<Watcher> watchers = new ArrayList<>();
    private final MemoryStorage storage = new MemoryStorage();
    private final List<Runnable> loop = new ArrayList<>();
    private final List<Runnable> beside = new ArrayList<>();
    private final List<Runnable> timed = new ArrayList<>();
    private final TreeMap<Long, Published> history = new TreeMap<>();
    /** How often the store was asked for a snapshot: once a load. */
    int loads;

    LiveWorld(long seed, Bounds bounds) {
        random = new Random(seed);
        byte[] key = new byte[StoreIdentity.KEY_LENGTH];
        key[0] = 2;
        store = Store.open(storage, new StoreIdentity("test", key), clock(), randomness(), Ablation.NONE);
        live = new LiveQueries(this::after, offload(), this::published, () -> ReadSettings.SHOWN, () -> 500, bounds);
        remember();
    }

    private Published published() {
        loads++;
        return store.published();
    }

    private static Clock clock() {
        return new Clock() {
            @Override
            public long wallMs() {
                return 1_700_000_000_000L;
            }

            @Override
            public long monotonicMs() {
                return 0;
            }
        };
    }

    private Randomness randomness() {
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

    private Timers.Timer after(long delayMs, Runnable task) {
        boolean[] cancelled = new boolean[1];
        (delayMs == 0 ? loop : timed).add(() -> {
            if (!cancelled[0]) {
                task.run();
            }
        });
        return () -> cancelled[0] = true;
    }

    private Offload offload() {
        return (work, done) -> beside.add(() -> {
            Throwable[] failure = new Throwable[1];
            try {
                work.run();
            } catch (RuntimeException e) { // handed to whoever asked for the work
                failure[0] = e;
            }
            loop.add(() -> done.accept(failure[0]));
        });
    }

    /** Writes one transaction, publishes it and tells the live queries. */
    void commit(Consumer<Transaction> statements) {
        Transaction transaction = store.head().transaction(WriteSettings.STANDARD);
        statements.accept(transaction);
        try (Commit commit = store.write(transaction.seal())) {
            if (commit != null) {
                store.publish(commit);
                remember();
                live.onCommit(commit);
            }
        }
    }

    void upsert(String... documents) {
        commit(tx -> {
            for (String document : documents) {
                put(tx, document);
            }
        });
    }

    static void put(Transaction tx, String document) {
        Value.Struct struct = (Value.Struct) Json.parse(document);
        tx.delete("c", DocumentId.of(struct.get("_id")));
        tx.insert("c", struct, Typing.FLEXIBLE, Target.Conflict.UPDATE, false);
    }

    void delete(Object id) {
        commit(tx -> tx.delete("c", id(id)));
    }

    static DocumentId id(Object id) {
        return DocumentId.of(id instanceof String text ? Value.of(text) : Value.of(((Number) id).longValue()));
    }

    private void remember() {
        Published snapshot = store.published();
        history.put(snapshot.commitId(), snapshot);
    }

    Watcher watch(String text) {
        return watch(text, "{}");
    }

    Watcher watch(String text, String arguments) {
        Statement statement = Statement.prepare(text, StatementOptions.FLEXIBLE);
        LiveSelect select = new LiveSelect(statement, (Value.Struct) Json.parse(arguments));
        Watcher watcher = new Watcher(select);
        watcher.query = live.observe(select, watcher);
        watchers.add(watcher);
        return watcher;
    }

    List<String> rows(LiveSelect select, Published snapshot) {
        try (Result result = select.statement()
                .execute(snapshot.source(ReadSettings.SHOWN), select.arguments(), Limits.of(0, 1 << 26))) {
            return json(result.rest());
        } catch (IbidException refused) {
            return FAILED;
        }
    }

    /** What the query answers now. */
    List<String> now(LiveSelect select) {
        return rows(select, history.lastEntry().getValue());
    }

    private static List<String> json(List<ResultRow> rows) {
        List<String> lines = new ArrayList<>();
        for (ResultRow row : rows) {
            lines.add(Json.write(row.value()));
        }
        return lines;
    }

    /** Does one thing that is waiting to be done; the loop's tasks in their order. False: nothing waits. */
    boolean step() {
        List<List<Runnable>> queues = new ArrayList<>();
        for (List<Runnable> queue : List.of(loop, beside)) {
            if (!queue.isEmpty()) {
                queues.add(queue);
            }
        }
        for (Watcher watcher : watchers) {
            if (!watcher.tasks.isEmpty()) {
                queues.add(watcher.tasks);
            }
        }
        if (queues.isEmpty()) {
            return false;
        }
        queues.get(random.nextInt(queues.size())).removeFirst().run();
        return true;
    }

    void settle() {
        while (step()) {
            if (loads > 1_000_000) {
                throw new AssertionError("it never settles");
            }
        }
    }

    /** Lets the timers fire that wait. */
    void passTime() {
        List<Runnable> due = List.copyOf(timed);
        timed.clear();
        loop.addAll(due);
        settle();
    }

    @Override
    public void close() {
        for (Watcher watcher : watchers) {
            watcher.query().close();
        }
        settle();
        history.values().forEach(Published::close);
        store.close();
        storage.close();
    }

    /** A listener that checks everything it gets. */
    final class Watcher implements LiveQuery.Listener {
        final LiveSelect select;
        final List<Runnable> tasks = new ArrayList<>();
        /** Whether the next result has to be asked for with {@link #askForNext}. */
        boolean manual;

        private @Nullable LiveQuery query;
        private long commit = -1;
        private @Nullable List<ResultRow> rows;
        private @Nullable List<String> lines;
        int deliveries;
        int kept;

        Watcher(LiveSelect select) {
            this.select = select;
        }

        LiveQuery query() {
            if (query == null) {
                throw new AssertionError("not registered yet");
            }
            return query;
        }

        @Override
        public void changed(LiveQuery live) {
            tasks.add(() -> {
                if (!live.isClosed()) {
                    deliver(live);
                }
            });
        }

        @Override
        public void resume(LiveQuery live) {
            loop.add(live::resume);
        }

        private void deliver(LiveQuery live) {
            LiveResult result = live.begin();
            deliveries++;
            if (result == null) {
                commit = history.lastKey();
                rows = null;
                lines = now(select);
            } else {
                kept++;
                if (result.commitId() < commit) {
                    throw new AssertionError("commit " + result.commitId() + " behind " + commit);
                }
                commit = result.commitId();
                rows = result.rows();
                lines = json(rows);
                List<String> truth =
                        LiveWorld.this.rows(select, history.floorEntry(commit).getValue());
                if (!lines.equals(truth) && !truth.equals(FAILED)) {
                    throw new AssertionError(
                            select.statement().text() + " at commit " + commit + "\n got " + lines + "\n not " + truth);
                }
            }
            if (!manual) {
                tasks.add(live::ready);
            }
        }

        void askForNext() {
            query().ready();
        }

        List<String> lines() {
            if (lines == null) {
                throw new AssertionError("nothing was delivered");
            }
            return lines;
        }

        @Nullable
        List<ResultRow> rows() {
            return rows;
        }
    }
}
