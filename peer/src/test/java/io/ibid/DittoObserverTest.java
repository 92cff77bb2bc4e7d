package io.ibid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.value.Value;
import io.ibid.peer.runtime.DatabaseOptions;
import io.ibid.peer.runtime.ExecuteOptions;
import io.ibid.peer.runtime.OpenDatabase;
import io.ibid.serialization.DittoCborSerializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DittoObserverTest {
    private static final String ALL = "SELECT * FROM cars ORDER BY _id";

    @TempDir
    private Path directory;

    private Ditto ditto;

    @BeforeEach
    void open() {
        ditto = DittoFactory.create(new DittoConfig.Builder("cars")
                .persistenceDirectory(directory.resolve("a").toFile())
                .build());
    }

    @AfterEach
    void close() {
        ditto.close();
    }

    private void insert(String id, int year) {
        ditto.store
                .execute(
                        "INSERT INTO cars DOCUMENTS ({'_id': :id, 'year': :year}) ON ID CONFLICT DO UPDATE",
                        Map.of("id", id, "year", year))
                .close();
    }

    private static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(10, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    private static List<String> ids(DittoQueryResult result) throws DittoException {
        List<String> ids = new ArrayList<>();
        for (DittoQueryResultItem item : result.getItems()) {
            ids.add(item.getValue().get("_id").asString());
        }
        return ids;
    }

    @Test
    void nothing_more_comes_until_the_listener_asks_for_it() throws Exception {
        BlockingQueue<List<String>> seen = new LinkedBlockingQueue<>();
        BlockingQueue<Runnable> signals = new LinkedBlockingQueue<>();
        try (DittoStoreObserver observer = ditto.getStore().registerObserver(ALL, (result, signalNext) -> {
            seen.add(ids(result));
            signals.add(signalNext);
            result.close();
        })) {
            assertThat(take(seen)).isEmpty();
            insert("a", 1);
            insert("b", 2);
            assertThat(seen.poll(100, TimeUnit.MILLISECONDS)).isNull();
            Runnable first = take(signals);
            first.run();
            assertThat(take(seen)).containsExactly("a", "b");
            first.run();
            insert("c", 3);
            assertThat(seen.poll(100, TimeUnit.MILLISECONDS)).isNull();
            take(signals).run();
            assertThat(take(seen)).containsExactly("a", "b", "c");
            assertThat(observer.isClosed()).isFalse();
        }
    }

    @Test
    void a_listener_is_told_what_has_changed() throws Exception {
        BlockingQueue<DittoDiff> diffs = new LinkedBlockingQueue<>();
        BlockingQueue<List<String>> seen = new LinkedBlockingQueue<>();
        DittoChangeListenerWithDiff listener = (result, diff) -> {
            diffs.add(diff);
            seen.add(ids(result));
        };
        try (DittoStoreObserver observer =
                ditto.getStore().registerObserver("SELECT * FROM cars ORDER BY year", listener)) {
            assertThat(take(diffs)).isEqualTo(new DittoDiff());
            ditto.store
                    .execute(
                            "INSERT INTO cars DOCUMENTS ({'_id':'a','year':1}), ({'_id':'b','year':2}), ({'_id':'c','year':3})")
                    .close();
            DittoDiff inserted = take(diffs);
            assertThat(inserted.getInsertions()).containsExactly(0, 1, 2);
            assertThat(inserted.getDeletions()).isEmpty();
            insert("c", 0);
            DittoDiff moved = take(diffs);
            assertThat(moved.getUpdates()).containsExactly(0);
            assertThat(moved.getMoves()).singleElement().satisfies(move -> {
                assertThat(move.getFrom()).isEqualTo(2);
                assertThat(move.getTo()).isZero();
            });
            ditto.store.execute("DELETE FROM cars WHERE _id = 'a'").close();
            DittoDiff deleted = take(diffs);
            assertThat(deleted.getDeletions()).containsExactly(1);
            assertThat(deleted)
                    .isNotEqualTo(moved)
                    .hasToString("DittoDiff(insertions=[], deletions=[1], updates=[], moves=[])");
            assertThat(observer.isClosed()).isFalse();
        }
        assertThat(seen).last().isEqualTo(List.of("c", "b"));
    }

    @Test
    void difference_and_signal_come_together_on_request() throws Exception {
        BlockingQueue<DittoDiff> diffs = new LinkedBlockingQueue<>();
        try (DittoObserver observer = ditto.store.registerObserver(ALL, Map.of(), (result, diff, signalNext) -> {
            diffs.add(diff);
            result.close();
            signalNext.run();
        })) {
            assertThat(take(diffs).getInsertions()).isEmpty();
            insert("a", 1);
            assertThat(take(diffs).getInsertions()).containsExactly(0);
            assertThat(observer.isCancelled()).isFalse();
        }
    }

    @Test
    void an_observer_may_be_closed_by_its_own_listener() throws Exception {
        AtomicReference<DittoObserver> self = new AtomicReference<>();
        CountDownLatch registered = new CountDownLatch(1);
        BlockingQueue<Integer> sizes = new LinkedBlockingQueue<>();
        self.set(ditto.store.registerObserver(ALL, result -> {
            registered.await();
            sizes.add(result.getItems().size());
            if (result.getItems().size() == 1) {
                self.get().close();
            }
        }));
        registered.countDown();
        assertThat(take(sizes)).isZero();
        insert("a", 1);
        assertThat(take(sizes)).isEqualTo(1);
        insert("b", 1);
        assertThat(sizes.poll(100, TimeUnit.MILLISECONDS)).isNull();
        assertThat(ditto.getStore().getObservers()).isEmpty();
    }

    @Test
    void a_listener_that_blocks_delays_nobody_and_close_does_not_wait_for_it() throws Exception {
        CountDownLatch entered = new CountDownLatch(4);
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < 4; i++) {
            ditto.store.registerObserver("SELECT COUNT(*) FROM cars", result -> {
                entered.countDown();
                never.await();
            });
        }
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
        BlockingQueue<Integer> sizes = new LinkedBlockingQueue<>();
        ditto.store.registerObserver(ALL, result -> sizes.add(result.getItems().size()));
        assertThat(take(sizes)).isZero();
        insert("a", 1);
        assertThat(take(sizes)).isEqualTo(1);
        long start = System.nanoTime();
        ditto.close();
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(8));
        never.countDown();
    }

    @Test
    void observers_of_a_database_in_memory_are_told_too() throws Exception {
        try (OpenDatabase memory = OpenDatabase.open(DatabaseOptions.peer(null, "memory"))) {
            BlockingQueue<Integer> sizes = new LinkedBlockingQueue<>();
            memory.observe(
                    ALL,
                    Value.Struct.EMPTY,
                    ExecuteOptions.STANDARD,
                    execution -> sizes.add(execution.rest().size()));
            assertThat(take(sizes)).isZero();
            memory.execute("INSERT INTO cars DOCUMENTS ({'_id':'a'})", Value.Struct.EMPTY, ExecuteOptions.STANDARD)
                    .close();
            assertThat(take(sizes)).isEqualTo(1);
        }
    }

    @Test
    void a_stream_gives_as_many_results_as_were_asked_for_and_ends_with_the_database() throws Exception {
        BlockingQueue<Object> seen = new LinkedBlockingQueue<>();
        AtomicReference<Flow.Subscription> subscription = new AtomicReference<>();
        ditto.getStore().observe(ALL, result -> result.getItems().size()).subscribe(new Flow.Subscriber<Integer>() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                subscription.set(given);
            }

            @Override
            public void onNext(Integer size) {
                seen.add(size);
            }

            @Override
            public void onError(Throwable cause) {
                seen.add(cause);
            }

            @Override
            public void onComplete() {
                seen.add("complete");
            }
        });
        insert("a", 1);
        assertThat(ditto.getStore().getObservers()).isEmpty();
        subscription.get().request(1);
        assertThat(take(seen)).isEqualTo(1);
        insert("b", 1);
        insert("c", 1);
        assertThat(seen.poll(100, TimeUnit.MILLISECONDS)).isNull();
        subscription.get().request(5);
        assertThat(take(seen)).isEqualTo(3);
        ditto.close();
        assertThat(take(seen)).isEqualTo("complete");
    }

    @Test
    void a_stream_of_what_cannot_be_observed_fails() throws Exception {
        BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
        ditto.getStore().observe("DELETE FROM cars", result -> 1).subscribe(new Flow.Subscriber<Integer>() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                given.request(1);
            }

            @Override
            public void onNext(Integer size) {
                throw new AssertionError("there is no result");
            }

            @Override
            public void onError(Throwable cause) {
                failures.add(cause);
            }

            @Override
            public void onComplete() {
                throw new AssertionError("it cannot end well");
            }
        });
        assertThat(take(failures)).isInstanceOf(DittoException.StoreException.class);
    }

    @Test
    void a_missing_argument_is_refused_when_the_observer_is_registered() {
        assertThatThrownBy(() -> ditto.getStore().registerObserver("SELECT * FROM cars WHERE a = :a", result -> {}))
                .isInstanceOfSatisfying(
                        DittoException.StoreException.class,
                        e -> assertThat(e.getCode()).isEqualTo("query/parameter"));
        insert("a", 1);
    }

    @Test
    @SuppressWarnings({"deprecation", "try"}) // is tested all the same
    void a_differ_compares_lists_that_are_closed_meanwhile() throws Exception {
        try (DittoDiffer differ = new DittoDiffer()) {
            insert("a", 1);
            try (DittoQueryResult result = ditto.store.execute(ALL)) {
                assertThat(differ.diff(result.getItems()).getInsertions()).containsExactly(0);
            }
            insert("a", 2);
            try (DittoQueryResult result = ditto.store.execute(ALL)) {
                assertThat(differ.diff(result.getItems()).getUpdates()).containsExactly(0);
                assertThat(differ.diff(result.getItems())).isEqualTo(new DittoDiff());
            }
        }
    }

    @Test
    void explicit_and_implicit_lambdas_find_their_kind_of_listener() throws Exception {
        CountDownLatch calls = new CountDownLatch(4);
        DittoCborSerializable.Dictionary none = DittoCborSerializable.of(Map.of());
        ditto.getStore().registerObserver(ALL, none, result -> calls.countDown());
        ditto.getStore().registerObserver(ALL, none, (result, signalNext) -> {
            signalNext.run();
            calls.countDown();
        });
        ditto.getStore().registerObserver(ALL, none, (DittoQueryResult result, DittoDiff diff) -> {
            assertThat(diff.getMoves()).isEmpty();
            calls.countDown();
        });
        ditto.getStore().registerObserver(ALL, none, (result, diff, signalNext) -> calls.countDown());
        assertThat(calls.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
