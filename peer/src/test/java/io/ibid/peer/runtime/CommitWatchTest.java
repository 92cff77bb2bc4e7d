package io.ibid.peer.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.value.Value;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CommitWatchTest {
    private static final long LONG_MS = 60_000;

    private final AtomicLong newest = new AtomicLong(5);
    private final AtomicInteger looks = new AtomicInteger();
    private final CommitWatch watch = new CommitWatch(() -> {
        looks.incrementAndGet();
        return newest.get();
    });

    @Test
    void what_is_there_already_is_not_waited_for() {
        assertThat(watch.await(5, LONG_MS)).isTrue();
        assertThat(looks.get()).isEqualTo(1);
    }

    @Test
    void what_does_not_come_in_time_is_reported_missing() {
        assertThat(watch.await(6, 20)).isFalse();
    }

    @Test
    void who_waits_sleeps_until_its_commit_is_published_and_is_woken_by_nothing_else() throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> {
            thread.set(Thread.currentThread());
            return watch.await(7, LONG_MS);
        });
        awaitSleep(thread);
        int before = looks.get();
        newest.set(6);
        watch.published(6);
        Thread.sleep(50);
        assertThat(waiting.isDone()).isFalse();
        assertThat(looks.get()).isEqualTo(before);
        newest.set(8);
        watch.published(8);
        assertThat(waiting.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_commit_that_is_published_by_a_statement_wakes_who_waits_for_it() throws Exception {
        try (OpenDatabase database = OpenDatabase.open(DatabaseOptions.peer(null, "test"))) {
            CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> database.awaitCommit(1, LONG_MS));
            database.execute("INSERT INTO c DOCUMENTS ({'_id': 1})", Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE)
                    .close();
            assertThat(waiting.get(10, TimeUnit.SECONDS)).isTrue();
            assertThat(database.awaitCommit(2, 1)).isFalse();
        }
    }

    @Test
    void closing_the_database_ends_the_waiting() throws Exception {
        OpenDatabase database = OpenDatabase.open(DatabaseOptions.peer(null, "test"));
        AtomicReference<Thread> thread = new AtomicReference<>();
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> {
            thread.set(Thread.currentThread());
            return database.awaitCommit(1, LONG_MS);
        });
        awaitSleep(thread);
        database.close();
        assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        IbidException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_CLOSED));
    }

    @Test
    void an_interruption_ends_the_waiting_and_is_kept() throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();
        CompletableFuture<Boolean> kept = CompletableFuture.supplyAsync(() -> {
            thread.set(Thread.currentThread());
            assertThatThrownBy(() -> watch.await(7, LONG_MS)).isInstanceOf(IbidException.class);
            return Thread.interrupted();
        });
        awaitSleep(thread);
        thread.get().interrupt();
        assertThat(kept.get(10, TimeUnit.SECONDS)).isTrue();
    }

    private static void awaitSleep(AtomicReference<Thread> thread) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (thread.get() == null || thread.get().getState() != Thread.State.TIMED_WAITING) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(1);
        }
    }
}
