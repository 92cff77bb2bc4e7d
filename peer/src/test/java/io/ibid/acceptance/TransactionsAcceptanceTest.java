package io.ibid.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.Ditto;
import io.ibid.DittoException;
import io.ibid.DittoQueryResult;
import io.ibid.DittoTransaction;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TransactionsAcceptanceTest {
    @TempDir
    Path directory;

    private Peers peers;
    private Ditto ditto;

    @BeforeEach
    void open() {
        peers = new Peers(directory);
        ditto = peers.open("a");
    }

    @AfterEach
    void close() {
        peers.close();
    }

    private static String insert(String id) {
        return "INSERT INTO orders DOCUMENTS ({'_id': '" + id + "'})";
    }

    @Test
    void a_read_write_transaction_excludes_other_writers() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(1);
        CompletionStage<DittoTransaction.Result<String>> first = ditto.getStore()
                .transaction("first", tx -> {
                    inside.countDown();
                    goOn.await();
                    return tx.execute(insert("1")).thenApply(done -> DittoTransaction.Result.commit("one"));
                });
        inside.await();
        CompletableFuture<Void> second = ditto.getStore().execute(insert("2")).toCompletableFuture();
        assertThatThrownBy(() -> second.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        assertThat(Peers.count(ditto, "orders")).isZero();
        goOn.countDown();
        assertThat(Peers.await(first).getValueOrNull()).isEqualTo("one");
        Peers.await(second);
        assertThat(Peers.count(ditto, "orders")).isEqualTo(2);
    }

    @Test
    void read_only_transactions_run_beside_everything() throws Exception {
        Peers.insert(ditto, "orders", Map.of("_id", "0"));
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(1);
        CompletionStage<DittoTransaction.Result<Integer>> writing = ditto.getStore()
                .transaction(tx -> {
                    inside.countDown();
                    goOn.await();
                    return CompletableFuture.completedFuture(DittoTransaction.Result.commit(1));
                });
        inside.await();
        CompletionStage<DittoTransaction.Result<Integer>> reading = ditto.getStore()
                .transaction(
                        "reading",
                        true,
                        tx -> tx.execute(
                                "SELECT * FROM orders",
                                result -> DittoTransaction.Result.commit(
                                        result.getItems().size())));
        assertThat(Peers.await(reading).getValueOrNull()).isEqualTo(1);
        goOn.countDown();
        Peers.await(writing);
    }

    @Test
    void a_mutation_in_a_read_only_transaction_is_rejected() {
        assertThatThrownBy(() -> Peers.await(ditto.getStore()
                        .transaction(
                                null,
                                true,
                                tx -> tx.execute(insert("1")).thenApply(done -> DittoTransaction.Result.commit(1)))))
                .cause()
                .isInstanceOfSatisfying(DittoException.StoreException.class, e -> {
                    assertThat(e.getCode()).isEqualTo("store/transaction-read-only");
                    assertThat(e.getReason()).isEqualTo(new DittoException.StoreExceptionReason.TransactionReadOnly());
                })
                .hasMessageContaining("A mutating DQL query was attempted using a read-only transaction.");
    }

    @Test
    void what_throws_and_what_says_so_is_rolled_back() throws Exception {
        assertThatThrownBy(() -> Peers.await(ditto.getStore().transaction(tx -> {
                    Peers.await(tx.execute(insert("1")));
                    throw new IllegalStateException("changed my mind");
                })))
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("changed my mind");
        DittoTransaction.Result<Object> result = Peers.await(ditto.getStore()
                .transaction(tx -> tx.execute(insert("1")).thenApply(done -> DittoTransaction.Result.rollback())));
        assertThat(result).isInstanceOf(DittoTransaction.Result.Rollback.class);
        assertThat(Peers.count(ditto, "orders")).isZero();
    }

    @Test
    void a_statement_error_that_is_caught_does_not_abort() throws Exception {
        DittoTransaction.Result<Integer> result = Peers.await(ditto.getStore().transaction(tx -> {
            Peers.await(tx.execute(insert("1")));
            assertThatThrownBy(() -> Peers.await(tx.execute(insert("1")))).hasCauseInstanceOf(DittoException.class);
            assertThatThrownBy(() -> Peers.await(tx.execute("SELEKT"))).hasCauseInstanceOf(DittoException.class);
            Peers.await(tx.execute(insert("2")));
            return CompletableFuture.completedFuture(new DittoTransaction.Result.Commit<>(2));
        }));
        assertThat(result.getValueOrNull()).isEqualTo(2);
        assertThat(Peers.count(ditto, "orders")).isEqualTo(2);
    }

    @Test
    void nesting_is_detected_at_once_with_its_own_words() throws Exception {
        DittoTransaction.Result<String> result = Peers.await(ditto.getStore().transaction(tx -> {
            String expected = "Attempting to use `ditto.store.execute` while in a transaction scope";
            assertThatThrownBy(() -> ditto.store.execute(insert("1"))).hasMessageContaining(expected);
            assertThatThrownBy(() -> Peers.await(ditto.getStore().execute(insert("1"))))
                    .cause()
                    .hasMessageContaining(expected);
            assertThatThrownBy(() -> Peers.await(ditto.getStore()
                            .transaction(
                                    inner -> CompletableFuture.completedFuture(DittoTransaction.Result.rollback()))))
                    .cause()
                    .hasMessageContaining(expected);
            return tx.execute("SELECT * FROM orders").thenApply(rows -> {
                assertThatThrownBy(() -> ditto.store.execute(insert("1"))).hasMessageContaining(expected);
                return DittoTransaction.Result.commit("told");
            });
        }));
        assertThat(result.getValueOrNull()).isEqualTo("told");
        Peers.insert(ditto, "orders", Map.of("_id", "after"));
    }

    @Test
    void the_store_can_be_read_inside_a_transaction_while_others_wait_to_write() throws Exception {
        Peers.insert(ditto, "orders", Map.of("_id", "0"));
        CompletionStage<DittoTransaction.Result<Integer>> outer = ditto.getStore()
                .transaction(tx -> {
                    Thread other =
                            Thread.ofPlatform().start(() -> ditto.getStore().execute(insert("2")));
                    other.join();
                    int seen = Peers.await(ditto.getStore()
                            .execute(
                                    "SELECT * FROM orders",
                                    rows -> rows.getItems().size()));
                    return CompletableFuture.completedFuture(DittoTransaction.Result.commit(seen));
                });
        assertThat(Peers.await(outer).getValueOrNull()).isEqualTo(1);
        Peers.eventually(() -> Peers.count(ditto, "orders") == 2);
    }

    @Test
    void commit_ids_can_be_read_after_the_commit_and_not_before() throws Exception {
        AtomicReference<DittoQueryResult> kept = new AtomicReference<>();
        Peers.await(ditto.getStore()
                .transaction(tx -> tx.executeRaw(insert("1")).thenApply(result -> {
                    kept.set(result);
                    assertThat(result.getCommitId()).isNull();
                    assertThat(result.mutatedDocumentIds()).isEqualTo(List.of("1"));
                    return DittoTransaction.Result.commit(1);
                })));
        assertThat(kept.get().getCommitId()).isPositive();
        assertThat(kept.get().getCommitID()).isEqualTo(kept.get().getCommitId());
    }

    @Test
    void observers_see_nothing_before_the_commit_and_then_everything() throws Exception {
        List<Integer> seen = new CopyOnWriteArrayList<>();
        ditto.store.registerObserver(
                "SELECT * FROM orders", result -> seen.add(result.getItems().size()));
        Peers.eventually(() -> seen.equals(List.of(0)));
        Peers.await(ditto.getStore().transaction(tx -> {
            for (int i = 0; i < 10; i++) {
                Peers.await(tx.execute(insert("o" + i)));
            }
            return CompletableFuture.completedFuture(DittoTransaction.Result.commit(10));
        }));
        Peers.eventually(() -> seen.contains(10));
        assertThat(seen).containsExactly(0, 10);
    }

    @Test
    void a_function_that_never_ends_is_rolled_back_and_lets_others_write() throws Exception {
        ditto.store.execute("ALTER SYSTEM SET transaction_idle_timeout_seconds = 1");
        CompletionStage<DittoTransaction.Result<Integer>> endless = ditto.getStore()
                .transaction(tx -> tx.execute(insert("1"))
                        .thenCompose(done -> new CompletableFuture<DittoTransaction.Result<Integer>>()));
        Peers.insert(ditto, "orders", Map.of("_id", "2"));
        assertThatThrownBy(() -> Peers.await(endless))
                .cause()
                .isInstanceOfSatisfying(
                        DittoException.StoreException.class,
                        e -> assertThat(e.getCode()).isEqualTo("store/transaction-timeout"));
        assertThat(Peers.count(ditto, "orders")).isEqualTo(1);
    }

    @Test
    void close_drives_pending_transactions_and_statements_to_completion() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CompletionStage<DittoTransaction.Result<Integer>> pending = ditto.getStore()
                .transaction(tx -> {
                    inside.countDown();
                    Thread.sleep(300);
                    return tx.execute(insert("1")).thenApply(done -> DittoTransaction.Result.commit(1));
                });
        CompletionStage<Void> queued = ditto.getStore().execute(insert("2"));
        inside.await();
        ditto.close();
        assertThat(Peers.await(pending).getValueOrNull()).isEqualTo(1);
        Peers.await(queued);
        assertThatThrownBy(() -> Peers.await(ditto.getStore().execute(insert("3"))))
                .cause()
                .isInstanceOfSatisfying(
                        DittoException.StoreException.class,
                        e -> assertThat(e.getCode()).isEqualTo("store/closed"));
        assertThat(Peers.count(peers.open("a"), "orders")).isEqualTo(2);
    }

    @Test
    void close_inside_a_transaction_does_not_wait_for_itself() throws Exception {
        CompletionStage<DittoTransaction.Result<Integer>> closing = ditto.getStore()
                .transaction(tx -> {
                    ditto.close();
                    assertThat(ditto.isClosed()).isTrue();
                    return tx.execute(insert("1")).thenApply(done -> DittoTransaction.Result.commit(1));
                });
        assertThat(Peers.await(closing).getValueOrNull()).isEqualTo(1);
    }

    @Test
    void the_transaction_tells_what_it_is() throws Exception {
        Peers.await(ditto.getStore().transaction("stock", true, tx -> {
            assertThat(tx.getInfo().getHint()).isEqualTo("stock");
            assertThat(tx.getInfo().isReadOnly()).isTrue();
            assertThat(tx.getInfo().getId()).isNotBlank();
            return CompletableFuture.completedFuture(DittoTransaction.Result.commit(null));
        }));
    }

    @Test
    void statements_after_the_end_are_refused() throws Exception {
        AtomicReference<DittoTransaction> kept = new AtomicReference<>();
        Peers.await(ditto.getStore().transaction(tx -> {
            kept.set(tx);
            return CompletableFuture.completedFuture(DittoTransaction.Result.commit(1));
        }));
        assertThatThrownBy(() -> Peers.await(kept.get().execute(insert("1"))))
                .cause()
                .hasMessageContaining("has ended");
    }
}
