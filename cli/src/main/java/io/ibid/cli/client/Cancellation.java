package io.ibid.cli.client;

import org.jspecify.annotations.Nullable;

/** Tells one running statement to stop. Any thread. */
public final class Cancellation {
    private boolean requested;
    private @Nullable Runnable action;

    /** Asks the statement to stop; it fails soon after, or was over before. Idempotent. */
    public void request() {
        Runnable wanted;
        synchronized (this) {
            requested = true;
            wanted = action;
            action = null;
        }
        if (wanted != null) {
            wanted.run();
        }
    }

    public synchronized boolean isRequested() {
        return requested;
    }

    /** Runs the action when somebody asks, or at once if somebody has asked already. A later action replaces an earlier one. */
    public void whenRequested(Runnable wanted) {
        synchronized (this) {
            if (!requested) {
                action = wanted;
                return;
            }
        }
        wanted.run();
    }
}
