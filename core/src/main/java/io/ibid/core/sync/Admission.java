package io.ibid.core.sync;

import io.ibid.core.env.Clock;
import io.ibid.core.env.Logs;
import io.ibid.core.sync.wire.FaultCode;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;

/** Whether a session goes on once its partner is known: not with ourselves, not with a troublemaker, not twice. Loop only. */
final class Admission {
    private static final Logger log = Logs.of(Admission.class);

    private static final String DUPLICATE = "there is another link between the two peers";

    private final PeerKey own;
    private final Penalties penalties;
    private final List<Session> sessions;
    private final Clock clock;
    private final Runnable copied;

    /**
     * @param sessions all there are now; not copied
     * @param copied told when another process runs under our key
     */
    Admission(PeerKey own, Penalties penalties, List<Session> sessions, Clock clock, Runnable copied) {
        this.own = own;
        this.penalties = penalties;
        this.sessions = sessions;
        this.clock = clock;
        this.copied = copied;
    }

    /** Fails the session, or another one with the same partner, when they shall not go on. */
    void check(Session session, PeerKey peer, byte[] nonce) {
        if (peer.equals(own)) {
            refuseOurselves(session, nonce);
            return;
        }
        long penaltyMs = penalties.leftMs(peer, clock.monotonicMs());
        if (penaltyMs > 0) {
            session.fail(FaultCode.BUSY, "kept away for a while: " + penalties.reason(peer), penaltyMs);
            return;
        }
        for (Session other : List.copyOf(sessions)) {
            if (other != session && !other.isEnded() && isWith(other, peer)) {
                settleDuplicate(session, other, peer);
            }
        }
    }

    private void refuseOurselves(Session session, byte[] nonce) {
        for (Session other : sessions) {
            if (Arrays.equals(other.nonce(), nonce)) {
                session.fail(FaultCode.SELF, "this peer has dialled itself");
                return;
            }
        }
        log.error(
                "a peer with this device's own key {} runs elsewhere: one of the two folders is a copy of the other and must"
                        + " get a key of its own",
                own);
        session.fail(FaultCode.COPY, "two peers run with the same device key " + own);
        copied.run();
    }

    /**
     * Of two links the one stays that the smaller key has dialled. Of two that the same side has dialled, that side decides, since it
     * alone knows which of them is alive: it keeps the older one. Until it has, the other side serves both.
     */
    private void settleDuplicate(Session session, Session other, PeerKey peer) {
        boolean isSmaller = own.compareTo(peer) < 0;
        boolean dialledNew = session.link().isDialler();
        boolean dialledOld = other.link().isDialler();
        if (dialledNew != dialledOld && dialledNew == isSmaller) {
            other.fail(FaultCode.DUPLICATE, DUPLICATE);
        } else if (dialledNew != dialledOld || dialledNew) {
            session.fail(FaultCode.DUPLICATE, DUPLICATE);
        }
    }

    private static boolean isWith(Session session, PeerKey peer) {
        Partner partner = session.partner();
        return partner != null && partner.peerKey().equals(peer);
    }
}
