package io.ibid.peer.sdk;

import io.ibid.core.env.Logs;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Looks at something again and again for those who want to hear of its changes, as long as somebody does: one call of a listener at a time,
 * with the newest state only, on threads of the stages. Thread-safe.
 */
public final class Watches implements AutoCloseable {
    private static final Logger LOG = Logs.of("io.ibid.observers");

    private final Stages stages;
    private final ScheduledThreadPoolExecutor ticks;
    private final Set<Watch<?>> watches = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public Watches(String name, Stages stages) {
        this.stages = stages;
        this.ticks = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name(name + "-watches").daemon().factory());
        ticks.setRemoveOnCancelPolicy(true);
        ticks.setKeepAliveTime(10, TimeUnit.SECONDS);
        ticks.allowCoreThreadTimeOut(true);
    }

    /** Hears of a new state. */
    public interface Listener<T> {
        void changed(T state) throws Exception;
    }

    /** Something that can be ended. Idempotent. */
    public interface Handle {
        void cancel();
    }

    /** Calls the listener with the state soon, and whenever it is another one. */
    public <T> Handle watch(long everyMs, Supplier<? extends T> state, Listener<? super T> listener) {
        return start(everyMs, new Watch<T>(state, listener, () -> true));
    }

    private <T> Handle start(long everyMs, Watch<T> watch) {
        watches.add(watch);
        if (closed) {
            watch.cancel();
        } else {
            watch.timer = ticks.scheduleWithFixedDelay(watch::look, 0, everyMs, TimeUnit.MILLISECONDS)::cancel;
            if (watch.cancelled.get()) {
                watch.timer.cancel(false);
            }
        }
        return watch;
    }

    /** The states as a reactive stream; each subscriber is given the newest one when it has asked for one and it is new to him. */
    public <T> Flow.Publisher<T> publisher(long everyMs, Supplier<? extends T> state) {
        return subscriber -> {
            Objects.requireNonNull(subscriber, "subscriber");
            AtomicLong wanted = new AtomicLong();
            Watch<T> watch = new Watch<>(
                    state,
                    next -> {
                        wanted.updateAndGet(count -> count == Long.MAX_VALUE ? count : count - 1);
                        subscriber.onNext(next);
                    },
                    () -> wanted.get() > 0);
            watch.ended = subscriber::onComplete;
            subscriber.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long count) {
                    if (count <= 0) {
                        watch.cancel();
                        subscriber.onError(new IllegalArgumentException("requested " + count + " elements"));
                    } else {
                        wanted.updateAndGet(before -> before + count < 0 ? Long.MAX_VALUE : before + count);
                    }
                }

                @Override
                public void cancel() {
                    watch.cancel();
                }
            });
            start(everyMs, watch);
        };
    }

    /** Ends all of them; streams complete. */
    @Override
    public void close() {
        closed = true;
        for (Watch<?> watch : watches) {
            boolean wasActive = !watch.cancelled.get();
            watch.cancel();
            if (wasActive) {
                watch.ended.run();
            }
        }
        ticks.shutdownNow();
    }

    /** How a timer is stopped. */
    private interface Timer {
        boolean cancel(boolean interrupts);
    }

    private final class Watch<T> implements Handle {
        private final Supplier<? extends T> state;
        private final Listener<? super T> listener;
        private final Supplier<Boolean> wants;
        private final AtomicBoolean busy = new AtomicBoolean();
        private final AtomicBoolean cancelled = new AtomicBoolean();
        private volatile Timer timer = interrupts -> false;
        private volatile Runnable ended = () -> {};
        private @Nullable T last;

        Watch(Supplier<? extends T> state, Listener<? super T> listener, Supplier<Boolean> wants) {
            this.state = state;
            this.listener = listener;
            this.wants = wants;
        }

        private void look() {
            if (!cancelled.get() && wants.get() && busy.compareAndSet(false, true)) {
                stages.callback(this::tell);
            }
        }

        private void tell() {
            try {
                T now = state.get();
                if (!now.equals(last) && !cancelled.get()) {
                    last = now;
                    listener.changed(now);
                }
            } catch (Throwable e) { // the application's code; its handler sees it, and the watch lives on
                LOG.error("A listener failed", e);
                Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
                if (handler != null) {
                    handler.uncaughtException(Thread.currentThread(), e);
                }
            } finally {
                busy.set(false);
            }
        }

        @Override
        public void cancel() {
            if (cancelled.compareAndSet(false, true)) {
                watches.remove(this);
                timer.cancel(false);
            }
        }
    }
}
