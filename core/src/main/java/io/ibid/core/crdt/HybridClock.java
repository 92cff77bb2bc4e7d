package io.ibid.core.crdt;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;

/**
 * A hybrid logical clock (Kulkarni et al. 2014): close to the wall clock, but never behind anything it has seen, so that what
 * happens after an event also has the greater time. A time is 48 bit of milliseconds since 1970 and 16 bit of counter, compared as
 * an unsigned number; the counter overflows into the milliseconds.
 *
 * <p><b>Lease.</b> After a restart the clock begins at the stored {@link #ceiling()}, above everything it has issued, even if
 * the wall clock went back or the last commits were lost. For that, a commit whose time reached the ceiling stores the new one in
 * the same batch: after {@link #tick}, compare {@link #ceiling()} with what is stored.
 *
 * <p><b>Future times.</b> Times up to {@link #SOFT_BOUND_MS} ahead of the wall clock are adopted. Later ones are accepted with
 * their document but not adopted: only writes to such a document go beyond them ({@link #timeFor}), so one wrong clock infects the
 * documents that it wrote and not the mesh. Beyond the hard bound they are refused, or a field could be frozen for ever.
 *
 * <p>The wall clock is passed in (milliseconds since 1970); it may stand still or run backwards. Confined to the turn holder.
 */
public final class HybridClock {

    /** How far ahead of the wall clock a foreign time may be to be adopted. */
    public static final long SOFT_BOUND_MS = 5 * 60_000;

    /** How far ahead of the wall clock a foreign time may be to be accepted at all, unless configured: 366 days. */
    public static final long HARD_BOUND_MS = 366L * 24 * 3_600_000;

    /** The same for a server: one hour. */
    public static final long SERVER_HARD_BOUND_MS = 3_600_000;

    /** How much time a lease takes in advance. */
    public static final long LEASE_MS = 10_000;

    private static final int COUNTER_BITS = 16;
    private static final long MILLISECONDS_MAX = -1L >>> COUNTER_BITS;

    private final long hardBoundMs;
    private long last;
    private long ceiling;

    /**
     * Starts the clock.
     *
     * @param ceiling the stored lease, 0 for a new store
     * @param hardBoundMs see {@link #HARD_BOUND_MS}
     */
    public HybridClock(long wallMs, long ceiling, long hardBoundMs) {
        this.hardBoundMs = hardBoundMs;
        this.ceiling = ceiling;
        this.last = max(at(wallMs), ceiling);
    }

    /** The millisecond part of a time. */
    public static long milliseconds(long hlc) {
        return hlc >>> COUNTER_BITS;
    }

    /** The first time of a millisecond. */
    public static long at(long milliseconds) {
        return Math.clamp(milliseconds, 0, MILLISECONDS_MAX) << COUNTER_BITS;
    }

    /** The time for a local transaction: greater than all that were issued or adopted. */
    public long tick(long wallMs) {
        last = max(successor(last), at(wallMs));
        if (Long.compareUnsigned(last, ceiling) >= 0) {
            ceiling = max(at(Math.min(milliseconds(last) + LEASE_MS, MILLISECONDS_MAX)), last);
        }
        return last;
    }

    /** What must be stored, in the same batch, before a time that was issued can become durable. */
    public long ceiling() {
        return ceiling;
    }

    /** The greatest time that was issued or adopted. */
    public long last() {
        return last;
    }

    /**
     * The time at which a transaction writes a document: its tick, or beyond all that the document has seen. That is more than the
     * tick only for documents with times too far ahead to be adopted, or adopted shortly before a crash.
     */
    public static long timeFor(VersionVector vv, long tick) {
        long seen = vv.maxHlc();
        return Long.compareUnsigned(tick, seen) > 0 ? tick : successor(seen);
    }

    /** Whether a foreign document's times are acceptable; if not, it must be refused and counted. */
    public boolean isAcceptable(VersionVector vv, long wallMs) {
        return milliseconds(vv.maxHlc()) <= saturatedSum(wallMs, hardBoundMs);
    }

    /** Adopts the times of a foreign document, or of a HELLO, that are within the soft bound. */
    public void observe(VersionVector vv, long wallMs) {
        for (int i = 0; i < vv.size(); i++) {
            observe(vv.hlc(i), wallMs);
        }
    }

    /** Adopts one foreign time if it is within the soft bound, and tells whether it was. */
    public boolean observe(long hlc, long wallMs) {
        boolean within = milliseconds(hlc) <= saturatedSum(wallMs, SOFT_BOUND_MS);
        if (within) {
            last = max(last, hlc);
        }
        return within;
    }

    private static long successor(long hlc) {
        if (hlc == -1) {
            throw new IbidException(
                    ErrorCode.STORE_CRDT, "no time is left after the year 10889: the clock or the document is broken");
        }
        return hlc + 1;
    }

    private static long saturatedSum(long wallMs, long boundMs) {
        long sum = Math.max(0, wallMs) + boundMs;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    private static long max(long a, long b) {
        return Long.compareUnsigned(a, b) >= 0 ? a : b;
    }
}
