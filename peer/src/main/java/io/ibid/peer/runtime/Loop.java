package io.ibid.peer.runtime;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The serial executor that confines the state of one database: its tasks run one after another and see each other's writes.
 *
 * <p>It has a thread of its own, but an idle loop may be borrowed: {@link #execute} always queues for the thread, {@link #runSoon}
 * runs the task on the caller when nothing is queued or running. For a lone writer this saves every thread switch on the way from
 * the statement to the disk and back, which would otherwise cost as much as a fast disk's sync. {@code pending} counts tasks that
 * have not ended; whoever raises it from 0 owns the loop. A borrower that leaves it above 0 goes on with a few tasks that other
 * would-be borrowers have queued, since waking the thread costs more than most tasks, and then hands over to the thread. The thread
 * is started when there is something for it: opening a database does not wait for threads to come up.
 */
final class Loop implements Executor, AutoCloseable {
    /** Tasks of others that a borrower runs at most. */
    private static final int BORROWED_MAX = 16;

    private static final int SPINS = 100;

    /** A task that any thread may run. */
    private record Soon(Runnable task) implements Runnable {
        @Override
        public void run() {
            task.run();
        }
    }

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private final Thread thread;
    private final Consumer<Throwable> failed;
    private final CountDownLatch ended = new CountDownLatch(1);
    /** Whoever owns the loop only. */
    private boolean started;

    private volatile boolean granted;
    private volatile boolean closed;

    /** @param failed told of a task that threw, which is a broken invariant: the instance must stop */
    Loop(String name, Consumer<Throwable> failed) {
        this.failed = failed;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::drainForEver);
    }

    /** Queues the task for the loop's thread. Tasks that arrive after {@link #close} has finished are dropped. */
    @Override
    public void execute(Runnable task) {
        // Counted before it is added: an idle loop then has an empty queue, so nobody who borrows it overtakes an
        // earlier task of its own.
        boolean isIdle = pending.getAndIncrement() == 0;
        tasks.add(task);
        if (isIdle) {
            handOver();
        }
    }

    /** Runs the task here and now when the loop is idle, else queues it. Not to be called from a task of this loop. */
    void runSoon(Runnable task) {
        if (!pending.compareAndSet(0, 1)) {
            execute(new Soon(task));
            return;
        }
        run(task);
        for (int borrowed = 0; pending.decrementAndGet() > 0; borrowed++) {
            if (borrowed == BORROWED_MAX || !(tasks.peek() instanceof Soon next)) {
                handOver();
                return;
            }
            tasks.remove();
            run(next);
        }
    }

    private void handOver() {
        granted = true;
        if (started) {
            LockSupport.unpark(thread);
        } else {
            started = true;
            thread.start();
        }
    }

    private void drainForEver() {
        while (true) {
            while (!granted) {
                if (closed) {
                    ended.countDown();
                    return;
                }
                LockSupport.park(this);
            }
            granted = false;
            do {
                run(next());
            } while (pending.decrementAndGet() > 0);
        }
    }

    /** The next task, of which it is known that it is there or is just being added. */
    private Runnable next() {
        Runnable task = tasks.poll();
        for (int i = 0; task == null; i++) {
            if (i < SPINS) {
                Thread.onSpinWait();
            } else {
                // Whoever adds it has lost its processor in between.
                LockSupport.parkNanos(this, 1_000);
            }
            task = tasks.poll();
        }
        return task;
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) { // the boundary of the loop: nothing above could name it better
            failed.accept(e);
        }
    }

    /** Ends the thread once everything queued so far has run; waits for that unless called from the loop itself. */
    @Override
    public void close() {
        execute(() -> {
            closed = true;
            LockSupport.unpark(thread);
        });
        if (Thread.currentThread() != thread) {
            boolean interrupted = false;
            while (ended.getCount() > 0) {
                try {
                    ended.await();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
