package io.ibid;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The results of a query as a reactive stream, each as what a function makes of it. Every subscriber has an observer of its own, from its
 * first request on, and is given the newest result whenever it has asked for one more. The stream ends when the database is closed.
 */
final class ResultPublisher<R> implements Flow.Publisher<R> {
    private final StoreObservers observers;
    private final String query;
    private final @Nullable Map<String, ?> arguments;
    private final DittoQueryResultHandler<R> transform;

    ResultPublisher(
            StoreObservers observers,
            String query,
            @Nullable Map<String, ?> arguments,
            DittoQueryResultHandler<R> transform) {
        this.observers = observers;
        this.query = query;
        this.arguments = arguments;
        this.transform = transform;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super R> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        Subscription subscription = new Subscription(subscriber);
        observers.opened(subscription);
        subscriber.onSubscribe(subscription);
    }

    /** One subscriber's. Signals are serial because deliveries are; the lock guards the fields and is not held in a signal. */
    final class Subscription implements Flow.Subscription {
        private final Flow.Subscriber<? super R> subscriber;
        private long wanted;
        private boolean started;
        private boolean over;
        private @Nullable Runnable next;
        private @Nullable DittoStoreObserver observer;

        private Subscription(Flow.Subscriber<? super R> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            if (n <= 0) {
                fail(new IllegalArgumentException("a subscriber requests a positive number, not " + n));
                return;
            }
            Runnable signal = null;
            boolean starts;
            synchronized (this) {
                wanted = wanted > Long.MAX_VALUE - n ? Long.MAX_VALUE : wanted + n;
                starts = !started && !over;
                started |= starts;
                if (!starts) {
                    signal = next;
                    next = null;
                }
            }
            if (starts) {
                start();
            } else if (signal != null) {
                signal.run();
            }
        }

        private void start() {
            try {
                DittoStoreObserver registered = observers.register(query, arguments, (execution, signal) -> {
                    try (DittoQueryResult result = DittoQueryResult.of(execution)) {
                        deliver(result, signal);
                    }
                });
                boolean cancelled;
                synchronized (this) {
                    observer = registered;
                    cancelled = over;
                }
                if (cancelled) {
                    registered.cancel();
                }
            } catch (DittoException e) {
                fail(e);
            }
        }

        private void deliver(DittoQueryResult result, Runnable signal) {
            synchronized (this) {
                if (over) {
                    return;
                }
                wanted--;
            }
            try {
                subscriber.onNext(transform.onResult(result));
            } catch (Throwable e) { // the application's code: its stream ends with it
                fail(e);
                return;
            }
            boolean more;
            synchronized (this) {
                more = wanted > 0;
                next = more ? null : signal;
            }
            if (more) {
                signal.run();
            }
        }

        @Override
        public void cancel() {
            end();
        }

        /** True: it was not over yet. */
        private boolean end() {
            DittoStoreObserver registered;
            synchronized (this) {
                if (over) {
                    return false;
                }
                over = true;
                registered = observer;
            }
            observers.closed(this);
            if (registered != null) {
                registered.cancel();
            }
            return true;
        }

        private void fail(Throwable cause) {
            if (end()) {
                subscriber.onError(cause);
            }
        }

        void complete() {
            if (end()) {
                subscriber.onComplete();
            }
        }
    }
}
