package io.ibid.core.crdt;

import io.ibid.core.error.Ablation;
import io.ibid.core.value.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The state of one replicated document: a causal delta-CRDT (Almeida, Shoker, Baquero 2018) made of cells under dots and a version
 * vector as causal context.
 *
 * <p>A cell that one side has and the other lacks was either removed there (its dot is covered by the other side's vector) or is
 * new to it (not covered). That is all there is to merging, and it is why concurrent values of a register are all kept although
 * only the greatest dot is shown: were the loser dropped at merge, a concurrent DELETE that has seen only the winner would leave
 * nothing on one replica and the loser on another, with equal vectors, and nothing would ever repair it.
 *
 * <p>Equal version vectors mean equal live cells. Removals that left no cell are remembered in {@link #reap()}; a receiver that
 * may lack one of them gets the complete state, in which absence means removal. So field removals need no lifetime: their cells
 * can be forgotten at any time ({@link #reapTombs}).
 *
 * <p>Mutable, confined to whoever uses it. Writes go through {@link Edit}, everything else through {@link #merge}.
 */
public final class Document {

    VersionVector vv = VersionVector.EMPTY;
    VersionVector reap = VersionVector.EMPTY;
    long reapCommit;
    SortedMap<Path, Dot> epochs = Delta.NO_EPOCHS;
    Slots slots = new Slots();
    Arrivals arrivals = Arrivals.NONE;

    @Nullable
    Hint hint;

    /** A document of which nothing is known. */
    public Document() {}

    /** Puts together what a store has kept; the slots and the map are taken over. */
    public static Document restore(
            VersionVector vv,
            VersionVector reap,
            long reapCommit,
            SortedMap<Path, Dot> epochs,
            Slots slots,
            Arrivals arrivals,
            @Nullable Hint hint) {
        Document document = new Document();
        document.vv = vv;
        document.reap = reap;
        document.reapCommit = reapCommit;
        document.epochs = epochs;
        document.slots = slots;
        document.arrivals = arrivals;
        document.hint = hint;
        return document;
    }

    /** A document that can be changed without changing this one. */
    public Document copy() {
        return restore(vv, reap, reapCommit, epochs, slots.copy(), arrivals, hint);
    }

    // ---- state

    /** All events that are included. */
    public VersionVector vv() {
        return vv;
    }

    /** Removal events that left no cell. */
    public VersionVector reap() {
        return reap;
    }

    /** The local commit at which {@link #reap()} grew last, {@link Arrivals#PENDING} before it is committed, 0 for never. */
    public long reapCommit() {
        return reapCommit;
    }

    /** Per path of a counter the greatest epoch that a removal has seen there. Unmodifiable. */
    public SortedMap<Path, Dot> epochs() {
        return Collections.unmodifiableSortedMap(epochs);
    }

    /** The cells. To be read only. */
    public Slots slots() {
        return slots;
    }

    public Arrivals arrivals() {
        return arrivals;
    }

    /** The local commit at which the dot of a cell arrived, {@link Arrivals#PENDING} before it is committed. */
    public long arrivedAt(Dot dot) {
        return arrivals.get(dot);
    }

    /** Of a document tombstone, what its last values were; else null. */
    public @Nullable Hint hint() {
        return hint;
    }

    /** Whether nothing was ever known of this document: it is neither there nor deleted. */
    public boolean isBlank() {
        return vv.isEmpty();
    }

    /** Whether any cell but removals is left, shown or not. */
    public boolean hasLiveCells() {
        for (int i = 0; i < slots.size(); i++) {
            if (slots.slot(i).isLive()) {
                return true;
            }
        }
        return false;
    }

    /** Whether somebody's INSERT is not deleted. */
    public boolean exists() {
        Slot slot = slots.size() == 0 || slots.key(0).type() != null ? null : slots.slot(0);
        return slot != null && slot.isLive();
    }

    /**
     * Whether readers see the document: somebody's INSERT is not deleted, or a field has survived a DELETE by being updated
     * concurrently (a husk) and husks are shown.
     */
    public boolean visible(boolean hideHusks) {
        if (exists()) {
            return true;
        }
        for (int i = 0; !hideHusks && i < slots.size(); i++) {
            if (Variants.isPresent(slots.slot(i), epoch(slots.key(i).path()))) {
                return true;
            }
        }
        return false;
    }

    /** Whether it was deleted and nothing of it has survived: what is left only tells other replicas so. */
    public boolean isTombstone() {
        return !isBlank() && !visible(false);
    }

    /** What readers are shown, with all that is hidden behind it. */
    public Reading reading(Ablation ablation) {
        return Variants.read(this, ablation);
    }

    /**
     * The values that concurrent writes have left at the path, what is shown first: one element per live cell of a register or an
     * attachment, one for each other type. Empty when the field is absent.
     */
    public List<Sibling> siblings(Path path, Ablation ablation) {
        return Variants.siblings(this, path, ablation);
    }

    /** The greatest counter epoch that a removal has seen at the path, {@link Dot#ZERO} for none. */
    Dot epoch(Path path) {
        Dot epoch = epochs.isEmpty() ? null : epochs.get(path);
        return epoch == null ? Dot.ZERO : epoch;
    }

    // ---- writing

    /**
     * Begins a local event. One edit per document and transaction: its later statements write with the same one.
     *
     * @param dot a time greater than all of {@link #vv()} ({@link HybridClock}), and an actor that {@link Authorship} allows
     */
    public Edit edit(Dot dot, Ablation ablation) {
        return edit(dot, vv, ablation);
    }

    /** Goes on with an event on a copy that was edited before under the same dot; {@code before} is the vector when it began. */
    public Edit edit(Dot dot, VersionVector before, Ablation ablation) {
        return new Edit(this, dot, before, ablation);
    }

    /** Gives what was edited since the last commit its commit id. {@link #merge} does it by itself. */
    public void stamp(long commit) {
        arrivals = arrivals.settled(slots, commit);
        if (reapCommit == Arrivals.PENDING) {
            reapCommit = commit;
        }
    }

    /**
     * Forgets field removals: their cells go, their dots go into {@link #reap()}. Safe at any time and without asking anybody; a
     * peer that lacks one of them gets the complete state from now on. Slots with a live cell are left alone.
     *
     * @param beforeMs removals made before this time (milliseconds since 1970, by their dots) go
     * @param keep of the later ones, so many of the newest stay
     * @return how many slots went; when not 0, the record must be written although the vector is the same
     */
    public int reapTombs(long beforeMs, int keep, Ablation ablation) {
        List<Integer> tombs = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            if (!slots.slot(i).isLive()) {
                tombs.add(i);
            }
        }
        tombs.sort((a, b) -> newest(slots.slot(a)).compareTo(newest(slots.slot(b))));
        boolean[] kept = new boolean[slots.size()];
        Arrays.fill(kept, true);
        int reaped = 0;
        while (reaped < tombs.size()) {
            Slot slot = slots.slot(tombs.get(reaped));
            if (tombs.size() - reaped <= keep
                    && HybridClock.milliseconds(newest(slot).hlc()) >= beforeMs) {
                break;
            }
            kept[tombs.get(reaped)] = false;
            for (int i = 0; i < slot.size() && !ablation.has(Ablation.Switch.NOREAP); i++) {
                reap = reap.with(slot.dot(i));
                // Peers who had this removal by commit C still have it, so this is not news to them.
                reapCommit = Math.max(reapCommit, arrivedAt(slot.dot(i)));
            }
            reaped++;
        }
        if (reaped > 0) {
            slots.retain(kept);
            arrivals = arrivals.settled(slots, Arrivals.PENDING);
        }
        return reaped;
    }

    private static Dot newest(Slot slot) {
        return slot.dot(slot.size() - 1);
    }

    /** Raises the remembered epoch of a counter. */
    void remember(Path path, Dot epoch) {
        if (epoch.compareTo(epoch(path)) > 0) {
            SortedMap<Path, Dot> raised = new TreeMap<>(epochs);
            raised.put(path, epoch);
            epochs = raised;
        }
    }

    // ---- exchanging

    /** What a receiver with this knowledge lacks. */
    public Delta extract(Known known) {
        return Extraction.extract(this, known);
    }

    /**
     * The dots of all cells that a receiver with this knowledge lacks, and {@link #reap()} when it has grown since: a receiver
     * that covers all of them has every event of this document.
     */
    public List<Dot> digest(Known known) {
        return Extraction.digest(this, known);
    }

    /** Whether this document knows what the delta takes for granted. */
    public boolean applicable(Delta delta, Ablation ablation) {
        return ablation.has(Ablation.Switch.NOFLOOR) || delta.floor().isAtMost(vv);
    }

    /**
     * Whether the joined document would keep the bounds that every receiver demands. If not, the delta must be refused: nobody
     * would take the document from here any more.
     */
    public boolean fits(Delta delta) {
        if (vv.size() + delta.vv().size() <= Delta.ACTORS_MAX
                && arrivals.size() + delta.slots().cells() <= Delta.DOTS_MAX) {
            return true;
        }
        Document joined = copy();
        joined.merge(delta, Arrivals.PENDING, Ablation.NONE);
        return joined.vv.size() <= Delta.ACTORS_MAX && joined.arrivals.size() <= Delta.DOTS_MAX;
    }

    /**
     * Joins the delta into this document. Total on everything that {@link Delta#requireValid} accepts.
     *
     * @param delta one that is {@link #applicable}
     * @param commit the local commit that this merge is part of
     */
    public MergeOutcome merge(Delta delta, long commit, Ablation ablation) {
        return Merge.merge(this, delta, commit, ablation);
    }

    @Override
    public String toString() {
        return "Document" + slots + vv;
    }
}
