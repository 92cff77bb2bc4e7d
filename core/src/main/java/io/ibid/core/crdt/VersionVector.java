package io.ibid.core.crdt;

import io.ibid.core.value.ByteReader;
import io.ibid.core.value.ByteWriter;
import io.ibid.core.value.MalformedException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The set of events that a document state includes: per actor the time of its latest one, meaning "all events of this actor up to
 * then". Sorted by actor; an actor without events has no entry. Immutable, so it is shared freely.
 */
public final class VersionVector {

    public static final VersionVector EMPTY = new VersionVector(new Actor[0], new long[0]);

    private final Actor[] actors;
    private final long[] hlcs;

    private VersionVector(Actor[] actors, long[] hlcs) {
        this.actors = actors;
        this.hlcs = hlcs;
    }

    /** The events of one actor up to a time. */
    public static VersionVector of(Actor actor, long hlc) {
        if (hlc == 0) {
            throw new IllegalArgumentException("no event has the time 0");
        }
        return new VersionVector(new Actor[] {actor}, new long[] {hlc});
    }

    /**
     * Takes over the two parallel arrays.
     *
     * @throws IllegalArgumentException unless the actors ascend strictly and no time is 0
     */
    public static VersionVector ofSorted(Actor[] actors, long[] hlcs) {
        if (actors.length != hlcs.length) {
            throw new IllegalArgumentException(actors.length + " actors, but " + hlcs.length + " times");
        }
        for (int i = 0; i < actors.length; i++) {
            if (hlcs[i] == 0 || (i > 0 && actors[i - 1].compareTo(actors[i]) >= 0)) {
                throw new IllegalArgumentException("entry " + i + " of a version vector is 0 or out of order");
            }
        }
        return actors.length == 0 ? EMPTY : new VersionVector(actors, hlcs);
    }

    public int size() {
        return actors.length;
    }

    public boolean isEmpty() {
        return actors.length == 0;
    }

    public Actor actor(int index) {
        return actors[index];
    }

    public long hlc(int index) {
        return hlcs[index];
    }

    /** The entry's position, or a negative number. */
    public int indexOf(Actor actor) {
        return Arrays.binarySearch(actors, actor);
    }

    /** The time of the actor's latest event, 0 when there is none. */
    public long get(Actor actor) {
        if (actors.length == 1) {
            return actors[0].equals(actor) ? hlcs[0] : 0;
        }
        int index = indexOf(actor);
        return index < 0 ? 0 : hlcs[index];
    }

    public boolean covers(Dot dot) {
        return Long.compareUnsigned(get(dot.actor()), dot.hlc()) >= 0;
    }

    /** Whether the other vector includes every event of this one. */
    @SuppressWarnings("ReferenceEquality") // saves the walk when a vector is compared with itself
    public boolean isAtMost(VersionVector other) {
        if (this == other) {
            return true;
        }
        for (int i = 0; i < actors.length; i++) {
            if (Long.compareUnsigned(hlcs[i], other.get(actors[i])) > 0) {
                return false;
            }
        }
        return true;
    }

    /** The union of both sets of events; one of the two instances where that is enough. */
    public VersionVector join(VersionVector other) {
        if (other.isAtMost(this)) {
            return this;
        }
        if (this.isAtMost(other)) {
            return other;
        }
        Actor[] joinedActors = new Actor[size() + other.size()];
        long[] joinedHlcs = new long[joinedActors.length];
        int n = 0;
        for (int i = 0, j = 0; i < size() || j < other.size(); n++) {
            int order = i == size() ? 1 : j == other.size() ? -1 : actors[i].compareTo(other.actors[j]);
            joinedActors[n] = order <= 0 ? actors[i] : other.actors[j];
            long mine = order <= 0 ? hlcs[i++] : 0;
            long his = order >= 0 ? other.hlcs[j++] : 0;
            joinedHlcs[n] = Long.compareUnsigned(mine, his) >= 0 ? mine : his;
        }
        return new VersionVector(Arrays.copyOf(joinedActors, n), Arrays.copyOf(joinedHlcs, n));
    }

    /** This vector and the event, and with it all earlier ones of its actor. */
    public VersionVector with(Dot dot) {
        int index = indexOf(dot.actor());
        if (index >= 0) {
            if (Long.compareUnsigned(hlcs[index], dot.hlc()) >= 0) {
                return this;
            }
            long[] raised = hlcs.clone();
            raised[index] = dot.hlc();
            return new VersionVector(actors, raised);
        }
        return join(of(dot.actor(), dot.hlc()));
    }

    /** The greatest time of all entries (unsigned), 0 when empty. */
    public long maxHlc() {
        long max = 0;
        for (long hlc : hlcs) {
            max = Long.compareUnsigned(hlc, max) > 0 ? hlc : max;
        }
        return max;
    }

    /** Number of entries, then per entry the actor's 16 bytes and the time as a varint. */
    public void write(ByteWriter out) {
        out.varint(size());
        for (int i = 0; i < size(); i++) {
            out.fixed64(actors[i].high());
            out.fixed64(actors[i].low());
            out.varint(hlcs[i]);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws MalformedException when it is something else, or has more than {@link Delta#ACTORS_MAX} entries
     */
    public static VersionVector read(ByteReader in) {
        int size = in.count(Actor.LENGTH + 1);
        if (size > Delta.ACTORS_MAX) {
            throw new MalformedException("a version vector of " + size + " actors");
        }
        Actor[] actors = new Actor[size];
        long[] hlcs = new long[size];
        for (int i = 0; i < size; i++) {
            actors[i] = new Actor(in.fixed64(), in.fixed64());
            hlcs[i] = in.varint();
        }
        return ofReceived(actors, hlcs);
    }

    /** As {@link #ofSorted}, of input from outside. */
    static VersionVector ofReceived(Actor[] actors, long[] hlcs) {
        try {
            return ofSorted(actors, hlcs);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("a version vector that is out of order or holds a time of 0");
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof VersionVector that
                        && Arrays.equals(hlcs, that.hlcs)
                        && Arrays.equals(actors, that.actors));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(actors) * 31 + Arrays.hashCode(hlcs);
    }

    /** {@code {actor:hlc, …}} in hexadecimal. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < actors.length; i++) {
            text.append(i == 0 ? "" : ", ").append(actors[i]).append(':').append(Long.toHexString(hlcs[i]));
        }
        return text.append('}').toString();
    }
}
