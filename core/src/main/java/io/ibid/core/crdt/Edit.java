package io.ibid.core.crdt;

import io.ibid.core.error.Ablation;
import io.ibid.core.error.Ablation.Switch;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One local event on one document: everything that a transaction writes in it, under one dot.
 *
 * <p>A statement starts with what it is ({@link #insert}, {@link #update}, {@link #delete}, {@link #initial}) and then writes
 * fields. A write replaces all cells that it finds in its slot, those that readers do not see included: it has seen them, so it
 * supersedes them everywhere. Counters are the exception, there everybody has a cell of his own.
 *
 * <p>The document is changed at once; {@link #delta()} is the change, for the log and for other replicas.
 */
public final class Edit implements FieldWriter {

    /** UNSET of a map with more fields than this leaves no cells behind, it is remembered like a DELETE. */
    public static final int TOMBS_MAX = 16;

    /** The time of every INITIAL event: before everything else. */
    public static final long INITIAL_HLC = 1;

    private final Document document;
    private final Dot dot;
    private final Dot[] onlyDot;
    private final VersionVector before;
    private final Ablation ablation;

    Edit(Document document, Dot dot, VersionVector before, Ablation ablation) {
        if (Long.compareUnsigned(dot.hlc(), before.maxHlc()) <= 0) {
            throw new AssertionError("event " + dot + " is not later than what it has seen, " + before);
        }
        if (before.size() >= Delta.ACTORS_MAX && before.indexOf(dot.actor()) < 0) {
            throw new IbidException(
                    ErrorCode.STORE_CRDT,
                    "this document has " + before.size() + " writers already, there cannot be more");
        }
        this.document = document;
        this.dot = dot;
        this.onlyDot = new Dot[] {dot};
        this.before = before;
        this.ablation = ablation;
    }

    public Dot dot() {
        return dot;
    }

    /** Whether nothing was written: then there is no event. */
    public boolean isEmpty() {
        return document.vv.equals(before);
    }

    /** The change: merged into the document as it was before this edit, it makes the document as it is now. */
    public Delta delta() {
        return document.extract(new Known.ByVector(before));
    }

    // ---- what a statement decides before it writes fields

    /**
     * INSERT or upsert: from here on the document exists. Where readers see nothing, nothing of an older life may come back: cells
     * of a hidden husk are removed first.
     */
    public void insert(boolean hideHusks) {
        if (!document.visible(hideHusks) && document.hasLiveCells() && !ablation.has(Switch.HIDEINSERT)) {
            removeAll();
        }
        exist();
    }

    /**
     * UPDATE: does not say that the document exists, so that a concurrent DELETE still wins over it.
     *
     * @return false when there is no document to update, and nothing may be written
     */
    public boolean update(boolean hideHusks) {
        boolean visible = document.visible(hideHusks);
        if (visible && ablation.has(Switch.EXISTUPD)) {
            exist();
        }
        return visible;
    }

    /**
     * DELETE.
     *
     * @param hint what the deleted values were, for routing
     * @return false when there is no document to delete
     */
    public boolean delete(boolean hideHusks, @Nullable Hint hint) {
        if (!document.visible(hideHusks)) {
            return false;
        }
        removeAll();
        document.hint = hint;
        return true;
    }

    /**
     * Writes a document as it was "at the beginning of time": under a dot that is a function of its content, so that all replicas
     * that start with the same defaults have the same event, and any real write is later.
     *
     * @return false when the id is known here, alive, hidden or deleted: then nothing is written
     */
    public boolean initial(String collection, DocumentId id, InitialContent content) {
        boolean undelete = ablation.has(Switch.INITUNDEL) && !document.visible(false);
        if (!document.isBlank() && !undelete) {
            return false;
        }
        Dot start = ablation.has(Switch.INITDOT)
                ? dot
                : new Dot(INITIAL_HLC, Actor.initial(collection, id, content.canonicalBytes()));
        record(start);
        document.slots.put(SlotKey.EXIST, Slot.of(start, Cell.EXISTS));
        content.forEach((key, cell) ->
                document.slots.put(slotKey(key.path(), key.type()), Slot.of(start, initial(cell, start))));
        return true;
    }

    /** A counter that starts at 0 joins the epoch in which everybody counts; another value is a RESTART. */
    private Cell initial(Cell cell, Dot start) {
        return cell instanceof Cell.Counter counter && (counter.base() != 0 || ablation.has(Switch.INITZERO))
                ? new Cell.Counter(start, counter.base(), 0)
                : cell;
    }

    // ---- fields

    /** Says that the document exists. */
    public void exist() {
        write(SlotKey.EXIST, Cell.EXISTS);
    }

    @Override
    public void set(Path path, Value value) {
        if (value instanceof Value.Missing) {
            throw new IllegalArgumentException("MISSING is no content for '" + path + "'");
        }
        write(slotKey(path, FieldType.REGISTER), new Cell.Register(value));
    }

    @Override
    public void map(Path path) {
        write(slotKey(path, FieldType.MAP), Cell.MAP_MARKER);
    }

    @Override
    public void attachment(Path path, Value.Struct token) {
        write(slotKey(path, FieldType.ATTACHMENT), new Cell.Attachment(token));
    }

    @Override
    public void restart(Path path, long value) {
        write(slotKey(path, FieldType.COUNTER), new Cell.Counter(dot, value, 0));
    }

    /**
     * Adds to a counter. The event replaces this actor's own cell of the current epoch and what is left of older epochs; the
     * others' shares of the current epoch stay. Where no counter is, it joins the epoch that everybody counts in who knows of no
     * RESTART, so that the first increments of two peers add up.
     */
    public void increment(Path path, long amount) {
        SlotKey key = slotKey(path, FieldType.COUNTER);
        Slot slot = document.slots.get(key);
        Dot epoch = Variants.currentEpoch(slot, document.epoch(path));
        if (ablation.has(Switch.NOZERO) && Variants.newestEpoch(slot) == null) {
            epoch = dot;
        }
        long base = 0;
        long increment = amount;
        Slot.Builder cells = new Slot.Builder();
        for (int i = 0; slot != null && i < slot.size(); i++) {
            if (slot.cell(i) instanceof Cell.Counter counter && counter.epoch().equals(epoch)) {
                if (slot.dot(i).actor().equals(dot.actor())) {
                    base += counter.base();
                    increment += counter.increment();
                } else {
                    cells.append(slot.dot(i), counter);
                }
            }
        }
        write(key, cells, new Cell.Counter(epoch, base, increment));
    }

    /** Adds to a PN counter: an Int or a finite Float. */
    public void pnIncrement(Path path, Value amount) {
        SlotKey key = slotKey(path, FieldType.PN_COUNTER);
        Slot slot = document.slots.get(key);
        Value increment = amount;
        Slot.Builder cells = new Slot.Builder();
        for (int i = 0; slot != null && i < slot.size(); i++) {
            if (slot.cell(i) instanceof Cell.PnCounter counter) {
                if (slot.dot(i).actor().equals(dot.actor())) {
                    increment = PnSum.add(counter.increment(), increment);
                } else {
                    cells.append(slot.dot(i), counter);
                }
            }
        }
        write(key, cells, new Cell.PnCounter(increment));
    }

    @Override
    public void pnSet(Path path, Value number) {
        Slot slot = document.slots.get(slotKey(path, FieldType.PN_COUNTER));
        pnIncrement(path, slot == null ? number : PnSum.subtract(number, PnSum.of(slot)));
    }

    /**
     * UNSET: removes one type variant of the path, a MAP with everything below it.
     *
     * @param type null removes all variants
     * @return whether there was anything to remove
     */
    public boolean unset(Path path, @Nullable FieldType type) {
        checkDepth(path);
        Slots slots = document.slots;
        boolean[] kept = new boolean[slots.size()];
        Arrays.fill(kept, true);
        int live = 0;
        for (int i = 0; i < slots.size(); i++) {
            if (isRemoved(slots.key(i), path, type)) {
                kept[i] = false;
                live += slots.slot(i).isLive() ? 1 : 0;
            }
        }
        if (live == 0) {
            return false;
        }
        remove(kept, live > TOMBS_MAX);
        return true;
    }

    private static boolean isRemoved(SlotKey key, Path path, @Nullable FieldType type) {
        if (key.path().depth() == path.depth()) {
            return (type == null || type == key.type()) && key.path().equals(path);
        }
        return (type == null || type == FieldType.MAP) && key.path().startsWith(path);
    }

    /** Removes every cell of the document. */
    public void removeAll() {
        if (!document.slots.isEmpty()) {
            remove(new boolean[document.slots.size()], true);
        }
    }

    private void remove(boolean[] kept, boolean withoutTombs) {
        Slots slots = document.slots;
        record(dot);
        for (int i = 0; i < kept.length; i++) {
            if (kept[i] || !slots.slot(i).isLive()) {
                continue;
            }
            Dot epoch = Variants.newestEpoch(slots.slot(i));
            if (epoch != null && !ablation.has(Switch.NOMEM)) {
                // Else an increment made from here on could not be told from one that a RESTART has discarded.
                document.remember(slots.key(i).path(), epoch);
            }
            if (!withoutTombs) {
                slots.replace(i, Slot.of(onlyDot, Cell.TOMB));
            }
        }
        if (withoutTombs) {
            slots.retain(kept);
            document.reap = document.reap.with(dot);
            document.reapCommit = Arrivals.PENDING;
        }
    }

    private void write(SlotKey key, Cell cell) {
        requireRoom();
        record(dot);
        document.hint = null;
        document.slots.put(key, Slot.of(onlyDot, cell));
    }

    private void write(SlotKey key, Slot.Builder othersCells, Cell own) {
        requireRoom();
        record(dot);
        document.hint = null;
        othersCells.append(dot, own);
        Slot slot = othersCells.build();
        if (slot == null) {
            throw new AssertionError("a slot without the cell that was just put into it");
        }
        document.slots.put(key, slot);
    }

    private void record(Dot event) {
        document.vv = document.vv.with(event);
    }

    /** Refuses what would make a document that no receiver takes; removing is always possible. */
    private void requireRoom() {
        if (document.arrivals.size() >= Delta.DOTS_MAX) {
            throw new IbidException(
                    ErrorCode.STORE_CRDT,
                    "more than " + Delta.DOTS_MAX
                            + " fields of this document were written separately; remove some first");
        }
    }

    private SlotKey slotKey(Path path, @Nullable FieldType type) {
        checkDepth(path);
        return new SlotKey(path, ablation.has(Switch.ONETYPE) ? FieldType.REGISTER : type);
    }

    private static void checkDepth(Path path) {
        if (path.depth() == 0 || path.depth() > SlotKey.DEPTH_MAX) {
            throw new IbidException(
                    ErrorCode.STORE_CRDT,
                    "field path of " + path.depth() + " keys, where 1 to " + SlotKey.DEPTH_MAX + " are possible: '"
                            + path + "'");
        }
    }
}
