package io.ibid.core.sync.wire;

import io.ibid.core.crdt.Actor;
import io.ibid.core.crdt.Cell;
import io.ibid.core.crdt.Delta;
import io.ibid.core.crdt.Dot;
import io.ibid.core.crdt.Slot;
import io.ibid.core.crdt.Slots;
import io.ibid.core.crdt.VersionVector;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.value.ByteWriter;
import io.ibid.core.value.Cbor;

/**
 * Writes one document's delta into the stream of a lane. Short where changes usually are alike: vectors say only what is new since
 * the document was last named, and a cell with the dot of the cell before it does not repeat it.
 */
final class EntryWriter {
    static final int KIND_DELTA = 0;
    static final int KIND_COMPLETE = 1;
    static final int KIND_MASK = 0x03;
    static final int HAS_REAP = 0x04;
    static final int HAS_EPOCHS = 0x08;
    static final int HAS_FLOOR = 0x10;
    static final int HAS_HINT = 0x20;
    static final int IS_FRESH = 0x40;

    static final int RANK_MASK = 0x07;
    static final int ONE_CELL = 0x08;
    static final int SAME_DOT = 0x10;
    static final int ONE_TOMB = 0x20;
    static final int CELL_TOMB = 6;

    static final int EPOCH_ZERO = 0;
    static final int EPOCH_OWN = 1;
    static final int EPOCH_OTHER = 2;

    private final VocabularyWriter words;
    private Dot previousDot = Dot.ZERO;

    EntryWriter(VocabularyWriter words) {
        this.words = words;
    }

    void write(ByteWriter out, DocumentKey key, Delta delta) {
        ByteWriter name = new ByteWriter(32);
        Named document = words.document(name, key);
        boolean isFresh = !document.vv.isAtMost(delta.vv()) || !document.reap.isAtMost(delta.reap());
        VersionVector knownVv = isFresh ? VersionVector.EMPTY : document.vv;
        VersionVector knownReap = isFresh ? VersionVector.EMPTY : document.reap;
        VersionVector floor = beyond(delta.floor(), delta.reap());
        int head = delta.complete() ? KIND_COMPLETE : KIND_DELTA;
        head |= isFresh ? IS_FRESH : 0;
        head |= delta.reap().equals(knownReap) ? 0 : HAS_REAP;
        head |= delta.epochs().isEmpty() ? 0 : HAS_EPOCHS;
        head |= floor.isEmpty() ? 0 : HAS_FLOOR;
        head |= delta.hint() == null ? 0 : HAS_HINT;
        out.u8(head).bytes(name.toByteArray());
        VersionVector changed = beyond(delta.vv(), knownVv);
        words.vector(out, changed);
        previousDot = greatest(changed);
        if ((head & HAS_REAP) != 0) {
            words.vector(out, beyond(delta.reap(), knownReap));
        }
        if ((head & HAS_EPOCHS) != 0) {
            out.varint(delta.epochs().size());
            delta.epochs().forEach((path, epoch) -> {
                words.path(out, path);
                words.dot(out, epoch);
            });
        }
        slots(out, delta.slots());
        if ((head & HAS_FLOOR) != 0) {
            floor(out, floor, knownVv);
        }
        if (delta.hint() != null) {
            Cbor.write(out, delta.hint().fields());
        }
        document.remember(delta.vv(), delta.reap());
    }

    /** The entries of a vector that say more than the other does. */
    static VersionVector beyond(VersionVector vector, VersionVector known) {
        if (known.isEmpty() || vector.isEmpty()) {
            return vector;
        }
        int size = 0;
        for (int i = 0; i < vector.size(); i++) {
            size += vector.hlc(i) == known.get(vector.actor(i)) ? 0 : 1;
        }
        Actor[] actors = new Actor[size];
        long[] hlcs = new long[size];
        for (int i = 0, n = 0; i < vector.size(); i++) {
            if (vector.hlc(i) != known.get(vector.actor(i))) {
                actors[n] = vector.actor(i);
                hlcs[n++] = vector.hlc(i);
            }
        }
        return VersionVector.ofSorted(actors, hlcs);
    }

    static Dot greatest(VersionVector vector) {
        Dot greatest = Dot.ZERO;
        for (int i = 0; i < vector.size(); i++) {
            greatest = Dot.max(greatest, new Dot(vector.hlc(i), vector.actor(i)));
        }
        return greatest;
    }

    private void slots(ByteWriter out, Slots slots) {
        out.varint(slots.size());
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.slot(i);
            int tag = slots.key(i).rank();
            boolean isOne = slot.size() == 1;
            boolean isSameDot = isOne && slot.dot(0).equals(previousDot);
            tag |= isOne ? ONE_CELL : 0;
            tag |= isSameDot ? SAME_DOT : 0;
            tag |= isOne && slot.cell(0) instanceof Cell.Tomb ? ONE_TOMB : 0;
            out.u8(tag);
            if (slots.key(i).rank() != 0) {
                words.path(out, slots.key(i).path());
            }
            if (!isOne) {
                out.varint(slot.size());
            }
            for (int j = 0; j < slot.size(); j++) {
                Cell cell = slot.cell(j);
                if (!isSameDot) {
                    words.dot(out, slot.dot(j));
                }
                if (!isOne) {
                    out.u8(cell instanceof Cell.Tomb ? CELL_TOMB : cell.rank());
                }
                content(out, cell, slot.dot(j));
                previousDot = slot.dot(j);
            }
        }
    }

    private void content(ByteWriter out, Cell cell, Dot own) {
        switch (cell) {
            case Cell.Register register -> Cbor.write(out, register.value());
            case Cell.Attachment attachment -> Cbor.write(out, attachment.token());
            case Cell.PnCounter counter -> Cbor.write(out, counter.increment());
            case Cell.Counter counter -> {
                if (counter.epoch().equals(Dot.ZERO)) {
                    out.u8(EPOCH_ZERO);
                } else if (counter.epoch().equals(own)) {
                    out.u8(EPOCH_OWN);
                } else {
                    out.u8(EPOCH_OTHER);
                    words.dot(out, counter.epoch());
                }
                out.zigzag(counter.base()).zigzag(counter.increment());
            }
            case Cell.MapMarker marker -> {}
            case Cell.Exists exists -> {}
            case Cell.Tomb tomb -> {}
        }
    }

    /** An entry that equals what the document was last sent with is a number alone. */
    private void floor(ByteWriter out, VersionVector floor, VersionVector knownVv) {
        out.varint(floor.size());
        for (int i = 0; i < floor.size(); i++) {
            Actor actor = floor.actor(i);
            boolean isKnown = floor.hlc(i) == knownVv.get(actor);
            out.varint(words.actorNumber(actor) * 2L + (isKnown ? 1 : 0));
            words.newActor(out, actor);
            if (!isKnown) {
                words.floor(out, floor.hlc(i));
            }
        }
    }
}
