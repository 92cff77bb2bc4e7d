package io.ibid.core.crdt;

import io.ibid.core.value.MalformedException;
import io.ibid.core.value.Path;
import java.util.Collections;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What one replica tells another about a document. It is merged like a whole document, but it holds only the slots in which
 * something is new; for the others it names, in {@code floor}, what the receiver must have already. So it fits every receiver
 * that knows at least the floor, whatever else it knows and from whom.
 *
 * <p>Immutable; the slots must not be changed.
 *
 * @param vv all events of the sender's document
 * @param reap removal events that left no cell behind (DELETE, UNSET of a big map, forgotten removals)
 * @param epochs per path of a counter the greatest epoch that a removal has seen there; {@link Dot#ZERO} is left out
 * @param slots whole slots with at least one unknown cell; all slots when complete
 * @param complete the receiver may lack a removal in {@code reap}: a slot that is not here has been removed
 * @param floor events the receiver must have; empty when complete
 * @param hint of a document tombstone: what its last values were
 */
public record Delta(
        VersionVector vv,
        VersionVector reap,
        SortedMap<Path, Dot> epochs,
        Slots slots,
        boolean complete,
        VersionVector floor,
        @Nullable Hint hint) {

    /** No counter was ever removed. */
    static final SortedMap<Path, Dot> NO_EPOCHS = Collections.emptySortedMap();

    /** Most entries of a version vector in a delta. */
    public static final int ACTORS_MAX = 4096;

    /** Most different dots of cells in a delta. */
    public static final int DOTS_MAX = 65_536;

    /**
     * What every decoder must check before a delta is used: that it is one which some document can have. A delta that passes
     * cannot make {@link Document#merge} fail.
     *
     * @return this
     * @throws MalformedException naming what is wrong
     */
    public Delta requireValid() {
        require(!vv.isEmpty(), "a delta of no events");
        require(vv.size() <= ACTORS_MAX, "a version vector of " + vv.size() + " actors");
        require(reap.isAtMost(vv), "reaped events that are not in the version vector");
        require(floor.isAtMost(vv), "a floor that is not in the version vector");
        require(complete ? floor.isEmpty() : reap.isAtMost(floor), "a floor that does not fit the reaped events");
        epochs.forEach((path, epoch) -> {
            require(
                    path.depth() > 0 && path.depth() <= SlotKey.DEPTH_MAX,
                    "an epoch at a path of " + path.depth() + " keys");
            require(epoch.hlc() != 0 && vv.covers(epoch), "a counter epoch that is not in the version vector");
        });
        for (int i = 0; i < slots.size(); i++) {
            requireValid(slots.key(i), slots.slot(i));
        }
        require(Arrivals.distinctDots(slots).length <= DOTS_MAX, "more than " + DOTS_MAX + " live dots");
        require(hint == null || hint.isValid(), "a routing hint that is too long or holds more than scalars");
        return this;
    }

    private void requireValid(SlotKey key, Slot slot) {
        require(
                key.path().depth() <= SlotKey.DEPTH_MAX,
                "a slot at a path of " + key.path().depth() + " keys");
        for (int i = 0; i < slot.size(); i++) {
            Cell cell = slot.cell(i);
            require(slot.dot(i).hlc() != 0 && vv.covers(slot.dot(i)), "a cell whose dot is not in the version vector");
            require(
                    cell instanceof Cell.Tomb || cell.rank() == key.rank(),
                    "a cell that does not belong into its slot");
            require(
                    !(cell instanceof Cell.Counter counter)
                            || counter.epoch().equals(Dot.ZERO)
                            || vv.covers(counter.epoch()),
                    "a counter epoch that is not in the version vector");
        }
    }

    private static void require(boolean condition, String wrong) {
        if (!condition) {
            throw new MalformedException(wrong);
        }
    }
}
