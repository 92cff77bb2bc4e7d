package io.ibid.core.store;

import io.ibid.core.crdt.Arrivals;
import io.ibid.core.crdt.CellCodec;
import io.ibid.core.crdt.Document;
import io.ibid.core.crdt.Dot;
import io.ibid.core.crdt.DotCodec;
import io.ibid.core.crdt.Slot;
import io.ibid.core.crdt.Slots;
import io.ibid.core.crdt.VersionVector;
import io.ibid.core.value.ByteWriter;

/**
 * Writes the tail of a record: the causal part of a document, in terms of its value. {@link TailReader} is the mirror image.
 *
 * <p>Confined to one thread; the dictionary of actors may grow.
 */
final class TailWriter {

    static final int REAP = 1;
    static final int EPOCHS = 2;
    static final int EXIST = 4;
    static final int EXCEPTIONS = 8;
    static final int ALL = 15;

    private final ByteWriter out;
    private final Names names;
    private Arrivals events = Arrivals.NONE;
    private Dot lastDot = Dot.ZERO;
    private int lastEvent;
    private int greatestActor;

    TailWriter(ByteWriter out, Names names) {
        this.out = out;
        this.names = names;
    }

    /** Of a document whose slots are EXIST and the leaves of its value. */
    void plain(Document document, long commit) {
        Slots slots = document.slots();
        head(document, EXIST, commit);
        if (events.size() > 1) {
            for (int i = 0; i < slots.size(); i++) {
                out.varint(event(slots.slot(i).dot(0)) + 1L);
            }
        }
    }

    void any(Document document, Leaves leaves, long commit) {
        Slots slots = document.slots();
        boolean exist = slots.size() > 0 && slots.key(0).type() == null && isSingle(slots.slot(0));
        int exceptions = 0;
        for (int i = exist ? 1 : 0; i < slots.size(); i++) {
            exceptions += leaves.expresses(i) ? 0 : 1;
        }
        head(document, (exist ? EXIST : 0) | (exceptions > 0 ? EXCEPTIONS : 0), commit);
        if (events.size() > 1) {
            if (exist) {
                out.varint(event(slots.slot(0).dot(0)) + 1L);
            }
            for (int i = 0; i < leaves.size(); i++) {
                int slot = leaves.slot(i);
                out.varint(slot == Leaves.EXCEPTION ? 0 : event(slots.slot(slot).dot(0)) + 1L);
            }
        }
        if (exceptions > 0) {
            out.varint(exceptions);
            DotCodec dots = DotCodec.within(document.vv());
            for (int i = exist ? 1 : 0; i < slots.size(); i++) {
                if (!leaves.expresses(i)) {
                    CellCodec.writeKey(out, slots.key(i));
                    exception(slots.slot(i), dots);
                }
            }
        }
    }

    private static boolean isSingle(Slot slot) {
        return slot.size() == 1 && slot.isLive();
    }

    private void exception(Slot slot, DotCodec dots) {
        out.varint(slot.size());
        for (int i = 0; i < slot.size(); i++) {
            out.varint(event(slot.dot(i)));
            CellCodec.write(out, slot.cell(i), dots);
        }
    }

    private void head(Document document, int flags, long commit) {
        VersionVector vv = document.vv();
        boolean reap = !document.reap().isEmpty();
        boolean epochs = !document.epochs().isEmpty();
        out.u8(flags | (reap ? REAP : 0) | (epochs ? EPOCHS : 0));
        vector(vv);
        if (reap || epochs) {
            DotCodec dots = DotCodec.within(vv);
            if (reap) {
                out.varint(relative(document.reapCommit(), commit));
                out.varint(document.reap().size());
                for (int i = 0; i < document.reap().size(); i++) {
                    dots.write(
                            out, new Dot(document.reap().hlc(i), document.reap().actor(i)));
                }
            }
            if (epochs) {
                out.varint(document.epochs().size());
                document.epochs().forEach((path, epoch) -> {
                    CellCodec.writePath(out, path);
                    dots.write(out, epoch);
                });
            }
        }
        events = document.arrivals();
        lastDot = Dot.ZERO;
        out.varint(events.size());
        for (int i = 0; i < events.size(); i++) {
            Dot dot = events.dot(i);
            int actor = vv.indexOf(dot.actor());
            out.varint(actor);
            out.varint(vv.hlc(actor) - dot.hlc());
            out.varint(relative(events.commit(i), commit));
        }
    }

    /** The greatest number in the record written last. */
    int greatestActor() {
        return greatestActor;
    }

    /** Actors by their numbers, times by their distance to the greatest. */
    private void vector(VersionVector vv) {
        long greatest = vv.maxHlc();
        greatestActor = 0;
        out.varint(vv.size()).fixed64(greatest);
        for (int i = 0; i < vv.size(); i++) {
            int number = names.actors.number(vv.actor(i));
            greatestActor = Math.max(greatestActor, number);
            out.varint(number);
            out.varint(greatest - vv.hlc(i));
        }
    }

    /** 0: the record's own commit, so that a record does not depend on it before it has one. */
    private static long relative(long arrived, long commit) {
        if (arrived == commit) {
            return 0;
        }
        if (arrived == Arrivals.PENDING) {
            throw new AssertionError("an event that has not arrived, in a record of commit " + commit);
        }
        return arrived;
    }

    @SuppressWarnings("ReferenceEquality") // neighbours share the very same dot
    private int event(Dot dot) {
        // Neighbouring leaves mostly come from one event.
        if (dot != lastDot) {
            lastEvent = events.indexOf(dot);
            lastDot = dot;
            if (lastEvent < 0) {
                throw new AssertionError("the event table " + events + " lacks " + dot);
            }
        }
        return lastEvent;
    }
}
