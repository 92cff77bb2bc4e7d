package io.ibid.peer.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.query.ResultRow;
import io.ibid.core.query.StatementOptions;
import io.ibid.core.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Transactions over two collections travel over two hops of real TCP, source ── relay ── far end, and nobody ever sees one in part.
 *
 * <p>Every transaction inserts orders and their lines and moves a counter document on in both collections. Observers of either collection,
 * at the relay and at the far end, look inside their callbacks at the other one.
 */
class TransactionsOverHopsTest {
    private static final int TRANSACTIONS = 100;
    private static final int ORDERS = 20;
    private static final int LINES = 30;
    private static final String LAST = "last";

    @TempDir
    private Path folder;

    private final Queue<String> parts = new ConcurrentLinkedQueue<>();

    @Test
    void five_thousand_documents_cross_two_hops_and_each_transaction_over_two_collections_is_seen_whole_or_not_at_all()
            throws Exception {
        try (OpenDatabase source = open("source");
                OpenDatabase relay = open("relay");
                OpenDatabase far = open("far")) {
            relay.startSync(List.of("127.0.0.1:0"), List.of());
            String address = relay.listening().getFirst();
            source.startSync(List.of(), List.of(address));
            far.startSync(List.of(), List.of(address));
            List<Witness> witnesses = List.of(
                    new Witness(relay, "orders", ORDERS, "lines", LINES),
                    new Witness(relay, "lines", LINES, "orders", ORDERS),
                    new Witness(far, "orders", ORDERS, "lines", LINES),
                    new Witness(far, "lines", LINES, "orders", ORDERS));
            witnesses.forEach(Witness::watch);
            for (int t = 1; t <= TRANSACTIONS; t++) {
                commit(source, t);
            }
            for (Witness witness : witnesses) {
                witness.awaitAll();
            }
            assertThat(parts).isEmpty();
            for (Witness witness : witnesses) {
                // Not only before and after: states in between were seen, or nothing was tested.
                assertThat(witness.states.get()).isGreaterThan(5);
                witness.close();
            }
            assertThat(count(far, "orders") + count(far, "lines")).isEqualTo(TRANSACTIONS * (ORDERS + LINES) + 2);
        }
    }

    private OpenDatabase open(String name) {
        return OpenDatabase.open(DatabaseOptions.peer(folder.resolve(name), "shop"));
    }

    private static void commit(OpenDatabase source, int t) {
        source.transaction(scope -> {
            for (String collection : List.of("orders", "lines")) {
                Value.Struct arguments = Value.Struct.builder()
                        .put("documents", documents(t, collection.equals("orders") ? ORDERS : LINES))
                        .put("t", Value.of((long) t))
                        .build();
                scope.execute(
                                "INSERT INTO " + collection + " DOCUMENTS (:documents)",
                                arguments,
                                ExecuteOptions.FLEXIBLE)
                        .close();
                String move = t == 1
                        ? "INSERT INTO " + collection + " DOCUMENTS ({'_id': '" + LAST + "', 'moved': :t})"
                        : "UPDATE " + collection + " SET moved = :t WHERE _id = '" + LAST + "'";
                scope.execute(move, arguments, ExecuteOptions.FLEXIBLE).close();
            }
            return t;
        });
    }

    private static Value documents(int t, int count) {
        List<Value> documents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            documents.add(Value.Struct.builder()
                    .put("_id", Value.of(t + "-" + i))
                    .put("t", Value.of((long) t))
                    .put("text", Value.of("document " + i + " of transaction " + t))
                    .build());
        }
        return new Value.Array(documents);
    }

    private static long count(OpenDatabase database, String collection) {
        try (Execution execution =
                database.execute("SELECT * FROM " + collection, Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE)) {
            return execution.rest().size();
        }
    }

    /** The documents of each transaction that one result of a collection shows, and how far its counter document has moved. */
    private record Shown(SortedMap<Long, Integer> documents, long moved) {
        static Shown of(Execution execution) {
            SortedMap<Long, Integer> documents = new TreeMap<>();
            long moved = 0;
            for (ResultRow row = execution.next(); row != null; row = execution.next()) {
                if (row.value().get("t") instanceof Value.Int t) {
                    documents.merge(t.value(), 1, Integer::sum);
                } else if (row.value().get("moved") instanceof Value.Int m) {
                    moved = m.value();
                }
            }
            return new Shown(documents, moved);
        }
    }

    /** Observes one collection of a database and looks at the other one inside each callback. */
    private final class Witness {
        private final OpenDatabase database;
        private final String collection;
        private final int size;
        private final String other;
        private final int otherSize;
        private final AtomicInteger states = new AtomicInteger();
        private final List<AutoCloseable> open = new ArrayList<>();
        private volatile int seen;

        Witness(OpenDatabase database, String collection, int size, String other, int otherSize) {
            this.database = database;
            this.collection = collection;
            this.size = size;
            this.other = other;
            this.otherSize = otherSize;
        }

        void watch() {
            String query = "SELECT * FROM " + collection;
            open.add(database.subscribe(query, Value.Struct.EMPTY, StatementOptions.FLEXIBLE));
            open.add(database.observe(query, Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE, this::look));
        }

        private void look(Execution execution) {
            Shown mine = Shown.of(execution);
            Shown others;
            try (Execution inside =
                    database.execute("SELECT * FROM " + other, Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE)) {
                others = Shown.of(inside);
            }
            mine.documents.forEach((t, count) -> {
                if (count != size || others.documents.getOrDefault(t, 0) != otherSize) {
                    parts.add("transaction " + t + ": " + count + " of " + size + " " + collection + ", "
                            + others.documents.get(t) + " of " + otherSize + " " + other);
                }
            });
            // The source's transactions arrive in their order, and a later look at the other collection shows at least
            // as many.
            if (mine.moved != mine.documents.size() || others.moved < mine.moved) {
                parts.add(collection + " shows " + mine.documents.size() + " transactions and was moved to "
                        + mine.moved + ", " + other + " to " + others.moved);
            }
            if (mine.documents.size() > seen) {
                states.incrementAndGet();
                seen = mine.documents.size();
            }
        }

        void awaitAll() throws InterruptedException {
            long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (seen < TRANSACTIONS) {
                assertThat(System.nanoTime() - deadlineNs)
                        .as("time over with %s of %s transactions of %s", seen, TRANSACTIONS, collection)
                        .isNegative();
                Thread.sleep(10);
            }
        }

        void close() throws Exception {
            for (AutoCloseable registration : open) {
                registration.close();
            }
        }
    }
}
