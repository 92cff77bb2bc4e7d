package io.ibid.core.crdt;

import org.jspecify.annotations.Nullable;

/**
 * The name of one event on one document: who wrote it, and when by the hybrid clock. All cells that a transaction writes in a
 * document share its dot. Ordered by time (unsigned), then actor: this is the "last" of last-writer-wins.
 *
 * @param hlc a {@link HybridClock} time: 48 bit of milliseconds since 1970, 16 bit of counter; 0 only in {@link #ZERO}
 */
public record Dot(long hlc, Actor actor) implements Comparable<Dot> {

    /** Before every event: the counter epoch that exists without any RESTART. */
    public static final Dot ZERO = new Dot(0, Actor.ZERO);

    public static Dot max(Dot a, Dot b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    @Override
    public int compareTo(Dot other) {
        int order = Long.compareUnsigned(hlc, other.hlc);
        return order != 0 ? order : actor.compareTo(other.actor);
    }

    // Written out: dots are compared millions of times a second, mostly with themselves.
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Dot that && hlc == that.hlc && actor.equals(that.actor));
    }

    @Override
    public int hashCode() {
        return Long.hashCode(hlc) * 31 + actor.hashCode();
    }
}
