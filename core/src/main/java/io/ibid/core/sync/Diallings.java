package io.ibid.core.sync;

import io.ibid.core.env.Env;
import io.ibid.core.env.Link;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The addresses to which a connection is kept. Loop only. */
final class Diallings {
    private final Env env;
    private final BiFunction<Link, Dialling, Session> connected;
    private final SortedMap<String, Dialling> byAddress = new TreeMap<>();
    private boolean running;

    /**
     * @param connected makes the session of a link
     */
    Diallings(Env env, BiFunction<Link, Dialling, Session> connected) {
        this.env = env;
        this.connected = connected;
    }

    void start() {
        running = true;
        byAddress.values().forEach(Dialling::dial);
    }

    /** The addresses are kept for the next {@link #start}. */
    void stop() {
        running = false;
        for (String address : List.copyOf(byAddress.keySet())) {
            Dialling stopped = byAddress.put(address, new Dialling(env, address, connected));
            if (stopped != null) {
                stopped.stop("the peer is stopping");
            }
        }
    }

    void add(String address) {
        if (!byAddress.containsKey(address)) {
            Dialling dialling = new Dialling(env, address, connected);
            byAddress.put(address, dialling);
            if (running) {
                dialling.dial();
            }
        }
    }

    void remove(String address) {
        Dialling dialling = byAddress.remove(address);
        if (dialling != null) {
            dialling.stop("no longer wanted");
        }
    }

    void greeted(Session session) {
        Dialling dialling = of(session);
        if (dialling != null) {
            dialling.greeted();
        }
    }

    void ended(Session session, String reason) {
        Partner partner = session.partner();
        Dialling dialling = of(session);
        if (partner != null) {
            byAddress.values().forEach(waiting -> waiting.gone(partner.peerKey()));
        }
        if (dialling != null && partner != null && session.isDuplicate()) {
            dialling.waitFor(partner.peerKey());
        } else if (dialling != null) {
            dialling.ended(reason, session.retryAfterMs());
        }
    }

    /** Who dialled for it; null when the partner did, or when that was given up before the session ended. */
    private @Nullable Dialling of(Session session) {
        Dialling dialling = byAddress.get(session.dialled());
        return dialling != null && dialling.has(session) ? dialling : null;
    }
}
