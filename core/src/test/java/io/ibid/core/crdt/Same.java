package io.ibid.core.crdt;

import java.util.Objects;

/** When two replicas agree. */
final class Same {

    private Same() {}

    /** The part of a state that is a function of the events: without removal cells, whose forgetting is everybody's own business. */
    record State(VersionVector vv, Slots live, java.util.SortedMap<io.ibid.core.value.Path, Dot> epochs) {
        static State of(Document document) {
            Slots live = new Slots();
            for (int i = 0; i < document.slots().size(); i++) {
                Slot.Builder cells = new Slot.Builder();
                Slot slot = document.slots().slot(i);
                for (int j = 0; j < slot.size(); j++) {
                    if (!(slot.cell(j) instanceof Cell.Tomb)) {
                        cells.append(slot.dot(j), slot.cell(j));
                    }
                }
                Slot rest = cells.build();
                if (rest != null) {
                    live.append(document.slots().key(i), rest);
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
