package io.ibid.core.store;

import io.ibid.core.crdt.Actor;
import io.ibid.core.crdt.Dot;
import io.ibid.core.value.ByteReader;
import io.ibid.core.value.ByteWriter;

/** A {@link Pending} as bytes, for {@link Spill}: all but what the store has of the document, which is looked up again. Stateless. */
final class PendingCodec {

    private static final int CHANGED = 1;
    private static final int EVICTED = 2;
    private static final int DOT = 4;
    private static final int ENCODED = 8;

    private PendingCodec() {}

    static byte[] encode(Pending pending) {
        Change.Evict evicted = pending.evicted();
        Dot dot = pending.dot();
        Encoded encoded = pending.encoded();
        ByteWriter out = new ByteWriter(encoded == null ? 64 : encoded.body().length + 64);
        out.u8((pending.isChanged() ? CHANGED : 0)
                | (evicted == null ? 0 : EVICTED)
                | (dot == null ? 0 : DOT)
                | (encoded == null ? 0 : ENCODED));
        out.varint(pending.savepoint);
        if (evicted != null) {
            out.varint(evicted.ownHlc());
        }
        if (dot != null) {
            out.fixed64(dot.hlc()).bytes(dot.actor().bytes());
        }
        if (encoded != null) {
            out.u8(encoded.flags()).varint(encoded.valueBytes()).varint(encoded.removals());
            out.varint(encoded.greatestActor()).varint(encoded.tombstoneHour()).blob(encoded.body());
        }
        return out.toByteArray();
    }

    /** @param image what the transaction has begun on */
    static Pending decode(Image image, DocumentKey key, byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int flags = in.u8();
        int savepoint = in.varint(Integer.MAX_VALUE);
        Change.Evict evicted = (flags & EVICTED) == 0 ? null : new Change.Evict(key, in.varint());
        Dot dot = (flags & DOT) == 0 ? null : new Dot(in.fixed64(), Actor.of(in.bytes(Actor.LENGTH)));
        Encoded encoded = (flags & ENCODED) == 0 ? null : encoded(in);
        in.expectEnd();
        Pending pending = Pending.load(image, key);
        pending.restore(savepoint, evicted, dot, encoded, (flags & CHANGED) != 0);
        return pending;
    }

    private static Encoded encoded(ByteReader in) {
        int flags = in.u8();
        int valueBytes = in.varint(Integer.MAX_VALUE);
        int removals = in.varint(Integer.MAX_VALUE);
        int greatestActor = in.varint(Integer.MAX_VALUE);
        int tombstoneHour = in.varint(Integer.MAX_VALUE);
        return new Encoded(flags, in.blob(), valueBytes, removals, greatestActor, tombstoneHour);
    }
}
