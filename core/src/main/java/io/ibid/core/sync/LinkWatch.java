package io.ibid.core.sync;

/** Judges a link by its silence alone: one that says nothing for a while is asked, one that does not answer is dead. Loop only. */
final class LinkWatch {
    private static final long GREETING_MS = 10_000;
    private static final long PING_AFTER_MS = 4_000;
    private static final long DEAD_AFTER_MS = 12_000;

    private final long startedMs;
    private long receivedMs;
    private long askedMs;

    LinkWatch(long nowMs) {
        startedMs = nowMs;
        receivedMs = nowMs;
        askedMs = nowMs;
    }

    /** What a look at the link comes to. */
    sealed interface Verdict {
        /** Alive; to be asked now or not, and to be looked at again. */
        record Fine(boolean asks, long againMs) implements Verdict {}

        record Dead(String what) implements Verdict {}

        /** It talks, but does not say what it must. */
        record Rude(String what) implements Verdict {}
    }

    /** A frame has come. */
    void received(long nowMs) {
        receivedMs = nowMs;
    }

    Verdict look(long nowMs, boolean isGreeted, boolean isResumed) {
        if (!isGreeted && nowMs - startedMs >= GREETING_MS) {
            return new Verdict.Rude("no HELLO within " + GREETING_MS + " ms");
        }
        if (!isResumed && nowMs - startedMs >= 2 * GREETING_MS) {
            return new Verdict.Rude("no RESUME within " + GREETING_MS + " ms after HELLO");
        }
        long silentMs = nowMs - receivedMs;
        if (silentMs >= DEAD_AFTER_MS) {
            return new Verdict.Dead("silent for " + silentMs + " ms");
        }
        boolean asks = isGreeted && silentMs >= PING_AFTER_MS && nowMs - askedMs >= PING_AFTER_MS;
        if (asks) {
            askedMs = nowMs;
        }
        long againMs =
                silentMs < PING_AFTER_MS ? PING_AFTER_MS - silentMs : Math.min(PING_AFTER_MS, DEAD_AFTER_MS - silentMs);
        return new Verdict.Fine(asks, Math.max(againMs, 1));
    }
}
