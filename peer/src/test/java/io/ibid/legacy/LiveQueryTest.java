package io.ibid.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.Ditto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LiveQueryTest {
    @TempDir
    Path directory;

    private Ditto ditto;
    private DittoCollection cars;

    private record Call(List<DittoDocument> documents, DittoLiveQueryEvent event) {
        List<Object> ids() {
            return documents.stream().map(car -> car.getId().getValue()).toList();
        }

        DittoLiveQueryEvent.Update update() {
            return (DittoLiveQueryEvent.Update) event;
        }
    }

    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();

    @BeforeEach
    void open() {
        ditto = Opened.open(directory);
        cars = ditto.store.collection("cars");
    }

    @AfterEach
    void close() {
        ditto.close();
    }

    private Call next() throws InterruptedException {
        Call call = calls.poll(10, TimeUnit.SECONDS);
        assertThat(call).as("the next call").isNotNull();
        return call;
    }

    private void observe(DittoPendingCursorOperation operation) {
        operation.observeLocal((documents, event) -> calls.add(new Call(documents, event)));
    }

    @Test
    void the_first_call_is_initial_also_without_documents() throws Exception {
        observe(cars.find("color == 'red'"));
        Call first = next();
        assertThat(first.documents()).isEmpty();
        assertThat(first.event()).isInstanceOf(DittoLiveQueryEvent.Initial.class);
        assertThat(first.event().isInitial()).isTrue();
    }

    @Test
    void an_update_tells_insertions_deletions_updates_and_moves() throws Exception {
        for (int i = 1; i <= 4; i++) {
            cars.upsert(Map.of("_id", i, "rank", i, "color", "red"));
        }
        observe(cars.find("color == 'red'").sort("rank", DittoSortDirection.Ascending));
        assertThat(next().ids()).containsExactly(1L, 2L, 3L, 4L);
        ditto.store.write(tx -> {
            DittoScopedWriteTransaction scoped = tx.scoped("cars");
            scoped.findById(1).update(car -> car.get("color").set("blue"));
            scoped.findById(2).update(car -> car.get("rank").set(9));
            scoped.findById(3).update(car -> car.get("note").set("new tyres"));
            scoped.upsert(Map.of("_id", 5, "rank", 0, "color", "red"));
        });
        Call call = next();
        assertThat(call.ids()).containsExactly(5L, 3L, 4L, 2L);
        assertThat(call.event().isInitial()).isFalse();
        assertThat(call.update().getOldDocuments()).hasSize(4);
        assertThat(call.update().getDeletions()).containsExactly(0);
        assertThat(call.update().getInsertions()).containsExactly(0);
        assertThat(call.update().getUpdates()).containsExactly(1, 3);
        assertThat(call.update().getMoves()).containsExactly(new DittoLiveQueryMove(1, 3));
        assertThat(calls).isEmpty();
    }

    @Test
    void initial_comes_before_every_update_however_much_is_written_meanwhile() throws Exception {
        Thread writer = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 300; i++) {
                cars.upsert(Map.of("_id", i % 10, "n", i));
            }
        });
        List<BlockingQueue<Boolean>> seen = new ArrayList<>();
        List<DittoLiveQuery> live = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            BlockingQueue<Boolean> initial = new LinkedBlockingQueue<>();
            seen.add(initial);
            live.add(cars.findAll().observeLocal((documents, event) -> initial.add(event.isInitial())));
        }
        writer.join();
        cars.upsert(Map.of("_id", "last"));
        for (BlockingQueue<Boolean> initial : seen) {
            assertThat(initial.poll(10, TimeUnit.SECONDS)).isTrue();
        }
        live.forEach(DittoLiveQuery::stop);
        assertThat(seen).allSatisfy(initial -> assertThat(initial).doesNotContain(true));
    }

    @Test
    void the_events_turn_every_list_into_the_next_one() throws Exception {
        observe(cars.find("rank > 2")
                .sort("rank", DittoSortDirection.Descending)
                .limit(8));
        List<DittoDocument> list = new ArrayList<>(next().documents());
        Random random = new Random(5);
        for (int round = 0; round < 60; round++) {
            cars.upsert(Map.of("_id", -1, "rank", 1_000 + round)); // so that each round has a call
            ditto.store.write(tx -> {
                for (int i = random.nextInt(4); i >= 0; i--) {
                    int id = random.nextInt(14);
                    if (random.nextInt(4) == 0) {
                        tx.scoped("cars").findById(id).remove();
                    } else {
                        tx.scoped("cars").upsert(Map.of("_id", id, "rank", random.nextInt(12)));
                    }
                }
            });
            List<DittoDocument> expected = cars.find("rank > 2")
                    .sort("rank", DittoSortDirection.Descending)
                    .limit(8)
                    .exec();
            while (!list.equals(expected)) {
                list = applied(list, next());
            }
        }
    }

    /** As the documentation of the event says. */
    private static List<DittoDocument> applied(List<DittoDocument> old, Call call) {
        DittoLiveQueryEvent.Update update = call.update();
        assertThat(update.getOldDocuments()).isEqualTo(old);
        List<Integer> gone = new ArrayList<>(update.getDeletions());
        update.getMoves().forEach(move -> gone.add(move.getFrom()));
        List<DittoDocument> list = new ArrayList<>();
        for (int i = 0; i < old.size(); i++) {
            if (!gone.contains(i)) {
                list.add(old.get(i));
            }
        }
        for (int i = 0; i < call.documents().size(); i++) {
            int place = i;
            if (update.getInsertions().contains(i)
                    || update.getMoves().stream().anyMatch(move -> move.getTo() == place)) {
                list.add(i, call.documents().get(i));
            } else if (update.getUpdates().contains(i)) {
                list.set(i, call.documents().get(i));
            }
        }
        assertThat(list).isEqualTo(call.documents());
        return list;
    }

    @Test
    void with_the_signal_nothing_comes_before_it_and_then_the_newest_state() throws Exception {
        BlockingQueue<DittoSignalNextCallback> signals = new LinkedBlockingQueue<>();
        DittoLiveQuery live = cars.findAll().observeLocalWithNextSignal((documents, event, signalNext) -> {
            calls.add(new Call(documents, event));
            signals.add(signalNext);
        });
        assertThat(next().documents()).isEmpty();
        cars.upsert(Map.of("_id", 1));
        cars.upsert(Map.of("_id", 2));
        assertThat(calls.poll(300, TimeUnit.MILLISECONDS)).isNull();
        DittoSignalNextCallback signal = signals.remove();
        signal.signalNext();
        signal.signalNext();
        Call second = next();
        assertThat(second.ids()).containsExactly(1L, 2L);
        assertThat(second.update().getInsertions()).containsExactly(0, 1);
        live.stop();
        signals.remove().signalNext();
        cars.upsert(Map.of("_id", 3));
        assertThat(calls.poll(300, TimeUnit.MILLISECONDS)).isNull();
        assertThat(live.isStopped()).isTrue();
    }

    @Test
    void a_callback_that_throws_is_called_again() throws Exception {
        cars.findAll().observeLocal((documents, event) -> {
            calls.add(new Call(documents, event));
            throw new IllegalStateException("a mistake of the application, which this test makes on purpose");
        });
        next();
        cars.upsert(Map.of("_id", 1));
        assertThat(next().update().getInsertions()).containsExactly(0);
    }

    @Test
    void one_document_is_observed_from_its_absence_to_its_removal() throws Exception {
        BlockingQueue<DittoSingleDocumentLiveQueryEvent> events = new LinkedBlockingQueue<>();
        cars.findById(1).observeLocal((document, event) -> {
            assertThat(document).isSameAs(event.getNewDocument());
            events.add(event);
        });
        DittoSingleDocumentLiveQueryEvent absent = events.poll(10, TimeUnit.SECONDS);
        assertThat(absent).isEqualTo(new DittoSingleDocumentLiveQueryEvent(true, null, null));
        cars.upsert(Map.of("_id", 1, "color", "red"));
        DittoSingleDocumentLiveQueryEvent inserted = events.poll(10, TimeUnit.SECONDS);
        assertThat(inserted).isNotNull();
        assertThat(inserted.isInitial()).isFalse();
        assertThat(inserted.getOldDocument()).isNull();
        assertThat(inserted.getNewDocument()).hasToString("{\"_id\":1,\"color\":\"red\"}");
        cars.findById(1).remove();
        DittoSingleDocumentLiveQueryEvent removed = events.poll(10, TimeUnit.SECONDS);
        assertThat(removed).isNotNull();
        assertThat(removed.getOldDocument()).isEqualTo(inserted.getNewDocument());
        assertThat(removed.getNewDocument()).isNull();
    }

    @Test
    void collections_are_observed() throws Exception {
        BlockingQueue<DittoCollectionsEvent> events = new LinkedBlockingQueue<>();
        ditto.store.collections().observeLocal(events::add);
        DittoCollectionsEvent first = events.poll(10, TimeUnit.SECONDS);
        assertThat(first).isNotNull();
        assertThat(first.isInitial()).isTrue();
        cars.upsert(Map.of("_id", 1));
        DittoCollectionsEvent second = events.poll(10, TimeUnit.SECONDS);
        assertThat(second).isNotNull();
        assertThat(second.getCollections()).containsExactly(cars);
        assertThat(second.getInsertions()).containsExactly(0);
    }

    @Test
    void closing_the_database_stops_live_queries_and_subscriptions() {
        DittoLiveQuery live = cars.findAll().observeLocal((documents, event) -> {});
        DittoSubscription subscription = cars.find("color == 'red'").subscribe();
        assertThat(subscription.getQuery()).isEqualTo("color == 'red'");
        assertThat(subscription.getCollectionName()).isEqualTo("cars");
        ditto.close();
        assertThat(live.isStopped()).isTrue();
        assertThat(subscription.isCancelled()).isTrue();
        live.close();
        subscription.cancel();
    }
}
