package io.ibid;

import io.ibid.peer.transport.Logins;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a login while sync is active: at once when there is none, at half of its life when there is one, and again after a while as long as
 * that does not help. One thread, which waits. Thread-safe.
 */
final class LoginWatch {
    private static final long AGAIN_MS = 5_000;

    private final String name;
    private final Supplier<Logins.@Nullable Login> current;
    private final Expiration expiration;
    private @Nullable Thread thread;

    /** Asks the application; zero: nobody is logged in. */
    @FunctionalInterface
    interface Expiration {
        void expires(Duration left) throws Exception;
    }

    LoginWatch(String name, Supplier<Logins.@Nullable Login> current, Expiration expiration) {
        this.name = name;
        this.current = current;
        this.expiration = expiration;
    }

    synchronized void start() {
        if (thread == null) {
            thread = Thread.ofVirtual().name(name).start(this::watch);
        }
    }

    synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    /** There is another login. */
    synchronized void look() {
        notifyAll();
    }

    private void watch() {
        try {
            while (isWatching()) {
                Logins.Login login = current.get();
                Duration left = login == null ? Duration.ZERO : login.left();
                if (login == null || login.isHalfOver()) {
                    ask(left);
                }
                await(login);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isWatching() {
        return thread == Thread.currentThread();
    }

    private void ask(Duration left) throws InterruptedException {
        try {
            expiration.expires(left);
        } catch (InterruptedException stopped) {
            throw stopped;
        } catch (ExecutionException e) {
            SdkLog.LOG.error("The expiration handler failed", e.getCause());
        } catch (Exception e) { // the application's own
            SdkLog.LOG.error("The expiration handler failed", e);
        }
    }

    /** Until there is another login, or it is time to ask. */
    @SuppressWarnings("WaitNotInLoop") // the caller looks again
    private synchronized void await(Logins.@Nullable Login before) throws InterruptedException {
        if (Objects.equals(current.get(), before)) {
            wait(
                    before == null || before.isHalfOver()
                            ? AGAIN_MS
                            : before.untilHalf().toMillis() + 1);
        }
    }
}
