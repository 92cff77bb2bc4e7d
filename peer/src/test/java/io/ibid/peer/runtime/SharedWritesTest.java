package io.ibid.peer.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Statements that wait behind each other for the turn to write: whoever has it runs them, and still each is its caller's own. A
 * transaction that holds the turn makes them wait, in an order that the test knows.
 */
class SharedWritesTest {
    private static final int CALLERS = 12;

    @TempDir
    private Path folder;

    private final List<Caller> callers = new ArrayList<>();
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    @AfterEach
    void endThreads() throws Exception {
        mayEnd.countDown();
        for (Caller caller : callers) {
            caller.thread.join(20_000);
            assertThat(caller.thread.isAlive()).isFalse();
        }
    }

    @Test
    void statements_that_wait_are_committed_in_the_order_of_their_arrival_each_as_a_commit_of_its_own()
            throws Exception {
        try (OpenDatabase database = open()) {
            hold(database);
            for (int i = 0; i < CALLERS; i++) {
                String id = "d" + i;
                enqueue(() -> insert(database, id));
            }
            mayEnd.countDown();
            for (int i = 0; i < CALLERS; i++) {
                assertThat(callers.get(i + 1).commit()).isEqualTo(i + 2);
            }
            assertThat(database.publishedCommit()).isEqualTo(CALLERS + 1);
        }
    }

    @Test
    void a_statement_that_fails_fails_for_its_own_caller_and_the_others_are_written() throws Exception {
        try (OpenDatabase database = open()) {
            hold(database);
            for (int i = 0; i < CALLERS; i++) {
                String id = "d" + i;
                if (i % 3 == 1) {
                    enqueue(() -> insert(database, "held"));
                } else {
                    enqueue(() -> insert(database, id));
                }
            }
            mayEnd.countDown();
            long commit = 1;
            for (int i = 0; i < CALLERS; i++) {
                Caller caller = callers.get(i + 1);
                if (i % 3 == 1) {
                    assertThat(caller.failure())
                            .isInstanceOfSatisfying(
                                    IbidException.class,
                                    e -> assertThat(e.code()).isEqualTo(ErrorCode.QUERY_EVALUATION));
                } else {
                    assertThat(caller.commit()).isEqualTo(++commit);
                }
            }
        }
    }

    @Test
    void a_transaction_runs_on_its_own_callers_thread_whoever_else_writes() throws Exception {
        try (OpenDatabase database = open()) {
            hold(database);
            List<Thread> ran = new ArrayList<>();
            List<Caller> transactions = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                String id = "d" + i;
                if (i % 3 == 1) {
                    transactions.add(enqueue(() -> database.transaction(scope -> {
                                ran.add(Thread.currentThread());
                                scope.execute(insertion(id), Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE)
                                        .close();
                                return "done";
                            })
                            .commitId()));
                } else {
                    enqueue(() -> insert(database, id));
                }
            }
            mayEnd.countDown();
            for (int i = 0; i < CALLERS; i++) {
                assertThat(callers.get(i + 1).commit()).isEqualTo(i + 2);
            }
            assertThat(ran)
                    .containsExactlyElementsOf(
                            transactions.stream().map(caller -> caller.thread).toList());
        }
    }

    @Test
    void a_caller_that_is_interrupted_while_it_waits_gets_its_answer_and_keeps_the_interruption() throws Exception {
        try (OpenDatabase database = open()) {
            hold(database);
            for (int i = 0; i < CALLERS; i++) {
                String id = "d" + i;
                enqueue(() -> insert(database, id));
            }
            for (int i = 1; i < CALLERS; i += 2) {
                callers.get(i).thread.interrupt();
            }
            mayEnd.countDown();
            for (int i = 1; i <= CALLERS; i++) {
                assertThat(callers.get(i).commit()).isEqualTo(i + 1);
                assertThat(callers.get(i).isInterrupted).isEqualTo(i < CALLERS && i % 2 == 1);
            }
        }
    }

    @Test
    void closing_waits_for_the_statements_that_wait() throws Exception {
        OpenDatabase database = open();
        hold(database);
        for (int i = 0; i < CALLERS; i++) {
            String id = "d" + i;
            enqueue(() -> insert(database, id));
        }
        Thread closing = Thread.ofPlatform().start(database::close);
        await(closing, Thread.State.TIMED_WAITING);
        assertThatThrownBy(() -> insert(database, "late"))
                .isInstanceOfSatisfying(
                        IbidException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_CLOSED));
        mayEnd.countDown();
        closing.join(20_000);
        for (int i = 1; i <= CALLERS; i++) {
            assertThat(callers.get(i).commit()).isEqualTo(i + 1);
        }
        try (OpenDatabase again = open()) {
            assertThat(again.publishedCommit()).isEqualTo(CALLERS + 1);
        }
    }

    @Test
    void closing_gives_up_a_transaction_that_never_ends_and_tells_those_who_wait_behind_it() throws Exception {
        OpenDatabase database = open();
        hold(database);
        Caller statement = enqueue(() -> insert(database, "d"));
        Caller transaction =
                enqueue(() -> database.transaction(scope -> "never").commitId());
        database.close(100);
        for (Caller waiting : List.of(statement, transaction)) {
            assertThat(waiting.failure())
                    .isInstanceOfSatisfying(
                            IbidException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_CLOSED));
        }
        mayEnd.countDown();
        assertThat(callers.getFirst().failure()).isNotNull();
        try (OpenDatabase again = open()) {
            assertThat(again.publishedCommit()).isZero();
        }
    }

    private OpenDatabase open() {
        return OpenDatabase.open(DatabaseOptions.peer(folder.resolve("first"), "test"));
    }

    /** Keeps the turn, with one document written, until {@code mayEnd}. */
    private Caller hold(OpenDatabase database) throws InterruptedException {
        CountDownLatch holds = new CountDownLatch(1);
        Caller holder = new Caller(() -> database.transaction(scope -> {
                    scope.execute(insertion("held"), Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE)
                            .close();
                    holds.countDown();
                    awaitEnd();
                    return "held";
                })
                .commitId());
        callers.add(holder);
        assertThat(holds.await(10, TimeUnit.SECONDS)).isTrue();
        return holder;
    }

    private void awaitEnd() {
        try {
            mayEnd.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Starts a caller and waits until it waits. */
    private Caller enqueue(Call call) throws InterruptedException {
        Caller caller = new Caller(call);
        callers.add(caller);
        await(caller.thread, Thread.State.WAITING);
        return caller;
    }

    private static void await(Thread thread, Thread.State state) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (thread.getState() != state) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(1);
        }
    }

    private static String insertion(String id) {
        return "INSERT INTO c DOCUMENTS ({'_id': '" + id + "'})";
    }

    private static long insert(OpenDatabase database, String id) {
        try (Execution execution = database.execute(insertion(id), Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE)) {
            return execution.commitId();
        }
    }

    private interface Call {
        long commit();
    }

    private static final class Caller {
        private final Thread thread;
        private volatile long commit;
        private volatile @Nullable Throwable failure;
        private volatile boolean isInterrupted;

        Caller(Call call) {
            thread = Thread.ofPlatform().start(() -> {
                try {
                    commit = call.commit();
                } catch (Throwable e) {
                    failure = e;
                }
                isInterrupted = Thread.interrupted();
            });
        }

        long commit() throws InterruptedException {
            thread.join(10_000);
            assertThat(failure).isNull();
            return commit;
        }

        @Nullable
        Throwable failure() throws InterruptedException {
            thread.join(10_000);
            return failure;
        }
    }
}
