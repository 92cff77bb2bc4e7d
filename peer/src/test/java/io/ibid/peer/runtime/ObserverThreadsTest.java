package io.ibid.peer.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ObserverThreadsTest {

    @Test
    void quick_deliveries_share_a_thread() throws InterruptedException {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        try (ObserverThreads pool = new ObserverThreads("test-", 1)) {
            CountDownLatch done = new CountDownLatch(1_000);
            for (int i = 0; i < 1_000; i++) {
                pool.execute(() -> {
                    threads.add(Thread.currentThread());
                    done.countDown();
                });
            }
            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(threads.size()).isLessThan(20);
        assertThat(threads).allMatch(Thread::isDaemon).noneMatch(Thread::isVirtual);
    }

    @Test
    void one_that_blocks_delays_no_other() throws InterruptedException {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch freed = new CountDownLatch(8);
        try (ObserverThreads pool = new ObserverThreads("test-", 1)) {
            for (int i = 0; i < 8; i++) {
                pool.execute(() -> {
                    await(blocked);
                    freed.countDown();
                });
            }
            CountDownLatch done = new CountDownLatch(100);
            for (int i = 0; i < 100; i++) {
                pool.execute(done::countDown);
            }
            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
            blocked.countDown();
            assertThat(freed.await(20, TimeUnit.SECONDS)).isTrue();
            CountDownLatch after = new CountDownLatch(1);
            pool.execute(after::countDown);
            assertThat(after.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void an_interrupted_delivery_costs_no_other() throws InterruptedException {
        try (ObserverThreads pool = new ObserverThreads("test-", 1)) {
            for (int i = 0; i < 10; i++) {
                pool.execute(() -> Thread.currentThread().interrupt());
            }
            CountDownLatch done = new CountDownLatch(1);
            pool.execute(done::countDown);
            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void nothing_is_delivered_after_close() throws InterruptedException {
        ObserverThreads pool = new ObserverThreads("test-", 1);
        CountDownLatch first = new CountDownLatch(1);
        pool.execute(first::countDown);
        assertThat(first.await(20, TimeUnit.SECONDS)).isTrue();
        pool.close();
        CountDownLatch late = new CountDownLatch(1);
        pool.execute(late::countDown);
        assertThat(late.await(50, TimeUnit.MILLISECONDS)).isFalse();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
