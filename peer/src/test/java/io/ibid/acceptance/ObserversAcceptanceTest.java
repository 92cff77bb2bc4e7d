package io.ibid.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.Ditto;
import io.ibid.DittoDiff;
import io.ibid.DittoDiffer;
import io.ibid.DittoException;
import io.ibid.DittoQueryResult;
import io.ibid.DittoStoreObserver;
import io.ibid.DittoTransaction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ObserversAcceptanceTest {
    private static final String ALL = "SELECT * FROM orders ORDER BY n";

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

    private void put(String id, int n) {
        Peers.insert(ditto, "orders", Map.of("_id", id, "n", n));
    }

    @Test
    void the_first_callback_comes_by_itself_also_for_an_empty_result_and_not_on_the_callers_thread() throws Exception {
        BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
        ditto.store.registerObserver(ALL, result -> {
            assertThat(result.getItems()).isEmpty();
            threads.add(Thread.currentThread());
        });
        assertThat(threads.poll(10, TimeUnit.SECONDS)).isNotNull().isNotSameAs(Thread.currentThread());
    }

    @Test
    void a_busy_listener_misses_intermediate_states_and_gets_the_newest() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        List<Integer> seen = new CopyOnWriteArrayList<>();
        ditto.store.registerObserver(ALL, result -> {
            seen.add(result.getItems().size());
            goOn.await();
        });
        Peers.eventually(() -> seen.size() == 1);
        for (int i = 0; i < 50; i++) {
            put("o" + i, i);
        }
        goOn.countDown();
        Peers.eventually(() -> seen.contains(50));
        assertThat(seen).containsExactly(0, 50);
    }

    @Test
    void with_the_manual_signal_nothing_more_comes_until_it_is_given_and_twice_is_harmless() throws Exception {
        BlockingQueue<Runnable> signals = new LinkedBlockingQueue<>();
        ditto.store.registerObserver(ALL, (result, signalNext) -> {
            result.close();
            signals.add(signalNext);
        });
        Runnable first = signals.poll(10, TimeUnit.SECONDS);
        put("1", 1);
        assertThat(signals.poll(300, TimeUnit.MILLISECONDS)).isNull();
        first.run();
        first.run();
        assertThat(signals.poll(10, TimeUnit.SECONDS)).isNotNull();
        put("2", 2);
        first.run();
        assertThat(signals.poll(300, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void a_transaction_of_another_peer_arrives_whole() throws Exception {
        Ditto other = peers.open("b");
        Peers.connect(ditto, other);
        List<Integer> seen = new CopyOnWriteArrayList<>();
        other.sync.registerSubscription("SELECT * FROM orders");
        other.store.registerObserver(
                "SELECT * FROM orders", result -> seen.add(result.getItems().size()));
        ditto.sync.start();
        other.sync.start();
        Peers.eventually(() -> seen.equals(List.of(0)));
        for (int round = 0; round < 5; round++) {
            int from = round * 20;
            Peers.await(ditto.getStore().transaction(tx -> {
                for (int i = from; i < from + 20; i++) {
                    Peers.await(tx.execute("INSERT INTO orders DOCUMENTS (:d)", Map.of("d", Map.of("_id", i, "n", i))));
                }
                return CompletableFuture.completedFuture(DittoTransaction.Result.commit(from));
            }));
        }
        Peers.eventually(() -> seen.contains(100));
        assertThat(seen).allMatch(count -> count % 20 == 0);
    }

    @Test
    void a_listener_that_throws_is_called_again() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        ditto.store.registerObserver(ALL, result -> {
            calls.incrementAndGet();
            throw new IOException("the listener's own");
        });
        Peers.eventually(() -> calls.get() == 1);
        put("1", 1);
        Peers.eventually(() -> calls.get() == 2);
    }

    @Test
    void a_listener_that_blocks_for_ever_delays_nobody_else() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < 20; i++) {
            ditto.store.registerObserver(ALL, result -> never.await());
        }
        BlockingQueue<Integer> seen = new LinkedBlockingQueue<>();
        ditto.store.registerObserver(ALL, result -> seen.add(result.getItems().size()));
        assertThat(seen.poll(10, TimeUnit.SECONDS)).isZero();
        put("1", 1);
        assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo(1);
        int count = Peers.await(
                ditto.getStore().execute(ALL, result -> result.getItems().size()));
        assertThat(count).isEqualTo(1);
        ditto.close();
        never.countDown();
    }

    @Test
    void an_observer_may_be_closed_inside_its_callback() throws Exception {
        AtomicReference<DittoStoreObserver> self = new AtomicReference<>();
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch registered = new CountDownLatch(1);
        self.set(ditto.getStore().registerObserver(ALL, result -> {
            registered.await();
            calls.incrementAndGet();
            self.get().close();
        }));
        registered.countDown();
        Peers.eventually(() -> self.get().isClosed());
        put("1", 1);
        Thread.sleep(200);
        assertThat(calls).hasValue(1);
        assertThat(ditto.getStore().getObservers()).isEmpty();
    }

    @Test
    void an_unchanged_result_gives_an_empty_diff() throws Exception {
        put("1", 1);
        List<DittoDiff> diffs = new CopyOnWriteArrayList<>();
        CountDownLatch goOn = new CountDownLatch(1);
        ditto.store.registerObserver(ALL, (DittoQueryResult result, DittoDiff diff) -> {
            diffs.add(diff);
            goOn.await();
        });
        Peers.eventually(() -> diffs.size() == 1);
        put("1", 2);
        put("1", 1);
        goOn.countDown();
        Thread.sleep(300);
        assertThat(diffs.getFirst().getInsertions()).containsExactly(0);
        assertThat(diffs.subList(1, diffs.size())).allMatch(new DittoDiff()::equals);
    }

    @Test
    void insert_delete_update_and_move_are_told_by_index() throws Exception {
        List<DittoDiff> diffs = new CopyOnWriteArrayList<>();
        put("a", 1);
        put("b", 2);
        put("c", 3);
        ditto.store.registerObserver(ALL, (DittoQueryResult result, DittoDiff diff) -> diffs.add(diff));
        Peers.eventually(() -> diffs.size() == 1);
        ditto.store.execute("DELETE FROM orders WHERE _id = 'b'").close();
        Peers.eventually(() -> diffs.size() == 2);
        assertThat(diffs.get(1).getDeletions()).containsExactly(1);
        put("d", 4);
        Peers.eventually(() -> diffs.size() == 3);
        assertThat(diffs.get(2).getInsertions()).containsExactly(2);
        put("d", 0);
        Peers.eventually(() -> diffs.size() == 4);
        assertThat(diffs.get(3).getUpdates()).containsExactly(0);
        assertThat(diffs.get(3).getMoves()).anyMatch(move -> move.getFrom() == 2 && move.getTo() == 0);
    }

    @Test
    @SuppressWarnings({"deprecation", "try"})
    void a_differ_of_ones_own_compares_with_the_list_before() throws Exception {
        put("a", 1);
        try (DittoDiffer differ = new DittoDiffer();
                DittoQueryResult first = ditto.store.execute(ALL)) {
            assertThat(differ.diff(first.getItems()).getInsertions()).containsExactly(0);
            put("a", 5);
            try (DittoQueryResult second = ditto.store.execute(ALL)) {
                assertThat(differ.diff(second.getItems()).getUpdates()).containsExactly(0);
            }
        }
    }

    @Test
    void only_a_select_can_be_observed() {
        assertThatThrownBy(() -> ditto.getStore().registerObserver("DELETE FROM orders", result -> {}))
                .isInstanceOfSatisfying(
                        DittoException.StoreException.class,
                        e -> assertThat(e.getCode()).isEqualTo("query/unsupported"));
    }

    @Test
    void the_arguments_of_an_observer_read_back() throws Exception {
        DittoStoreObserver observer =
                ditto.getStore().registerObserver("SELECT * FROM orders WHERE n > :n", Map.of("n", 3), result -> {});
        assertThat(observer.getQuery()).isEqualTo(observer.getQueryString()).contains(":n");
        assertThat(observer.getArguments().get("n").asInt()).isEqualTo(3);
        assertThat(ditto.store.observers).hasSize(1);
    }
}
