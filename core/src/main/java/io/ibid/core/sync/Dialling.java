package io.ibid.core.sync;

import io.ibid.core.env.Env;
import io.ibid.core.env.Link;
import io.ibid.core.env.Links;
import io.ibid.core.env.Logs;
import io.ibid.core.env.Timers;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * One configured address: dials it, and dials again when the connection failed or ended, after a wait that doubles and varies a little, so
 * that many devices do not come back at the same moment. Most interruptions are short, so the wait stays short for a while. Loop only.
 */
final class Dialling {
    private static final Logger log = Logs.of(Dialling.class);

    private static final long WAIT_MS_MIN = 100;
    private static final long SHORT_WAIT_MS_MAX = 1_000;
    private static final long LONG_WAIT_MS_MAX = 5_000;
    private static final long SHORT_WAITS_FOR_MS = 30_000;
    private static final int JITTER_PERCENT = 20;

    private final Env env;
    private final String address;
    private final BiFunction<Link, Dialling, Session> connected;
    private long waitMs = WAIT_MS_MIN;
    private long unreachableSinceMs;
    private boolean stopped;
    private Timers.@Nullable Timer timer;
    private @Nullable Session session;
    private @Nullable PeerKey waitingFor;
    private String lastError = "";

    /**
     * @param connected makes the session of a link
     */
    Dialling(Env env, String address, BiFunction<Link, Dialling, Session> connected) {
        this.env = env;
        this.address = address;
        this.connected = connected;
    }

    String address() {
        return address;
    }

    /** What went wrong last; empty when nothing has. */
    String lastError() {
        return lastError;
    }

    void dial() {
        timer = null;
        if (stopped) {
            return;
        }
        env.links().dial(address, new Links.Dialler() {
            @Override
            public Link.Handler connected(Link link) {
                Session made = connected.apply(link, Dialling.this);
                session = made;
                if (stopped) {
                    made.end("not wanted any more");
                }
                return made;
            }

            @Override
            public void failed(String reason) {
                if (!reason.equals(lastError)) {
                    log.info("{}: {}; trying again", address, reason);
                }
                lastError = reason;
                again(0);
            }
        });
    }

    /** Whether the session came of this, and no newer one has. */
    boolean has(Session some) {
        return some == session;
    }

    /** The session was greeted: the address is good. */
    void greeted() {
        waitMs = WAIT_MS_MIN;
        lastError = "";
    }

    /** The session has ended. */
    void ended(String reason, long retryAfterMs) {
        session = null;
        lastError = reason;
        again(retryAfterMs);
    }

    /** There is another link to this peer: nothing to do while it has one. */
    void waitFor(PeerKey peer) {
        session = null;
        waitingFor = peer;
    }

    /** A session with this peer has ended. */
    void gone(PeerKey peer) {
        if (peer.equals(waitingFor)) {
            waitingFor = null;
            again(0);
        }
    }

    private void again(long atLeastMs) {
        if (stopped || timer != null) {
            return;
        }
        long nowMs = env.clock().monotonicMs();
        if (waitMs == WAIT_MS_MIN) {
            unreachableSinceMs = nowMs;
        }
        long base = Math.max(waitMs, atLeastMs);
        long jitter = base * JITTER_PERCENT / 100;
        long delayMs = base - jitter + env.randomness().below(2 * jitter + 1);
        boolean isLong = nowMs - unreachableSinceMs >= SHORT_WAITS_FOR_MS;
        waitMs = Math.min(2 * waitMs, isLong ? LONG_WAIT_MS_MAX : SHORT_WAIT_MS_MAX);
        timer = env.timers().after(delayMs, this::dial);
    }

    /** Dials no more and ends the session. */
    void stop(String reason) {
        stopped = true;
        if (timer != null) {
            timer.cancel();
        }
        if (session != null) {
            session.end(reason);
        }
    }
}
