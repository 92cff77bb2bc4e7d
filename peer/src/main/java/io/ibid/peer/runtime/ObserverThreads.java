package io.ibid.peer.runtime;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Platform daemon threads for listeners.
 *
 * <p>A few threads share all deliveries: mostly a listener is done at once, and a thread each would cost the writer who causes a thousand
 * deliveries more than the deliveries themselves. But listeners are the application's code and may block for as long as they like. So a
 * thread that has been in one listener for {@link #STUCK_NS} while others wait is replaced, and ends when its listener does: a listener
 * that blocks for ever holds a thread of its own and delays the others no longer than that.
 */
final class ObserverThreads implements Executor, AutoCloseable {
    static final long STUCK_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final long IDLE_SECONDS = 10;

    /** The watch looks so often at an empty queue before it rests. */
    private static final int LOOKS = 100;

    private final LinkedTransferQueue<Runnable> deliveries = new LinkedTransferQueue<>();
    private final Set<Worker> workers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger sharing = new AtomicInteger();
    private final AtomicBoolean watching = new AtomicBoolean();
    private final ThreadFactory factory;
    private final int sharingMax;
    private volatile @Nullable Thread watch;
    private volatile boolean closed;

    ObserverThreads(String name) {
        this(name, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }

    /** @param sharingMax how many threads share the deliveries, those in a listener that blocks not counted */
    ObserverThreads(String name, int sharingMax) {
        this.factory = Thread.ofPlatform().name(name, 0).daemon().factory();
        this.sharingMax = sharingMax;
    }

    /** Never blocks. After close nothing more is delivered. */
    @Override
    public void execute(Runnable delivery) {
        if (closed) {
            return;
        }
        deliveries.put(delivery);
        if (sharing.get() < sharingMax) {
            share();
        } else if (!deliveries.hasWaitingConsumer() && !watching.get() && watching.compareAndSet(false, true)) {
            wakeWatch();
        }
    }

    private void share() {
        if (sharing.incrementAndGet() <= sharingMax) {
            start();
        } else {
            sharing.decrementAndGet();
        }
    }

    private void start() {
        Worker worker = new Worker();
        workers.add(worker);
        factory.newThread(worker).start();
    }

    private void wakeWatch() {
        Thread known = watch;
        if (known == null) {
            known = factory.newThread(this::watch);
            watch = known;
            known.start();
        } else {
            LockSupport.unpark(known);
        }
    }

    private void watch() {
        int empty = 0;
        while (!closed) {
            empty = deliveries.isEmpty() ? empty + 1 : 0;
            if (empty < LOOKS) {
                replaceStuck();
                LockSupport.parkNanos(this, STUCK_NS);
            } else {
                empty = 0;
                watching.set(false);
                if (deliveries.isEmpty() || !watching.compareAndSet(false, true)) {
                    LockSupport.park(this);
                }
            }
        }
    }

    private void replaceStuck() {
        long now = System.nanoTime();
        for (Worker worker : workers) {
            if (!deliveries.isEmpty() && worker.isStuck(now) && worker.replaced.compareAndSet(false, true)) {
                start();
            }
        }
    }

    /** Ends idle threads; those in a listener end with it. */
    @Override
    public void close() {
        closed = true;
        deliveries.clear();
        workers.forEach(worker -> deliveries.put(ObserverThreads::end));
        LockSupport.unpark(watch);
    }

    /** Wakes an idle thread, which sees then that it is over. */
    private static void end() {}

    private final class Worker implements Runnable {
        private final AtomicBoolean replaced = new AtomicBoolean();
        private volatile boolean busy;
        private volatile long sinceNs;

        boolean isStuck(long now) {
            return busy && now - sinceNs > STUCK_NS;
        }

        @Override
        public void run() {
            try {
                Runnable delivery = next();
                while (delivery != null) {
                    sinceNs = System.nanoTime();
                    busy = true;
                    delivery.run();
                    busy = false;
                    Thread.interrupted(); // a listener's business, which is over
                    delivery = replaced.get() || closed ? null : next();
                }
            } finally {
                workers.remove(this);
                if (!replaced.get()) {
                    sharing.decrementAndGet();
                    // Whoever came before that has counted on this thread.
                    if (!deliveries.isEmpty() && !closed) {
                        share();
                    }
                }
            }
        }

        /** Waits for the next delivery; null when there is none for long. */
        private @Nullable Runnable next() {
            try {
                return deliveries.poll(IDLE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) { // then another thread takes over
                Thread.currentThread().interrupt();
                return null;
            }
        }
    }
}
