package io.ibid.core.store;

import io.ibid.core.crdt.Document;
import io.ibid.core.crdt.HybridClock;
import io.ibid.core.error.Ablation;

/**
 * When field removals are forgotten: beyond the newest sixteen of a document, and after a day. It is safe at any time; whoever was
 * away for longer gets the whole document instead of a part. Stateless, and a function of the document and the time alone, because
 * replicas must agree on it.
 */
final class Removals {

    static final int KEPT_MAX = 16;
    static final long KEPT_MS = 24 * 3_600_000L;

    private Removals() {}

    /** Forgets what is due; says whether anything was. */
    static boolean forget(Document document, long nowHlc, Ablation ablation) {
        return document.reapTombs(HybridClock.milliseconds(nowHlc) - KEPT_MS, KEPT_MAX, ablation) > 0;
    }
}
