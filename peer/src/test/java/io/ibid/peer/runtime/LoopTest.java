package io.ibid.peer.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class LoopTest {
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final Loop loop = new Loop("the-loop", failures::add);

    @AfterEach
    void end() {
        loop.close();
        assertThat(failures).isEmpty();
    }

    @Test
    void an_idle_loop_is_borrowed_by_who_needs_it_soon() {
        List<Thread> ran = new ArrayList<>();
        loop.runSoon(() -> ran.add(Thread.currentThread()));
        assertThat(ran).containsExactly(Thread.currentThread());
    }

    @Test
    void other_tasks_run_on_the_loops_own_thread_also_when_they_were_queued_behind_a_borrower() throws Exception {
        CountDownLatch done = new CountDownLatch(2);
        List<String> ran = new ArrayList<>();
        loop.runSoon(() -> {
            loop.execute(() -> {
                ran.add(Thread.currentThread().getName());
                done.countDown();
            });
            loop.runSoon(() -> {
                ran.add("behind it");
                done.countDown();
            });
        });
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).containsExactly("the-loop", "behind it");
    }

    @Test
    void a_borrower_goes_on_with_what_others_want_soon_but_only_for_a_while() throws Exception {
        List<String> ran = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(30);
        Thread borrower = Thread.currentThread();
        loop.runSoon(() -> {
            for (int i = 0; i < 30; i++) {
                loop.runSoon(() -> {
                    ran.add(
                            Thread.currentThread() == borrower
                                    ? "borrower"
                                    : Thread.currentThread().getName());
                    done.countDown();
                });
            }
        });
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ran.subList(0, 16)).containsOnly("borrower");
        assertThat(ran.subList(16, 30)).containsOnly("the-loop");
    }

    @RepeatedTest(10)
    void tasks_never_overlap_and_those_of_one_thread_keep_their_order() throws Exception {
        int threads = 8;
        int tasksEach = 20_000;
        int[] last = new int[threads];
        AtomicInteger running = new AtomicInteger();
        AtomicInteger faults = new AtomicInteger();
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            started.add(Thread.ofPlatform().start(() -> {
                for (int n = 1; n <= tasksEach; n++) {
                    int task = n;
                    Runnable work = () -> {
                        faults.addAndGet(running.getAndIncrement());
                        faults.addAndGet(last[number] == task - 1 ? 0 : 1);
                        last[number] = task;
                        running.decrementAndGet();
                    };
                    if (task % 5 == 0) {
                        loop.execute(work);
                    } else {
                        loop.runSoon(work);
                    }
                }
            }));
        }
        for (Thread thread : started) {
            thread.join();
        }
        CountDownLatch done = new CountDownLatch(1);
        loop.execute(done::countDown);
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(faults.get()).isZero();
        assertThat(last).containsOnly(tasksEach);
    }

    @Test
    void closing_runs_what_was_queued() {
        List<Integer> ran = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            loop.execute(() -> ran.add(number));
        }
        loop.close();
        assertThat(ran).containsExactly(0, 1, 2, 3, 4);
    }
}
