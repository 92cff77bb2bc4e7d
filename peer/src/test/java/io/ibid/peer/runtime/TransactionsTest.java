package io.ibid.peer.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.Result;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Transactions on an open database. */
class TransactionsTest {
    private static final TransactionOptions READING = new TransactionOptions(true, "report");

    private final OpenDatabase database = OpenDatabase.open(DatabaseOptions.peer(null, "t"));

    @AfterEach
    void close() {
        database.close();
    }

    private String run(String statement) {
        try (Execution execution = database.execute(statement, Value.Struct.EMPTY, ExecuteOptions.STANDARD)) {
            return String.join(
                    "\n",
                    execution.rest().stream()
                            .map(row -> Json.write(row.value()))
                            .toList());
        }
    }

    private static String run(TransactionScope scope, String statement) {
        try (Result result = scope.execute(statement, Value.Struct.EMPTY, ExecuteOptions.STANDARD)) {
            return String.join(
                    "\n",
                    result.rest().stream().map(row -> Json.write(row.value())).toList());
        }
    }

    private static IbidException refused(Runnable use) {
        return catchThrowableOfType(IbidException.class, use::run);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Timeout(60)
    void one_that_executes_nothing_for_too_long_is_rolled_back_and_the_next_writer_goes_on() throws Exception {
        run("ALTER SYSTEM SET transaction_idle_timeout_seconds = 1");
        CountDownLatch waiting = new CountDownLatch(1);
        CountDownLatch written = new CountDownLatch(1);
        List<IbidException> told = Collections.synchronizedList(new ArrayList<>());
        Thread idle = Thread.ofPlatform()
                .start(() -> told.add(refused(() -> database.transaction(scope -> {
                    run(scope, "INSERT INTO c DOCUMENTS ({'_id': 'lost'})");
                    waiting.countDown();
                    await(written);
                    told.add(refused(() -> run(scope, "SELECT * FROM c")));
                    return null;
                }))));
        await(waiting);
        run("INSERT INTO c DOCUMENTS ({'_id': 'kept'})");
        written.countDown();
        idle.join();
        assertThat(told).hasSize(2).allSatisfy(refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.STORE_TRANSACTION_TIMEOUT);
            assertThat(refusal).hasMessageContaining("transaction_idle_timeout_seconds");
        });
        assertThat(run("SELECT * FROM c")).isEqualTo("{\"_id\":\"kept\"}");
        database.transaction(scope -> run(scope, "INSERT INTO c DOCUMENTS ({'_id': 'later'})"));
        assertThat(run("SELECT COUNT(*) AS n FROM c")).isEqualTo("{\"n\":2}");
    }

    @Test
    @Timeout(60)
    void one_whose_rows_are_being_read_is_not_idle() throws Exception {
        run("INSERT INTO c DOCUMENTS ({'_id': 1}), ({'_id': 2})");
        run("ALTER SYSTEM SET transaction_idle_timeout_seconds = 1");
        database.transaction(scope -> {
            try (Result rows = scope.execute("SELECT * FROM c", Value.Struct.EMPTY, ExecuteOptions.STANDARD)) {
                assertThat(rows.next()).isNotNull();
                pause(2_500);
                assertThat(rows.next()).isNotNull();
            }
            return run(scope, "UPDATE c SET n = 1");
        });
        run("ALTER SYSTEM SET transaction_idle_timeout_seconds = 0");
        database.transaction(scope -> {
            pause(1_500);
            return run(scope, "UPDATE c SET n = 2");
        });
        assertThat(run("SELECT n FROM c WHERE _id = 1")).isEqualTo("{\"n\":2}");
    }

    private static void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_transaction_sees_what_it_wrote_and_nobody_else_does_before_its_end() {
        run("INSERT INTO c DOCUMENTS ({'_id': 1, 'n': 1})");
        database.transaction(scope -> {
            run(scope, "UPDATE c SET n = 2");
            assertThat(run(scope, "SELECT n FROM c")).isEqualTo("{\"n\":2}");
            assertThat(run("SELECT n FROM c")).isEqualTo("{\"n\":1}");
            return null;
        });
        assertThat(run("SELECT n FROM c")).isEqualTo("{\"n\":2}");
    }

    @Test
    void a_transaction_joins_what_it_wrote() {
        run("INSERT INTO customers DOCUMENTS ({'_id': 'c1'}), ({'_id': 'c2'})");
        run("INSERT INTO orders DOCUMENTS ({'_id': 'o1', 'of': 'c1'}), ({'_id': 'o2', 'of': 'c1'})");
        run("CREATE INDEX by_of ON orders (of)");
        String join = "SELECT _id FROM customers c LEFT JOIN orders o ON o.of = c._id ORDER BY c._id, o._id";
        String before =
                "{\"_id\":{\"c\":\"c1\",\"o\":\"o1\"}}\n{\"_id\":{\"c\":\"c1\",\"o\":\"o2\"}}\n{\"_id\":{\"c\":\"c2\"}}";
        String inside = database.transaction(scope -> {
                    run(scope, "INSERT INTO orders DOCUMENTS ({'_id': 'o3', 'of': 'c2'})");
                    run(scope, "UPDATE orders SET of = 'c2' WHERE _id = 'o1'");
                    run(scope, "DELETE FROM orders WHERE _id = 'o2'");
                    run(scope, "INSERT INTO customers DOCUMENTS ({'_id': 'c3'})");
                    assertThat(run(join)).isEqualTo(before);
                    return run(scope, join);
                })
                .value();
        assertThat(inside)
                .isEqualTo("{\"_id\":{\"c\":\"c1\"}}\n{\"_id\":{\"c\":\"c2\",\"o\":\"o1\"}}\n"
                        + "{\"_id\":{\"c\":\"c2\",\"o\":\"o3\"}}\n{\"_id\":{\"c\":\"c3\"}}");
        assertThat(run(join)).isEqualTo(inside);
    }

    @Test
    @Timeout(60)
    void a_join_looks_at_thousands_of_own_writes_once() {
        run("CREATE INDEX by_of ON orders (of)");
        database.transaction(scope -> {
            for (int from = 0; from < 8000; from += 1000) {
                StringBuilder documents = new StringBuilder("INSERT INTO orders DOCUMENTS ([");
                for (int i = from; i < from + 1000; i++) {
                    documents
                            .append(i == from ? "" : ",")
                            .append("{'_id':")
                            .append(i)
                            .append(",'of':")
                            .append(i / 2)
                            .append('}');
                }
                run(scope, documents.append("])").toString());
            }
            String join = "SELECT COUNT(*) AS n, COUNT(b._id) AS m FROM orders a LEFT JOIN orders b ON b.of = a._id";
            assertThat(run(scope, join)).isEqualTo("{\"m\":8000,\"n\":12000}");
            run(scope, "UPDATE orders SET of = -1 WHERE of < 100");
            assertThat(run(scope, join)).isEqualTo("{\"m\":7800,\"n\":11900}");
            run(scope, "DELETE FROM orders WHERE of = -1");
            assertThat(run(scope, join)).isEqualTo("{\"m\":7600,\"n\":11600}");
            return OpenDatabase.ROLLBACK;
        });
        assertThat(run("SELECT COUNT(*) AS n FROM orders")).isEqualTo("{\"n\":0}");
    }

    @Test
    @Timeout(60)
    void a_callback_that_throws_what_it_cannot_declare_ends_its_transaction_like_any_other() {
        Throwable thrown = catchThrowable(() -> database.transaction(scope -> {
            run(scope, "INSERT INTO c DOCUMENTS ({'_id': 1})");
            throw Thrown.again(new IOException("the file is gone"));
        }));
        assertThat(thrown).isInstanceOf(IOException.class).hasMessage("the file is gone");
        run("INSERT INTO c DOCUMENTS ({'_id': 2})");
        assertThat(run("SELECT * FROM c")).isEqualTo("{\"_id\":2}");
    }

    @Test
    void a_callback_can_undo_everything() {
        OpenDatabase.Committed<Object> outcome = database.transaction(scope -> {
            run(scope, "INSERT INTO c DOCUMENTS ({'_id': 1})");
            return OpenDatabase.ROLLBACK;
        });
        assertThat(outcome.value()).isSameAs(OpenDatabase.ROLLBACK);
        assertThat(run("SELECT * FROM c")).isEmpty();
    }

    @Test
    void a_statement_that_fails_leaves_the_rest_of_its_transaction_alone() {
        database.transaction(scope -> {
            run(scope, "INSERT INTO c DOCUMENTS ({'_id': 1})");
            assertThat(refused(() -> run(scope, "INSERT INTO c DOCUMENTS ({'_id': 2}), ({'_id': 1})")))
                    .hasMessageContaining("Identifier conflict");
            return run(scope, "INSERT INTO c DOCUMENTS ({'_id': 3})");
        });
        assertThat(run("SELECT * FROM c")).isEqualTo("{\"_id\":1}\n{\"_id\":3}");
    }

    @Test
    void a_write_from_inside_is_refused_at_once_and_the_transaction_goes_on() {
        database.transaction(scope -> {
            for (Runnable nested : List.<Runnable>of(
                    () -> run("INSERT INTO c DOCUMENTS ({'_id': 1})"), () -> database.transaction(inner -> null))) {
                assertThat(refused(nested))
                        .hasMessage("Attempting to use `ditto.store.execute` while in a transaction scope. Use"
                                + " `transaction.execute` instead, or finish the transaction first")
                        .returns(ErrorCode.QUERY_EXECUTION, IbidException::code);
            }
            return run(scope, "INSERT INTO c DOCUMENTS ({'_id': 2})");
        });
        assertThat(run("SELECT * FROM c")).isEqualTo("{\"_id\":2}");
    }

    @Test
    void a_transaction_that_only_reads_sees_one_snapshot_and_stops_nobody() {
        run("INSERT INTO c DOCUMENTS ({'_id': 1})");
        OpenDatabase.Committed<String> outcome = database.transaction(READING, scope -> {
            assertThat(scope.isReadOnly()).isTrue();
            String before = run(scope, "SELECT * FROM c");
            run("INSERT INTO c DOCUMENTS ({'_id': 2})");
            assertThat(run(scope, "SELECT * FROM c")).isEqualTo(before);
            assertThat(run("SELECT COUNT(*) AS n FROM c")).isEqualTo("{\"n\":2}");
            return before;
        });
        assertThat(outcome.value()).isEqualTo("{\"_id\":1}");
        assertThat(outcome.commitId()).isEqualTo(1);
    }

    @Test
    void a_transaction_that_only_reads_refuses_every_mutation_also_one_of_no_document() {
        database.transaction(READING, scope -> {
            for (String mutation : List.of(
                    "INSERT INTO c DOCUMENTS ({'_id': 1})",
                    "UPDATE c SET n = 1 WHERE _id = 'nobody'",
                    "DELETE FROM c",
                    "EVICT FROM c")) {
                assertThat(refused(() -> run(scope, mutation)))
                        .hasMessage("A mutating DQL query was attempted using a read-only transaction.")
                        .returns(ErrorCode.STORE_TRANSACTION_READ_ONLY, IbidException::code);
            }
            return null;
        });
        assertThat(run("SELECT * FROM c")).isEmpty();
    }

    @Test
    void indexes_and_settings_are_not_for_transactions() {
        for (TransactionOptions how : List.of(TransactionOptions.STANDARD, READING)) {
            database.transaction(how, scope -> {
                for (String statement : List.of(
                        "ALTER SYSTEM SET dql_strict_mode = true",
                        "ALTER SYSTEM RESET ALL",
                        "SHOW ALL",
                        "CREATE INDEX i ON c (a)",
                        "DROP INDEX i ON c")) {
                    assertThat(refused(() -> run(scope, statement)))
                            .as(statement)
                            .hasMessageContaining("cannot be executed in a transaction")
                            .returns(ErrorCode.QUERY_UNSUPPORTED, IbidException::code);
                }
                return null;
            });
        }
    }

    @Test
    void writers_get_their_turn_in_the_order_in_which_they_came() throws InterruptedException {
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        database.transaction(scope -> {
            for (int i = 0; i < 8; i++) {
                int number = i;
                Thread thread = Thread.ofPlatform().start(() -> database.transaction(inner -> order.add(number)));
                threads.add(thread);
                while (thread.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
            }
            return null;
        });
        for (Thread thread : threads) {
            thread.join(10_000);
        }
        assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void the_log_names_long_transactions_and_those_who_wait_for_them() throws InterruptedException {
        run("ALTER SYSTEM SET transaction_duration_before_logging_ms = 60");
        run("ALTER SYSTEM SET transaction_trace_interval_ms = 20");
        run("ALTER SYSTEM SET write_txn_trace_interval_ms = 40");
        CountDownLatch isOpen = new CountDownLatch(1);
        CountDownLatch isLogged = new CountDownLatch(1);
        try (LogLines log = new LogLines("io.ibid.core.database.TransactionWatch")) {
            Thread slow = Thread.ofPlatform()
                    .start(() -> database.transaction(new TransactionOptions(false, "migration"), scope -> {
                        isOpen.countDown();
                        await(isLogged);
                        return null;
                    }));
            await(isOpen);
            Thread waiting = Thread.ofPlatform().start(() -> run("INSERT INTO c DOCUMENTS ({'_id': 1})"));
            log.await("The transaction \"migration\" has been writing for", 3);
            log.await("A statement has waited", 2);
            assertThat(log.lines()).allMatch(line -> line.startsWith("WARN "));
            assertThat(log.lines()).anyMatch(line -> line.endsWith("to write; The transaction \"migration\" does"));
            isLogged.countDown();
            slow.join(10_000);
            waiting.join(10_000);
            database.transaction(READING, scope -> {
                log.await("The transaction \"report\" has been reading for", 2);
                return null;
            });
        }
        assertThat(run("SELECT * FROM c")).isEqualTo("{\"_id\":1}");
    }

    @Test
    void short_transactions_are_not_worth_a_line() {
        run("ALTER SYSTEM SET transaction_duration_before_logging_ms = 200");
        run("ALTER SYSTEM SET transaction_trace_interval_ms = 10");
        try (LogLines log = new LogLines("io.ibid.core.database.TransactionWatch")) {
            for (int i = 0; i < 300; i++) {
                run("INSERT INTO c DOCUMENTS ({'n': 1})");
            }
            assertThat(log.lines()).isEmpty();
        }
    }
}
