package io.ibid.simulation.kernel;

import io.ibid.core.crdt.Cell;
import io.ibid.core.crdt.Document;
import io.ibid.core.crdt.Dot;
import io.ibid.core.crdt.Slot;
import io.ibid.core.crdt.SlotKey;
import io.ibid.core.crdt.VersionVector;
import io.ibid.core.value.Path;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** When two replicas agree. */
final class Same {

    private Same() {}

    /** The part of a state that is a function of the events: without removal cells, whose forgetting is everybody's own business. */
    record State(VersionVector vv, SortedMap<SlotKey, SortedMap<Dot, Cell>> live, SortedMap<Path, Dot> epochs) {
        static State of(Document document) {
            SortedMap<SlotKey, SortedMap<Dot, Cell>> live = new TreeMap<>();
            for (int i = 0; i < document.slots().size(); i++) {
                SortedMap<Dot, Cell> cells = new TreeMap<>();
                Slot slot = document.slots().slot(i);
                for (int j = 0; j < slot.size(); j++) {
                    if (!(slot.cell(j) instanceof Cell.Tomb)) {
                        cells.put(slot.dot(j), slot.cell(j));
                    }
                }
                if (!cells.isEmpty()) {
                    live.put(document.slots().key(i), cells);
                }
            }
            return new State(document.vv(), live, document.epochs());
        }
    }

    static boolean state(Document a, Document b) {
        return State.of(a).equals(State.of(b));
    }

    /** Everything that a store keeps. */
    static boolean everything(Document a, Document b) {
        return a.vv().equals(b.vv())
                && a.reap().equals(b.reap())
                && a.reapCommit() == b.reapCommit()
                && a.epochs().equals(b.epochs())
                && a.slots().equals(b.slots())
                && a.arrivals().equals(b.arrivals())
                && Objects.equals(a.hint(), b.hint());
    }
}
