package io.ibid.peer.runtime;

import java.util.concurrent.atomic.AtomicBoolean;

/** A registered interest: partners send what matches as long as it is open. Closing it keeps what has arrived. Any thread. */
public final class Subscription implements AutoCloseable {
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Runnable cancel;

    Subscription(Runnable cancel) {
        this.cancel = cancel;
    }

    public boolean isClosed() {
        return closed.get();
    }

    /** Idempotent. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            cancel.run();
        }
    }
}
