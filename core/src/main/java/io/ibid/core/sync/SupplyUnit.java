package io.ibid.core.sync;

import io.ibid.core.store.DocumentKey;
import io.ibid.core.sync.wire.FaultCode;
import io.ibid.core.sync.wire.Message;
import io.ibid.core.sync.wire.ProtocolException;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The unit that a supplier is making, the CUT that closed the one before, and the partner's answer to it. Loop only. */
final class SupplyUnit {
    private static final long HEARTBEAT_MS = 1_000;
    /** Commits that the partner has brought itself only spare its next session a walk over them. */
    private static final long OWN_HEARTBEAT_MS = 30_000;

    private static final int NEEDS_PER_DOCUMENT_MAX = 8;

    /** The head that the partner knows of: the last CUT, or where it resumed. */
    private long lastCut;

    private long lastCutAtMs;
    private boolean hasContent;
    private Message.@Nullable Cut unanswered;
    private final TreeMap<DocumentKey, Integer> needs = new TreeMap<>();
    private long needed;

    void begun(long nowMs) {
        lastCutAtMs = nowMs;
    }

    void resumed(long commit) {
        lastCut = commit;
    }

    long lastCut() {
        return lastCut;
    }

    long lastCutAtMs() {
        return lastCutAtMs;
    }

    /** Something of it was sent. */
    void filled() {
        hasContent = true;
    }

    boolean hasContent() {
        return hasContent;
    }

    boolean isUnanswered() {
        return unanswered != null;
    }

    /** How long an empty unit up to this commit waits for company, 0 for no longer, negative for ever. */
    long emptyWaitMs(long at, boolean isForeign, long nowMs) {
        return at == lastCut ? -1 : Math.max(0, lastCutAtMs + (isForeign ? HEARTBEAT_MS : OWN_HEARTBEAT_MS) - nowMs);
    }

    void cut(Message.Cut cut, long nowMs) {
        unanswered = cut;
        hasContent = false;
        lastCut = cut.commit();
        lastCutAtMs = nowMs;
    }

    void on(Message.Ack ack) {
        Message.Cut cut = answered("ACK");
        if (ack.commit() != cut.commit()) {
            throw new ProtocolException("ACK of " + ack.commit() + ", but the CUT was of " + cut.commit());
        }
        unanswered = null;
        needs.clear();
        needed = 0;
    }

    /** @param sent how many documents the unit has carried so far, those that were needed before counted again */
    void on(Message.Need need, long sent) {
        answered("NEED");
        needed += need.documents().size();
        if (needed > sent) {
            throw new ProtocolException(
                    FaultCode.NEED, "NEED of " + needed + " documents of a unit that has carried " + sent);
        }
        unanswered = null;
        hasContent = true;
        for (Message.Wanted wanted : need.documents()) {
            int times = needs.merge(wanted.key(), 1, Integer::sum);
            if (times == NEEDS_PER_DOCUMENT_MAX) {
                throw new ProtocolException(
                        FaultCode.NEED,
                        "document " + wanted.key().id() + " in " + wanted.key().collection() + " was needed " + times
                                + " times in one unit");
            }
        }
    }

    private Message.Cut answered(String by) {
        Message.Cut cut = unanswered;
        if (cut == null) {
            throw new ProtocolException(by + " without an unanswered CUT");
        }
        return cut;
    }
}
