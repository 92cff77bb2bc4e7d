package io.ibid.core.crdt;

import io.ibid.core.error.Ablation;
import io.ibid.core.value.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The join of a document with a delta: in every slot that the delta speaks about, a cell stays if both sides have it or if the
 * side without it does not cover its dot. One walk over both sorted lists of slots.
 */
final class Merge {

    private final Document document;
    private final Delta delta;
    private final Ablation ablation;
    private int equivocations;

    private Merge(Document document, Delta delta, Ablation ablation) {
        this.document = document;
        this.delta = delta;
        this.ablation = ablation;
    }

    static MergeOutcome merge(Document document, Delta delta, long commit, Ablation ablation) {
        boolean knewMore = !document.vv.isAtMost(delta.vv());
        if (delta.vv().isAtMost(document.vv)) {
            return new MergeOutcome(false, knewMore, 0);
        }
        Merge merge = new Merge(document, delta, ablation);
        document.slots = merge.joinSlots();
        document.vv = document.vv.join(delta.vv());
        VersionVector reap = document.reap.join(delta.reap());
        if (!reap.equals(document.reap)) {
            document.reap = reap;
            document.reapCommit = commit;
        }
        document.epochs = joinEpochs(document.epochs, delta.epochs());
        document.stamp(commit);
        merge.joinHint(knewMore);
        return new MergeOutcome(true, knewMore, merge.equivocations);
    }

    private Slots joinSlots() {
        Slots mine = document.slots;
        Slots his = delta.slots();
        if (mine.isEmpty() && document.vv.isEmpty()) {
            return his.copy();
        }
        Slots joined = new Slots(mine.size() + his.size());
        int i = 0;
        int j = 0;
        while (i < mine.size() || j < his.size()) {
            int order =
                    i == mine.size() ? 1 : j == his.size() ? -1 : mine.key(i).compareTo(his.key(j));
            SlotKey key = order <= 0 ? mine.key(i) : his.key(j);
            Slot here = order <= 0 ? mine.slot(i++) : null;
            Slot there = order >= 0 ? his.slot(j++) : null;
            Slot slot = there == null && !delta.complete() ? here : joinSlot(here, there);
            if (slot != null) {
                joined.appendTrusted(key, slot);
            }
        }
        return joined;
    }

    private @Nullable Slot joinSlot(@Nullable Slot mine, @Nullable Slot his) {
        if (mine == null || his == null) {
            Slot only = mine == null ? his : mine;
            return only == null ? null : uncovered(only, mine == null ? document.vv : delta.vv());
        }
        Slot.Builder joined = new Slot.Builder();
        int i = 0;
        int j = 0;
        while (i < mine.size() || j < his.size()) {
            int order =
                    i == mine.size() ? 1 : j == his.size() ? -1 : mine.dot(i).compareTo(his.dot(j));
            if (order == 0) {
                joined.append(mine.dot(i), sameDot(mine.cell(i++), his.cell(j++)));
            } else if (order < 0) {
                if (!delta.vv().covers(mine.dot(i))) {
                    joined.append(mine.dot(i), mine.cell(i));
                }
                i++;
            } else {
                if (!document.vv.covers(his.dot(j))) {
                    joined.append(his.dot(j), his.cell(j));
                }
                j++;
            }
        }
        Slot slot = joined.build();
        return slot != null && ablation.has(Ablation.Switch.LWWDROP) ? lastWriterOnly(slot) : slot;
    }

    /** The cells that the other side has not removed. */
    private static @Nullable Slot uncovered(Slot slot, VersionVector other) {
        int covered = 0;
        for (int i = 0; i < slot.size(); i++) {
            covered += other.covers(slot.dot(i)) ? 1 : 0;
        }
        if (covered == 0) {
            return slot;
        }
        Slot.Builder rest = new Slot.Builder();
        for (int i = 0; i < slot.size(); i++) {
            if (!other.covers(slot.dot(i))) {
                rest.append(slot.dot(i), slot.cell(i));
            }
        }
        return rest.build();
    }

    /** A dot names one cell. Should two turn up, every replica must keep the same one. */
    private Cell sameDot(Cell mine, Cell his) {
        if (mine.equals(his)) {
            return mine;
        }
        equivocations++;
        return Arrays.compareUnsigned(CellCodec.canonicalBytes(mine), CellCodec.canonicalBytes(his)) >= 0 ? mine : his;
    }

    /** Ablation: what a last-writer-wins register would do. */
    private static Slot lastWriterOnly(Slot slot) {
        for (int i = 0; i < slot.size(); i++) {
            if (slot.cell(i) instanceof Cell.Counter) {
                return slot;
            }
        }
        int winner = slot.isLive() ? slot.winner() : slot.size() - 1;
        return Slot.of(slot.dot(winner), slot.cell(winner));
    }

    private static SortedMap<Path, Dot> joinEpochs(SortedMap<Path, Dot> mine, SortedMap<Path, Dot> his) {
        if (his.isEmpty()) {
            return mine;
        }
        SortedMap<Path, Dot> joined = new TreeMap<>(mine);
        his.forEach((path, epoch) -> joined.merge(path, epoch, Dot::max));
        return joined;
    }

    private void joinHint(boolean knewMore) {
        if (document.hint == null && delta.hint() == null) {
            return;
        }
        // Who has seen all that we had also decided what to say about it.
        Hint joined = knewMore ? Hint.join(document.hint, delta.hint()) : delta.hint();
        document.hint = document.isTombstone() ? joined : null;
    }
}
