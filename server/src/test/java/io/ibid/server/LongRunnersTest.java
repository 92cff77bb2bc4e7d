package io.ibid.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LongRunnersTest {
    private static final int PROCESSORS = 2;

    private final LongRunners longRunners = new LongRunners(PROCESSORS);

    @Test
    void a_short_statement_runs_beside_a_long_one() throws InterruptedException {
        try (LongRunners.Pace scan = longRunners.begin()) {
            Thread.sleep(30);
            scan.keep();
            try (LongRunners.Pace lookup = longRunners.begin()) {
                lookup.keep(); // would wait for ever if it needed a permit
            }
        }
    }

    @Test
    void long_statements_take_turns() throws InterruptedException {
        CountDownLatch second = new CountDownLatch(1);
        try (LongRunners.Pace first = longRunners.begin()) {
            Thread.sleep(30);
            first.keep();
            Thread other = Thread.ofPlatform().start(() -> runLong(second));
            assertThat(second.await(100, TimeUnit.MILLISECONDS)).isFalse();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
            while (second.getCount() > 0 && System.nanoTime() < end) {
                Thread.sleep(20);
                first.keep(); // after a while this gives the permit to the other one
            }
            assertThat(second.getCount()).isZero();
            other.join();
        }
    }

    private void runLong(CountDownLatch permitted) {
        try (LongRunners.Pace pace = longRunners.begin()) {
            Thread.sleep(30);
            pace.keep();
            permitted.countDown();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
