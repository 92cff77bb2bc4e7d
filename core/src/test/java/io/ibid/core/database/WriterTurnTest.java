package io.ibid.core.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.env.Clock;
import io.ibid.core.store.Change;
import io.ibid.core.store.Decided;
import io.ibid.core.store.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class WriterTurnTest {
    private long nowMs;
    private final WriterTurn turn = new WriterTurn(new Clock() {
        @Override
        public long wallMs() {
            throw new AssertionError("how long a turn lasts has nothing to do with the time of day");
        }

        @Override
        public long monotonicMs() {
            return nowMs;
        }
    });
    private final List<String> granted = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    @Test
    void the_turn_is_given_first_come_first_served() {
        request("a", "b", "C");
        assertThat(granted).containsExactly("a");
        turn.release();
        turn.release();
        assertThat(granted).containsExactly("a", "b", "C");
        turn.release();
        request("d");
        assertThat(granted).containsExactly("a", "b", "C", "d");
    }

    @Test
    void a_holder_takes_the_shared_writes_behind_it_in_their_order_but_never_one_behind_a_write_of_its_own_turn() {
        request("A", "b", "c", "D", "e");
        assertThat(taken()).containsExactly("b", "c");
        turn.release();
        assertThat(granted).containsExactly("A", "D");
        assertThat(taken()).containsExactly("e");
        turn.release();
        request("f");
        assertThat(granted).containsExactly("A", "D", "f");
    }

    @Test
    void a_write_that_comes_while_the_holder_works_is_taken_too() {
        request("a");
        assertThat(taken()).isEmpty();
        request("b");
        assertThat(taken()).containsExactly("b");
    }

    @Test
    void a_holder_takes_so_many_that_its_own_caller_does_not_wait_for_ever() {
        for (int i = 0; i < 100; i++) {
            request("w" + i);
        }
        assertThat(taken()).hasSize(64);
        turn.release();
        assertThat(granted).containsExactly("w0", "w65");
        assertThat(taken()).hasSize(34);
    }

    @Test
    void a_holder_whose_turn_has_lasted_long_takes_no_more() {
        request("a", "b");
        nowMs += 6;
        assertThat(taken()).isEmpty();
        turn.release();
        assertThat(granted).containsExactly("a", "b");
        request("c");
        assertThat(taken()).containsExactly("c");
    }

    @Test
    void closing_refuses_who_waits_and_lets_the_holder_end() {
        request("a", "b", "C");
        turn.close(write -> refused.add(write.toString()));
        assertThat(refused).containsExactly("b", "C");
        assertThat(taken()).isEmpty();
        turn.release();
        assertThat(granted).containsExactly("a");
    }

    @Test
    void threads_that_crowd_in_are_all_served_once_one_at_a_time_each_in_its_order() throws Exception {
        int threads = 8;
        int writesEach = 20_000;
        Crowd crowd = new Crowd(threads);
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            started.add(Thread.ofPlatform().start(() -> {
                for (int n = 0; n < writesEach; n++) {
                    crowd.write(number, n, n % 3 != 0);
                }
            }));
        }
        for (Thread thread : started) {
            thread.join(60_000);
            assertThat(thread.isAlive()).isFalse();
        }
        assertThat(crowd.faults.get()).isZero();
        assertThat(crowd.served).isEqualTo(threads * writesEach);
    }

    /** Callers as they are in production: each waits until its write was performed, by itself or by another one. */
    private final class Crowd {
        private final AtomicInteger holders = new AtomicInteger();
        private final AtomicInteger faults = new AtomicInteger();
        private final int[] last;
        private int served;

        Crowd(int threads) {
            last = new int[threads];
            java.util.Arrays.fill(last, -1);
        }

        void write(int thread, int number, boolean isShared) {
            CrowdWrite own = new CrowdWrite(thread, number, isShared, Thread.currentThread());
            turn.request(own);
            while (!own.isGranted && !own.isDone) {
                LockSupport.park(this);
            }
            if (own.isGranted) {
                faults.addAndGet(holders.getAndIncrement());
                perform(own);
                for (Write next = turn.take(); next != null; next = turn.take()) {
                    perform((CrowdWrite) next);
                }
                holders.decrementAndGet();
                turn.release();
            }
        }

        private void perform(CrowdWrite write) {
            served++;
            if (last[write.owner] != write.number - 1 || !write.isShared && write.thread != Thread.currentThread()) {
                faults.incrementAndGet();
            }
            last[write.owner] = write.number;
            write.isDone = true;
            LockSupport.unpark(write.thread);
        }
    }

    private static final class CrowdWrite implements Write {
        private final int owner;
        private final int number;
        private final boolean isShared;
        private final Thread thread;
        private volatile boolean isGranted;
        private volatile boolean isDone;

        CrowdWrite(int owner, int number, boolean isShared, Thread thread) {
            this.owner = owner;
            this.number = number;
            this.isShared = isShared;
            this.thread = thread;
        }

        @Override
        public String who() {
            return "a test";
        }

        @Override
        public Decision decision() {
            return head -> Change.NOTHING;
        }

        @Override
        public boolean isShared() {
            return isShared;
        }

        @Override
        public void granted() {
            isGranted = true;
            LockSupport.unpark(thread);
        }

        @Override
        public void done(Decided decided) {
            throw new AssertionError("this is the loop's to say");
        }
    }

    /** Capitals need a turn of their own. */
    private void request(String... names) {
        for (String name : names) {
            turn.request(new Named(name));
        }
    }

    private List<String> taken() {
        List<String> taken = new ArrayList<>();
        for (Write write = turn.take(); write != null; write = turn.take()) {
            taken.add(write.toString());
        }
        return taken;
    }

    private final class Named implements Write {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public String who() {
            return "a test";
        }

        @Override
        public Decision decision() {
            return head -> Change.NOTHING;
        }

        @Override
        public boolean isShared() {
            return Character.isLowerCase(name.charAt(0));
        }

        @Override
        public void granted() {
            granted.add(name);
        }

        @Override
        public void done(Decided decided) {
            throw new AssertionError("this is the loop's to say");
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
