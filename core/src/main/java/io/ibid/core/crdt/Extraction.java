package io.ibid.core.crdt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Computes, from the document as it stands, what a receiver lacks; nothing is kept per receiver. */
final class Extraction {

    private final Document document;
    private final Known known;
    private final boolean complete;
    /** The floor, by position in the document's vector, which names the actors of all cells. */
    private final long[] floor;

    private Dot lastFloorDot = Dot.ZERO;

    private Extraction(Document document, Known known) {
        this.document = document;
        this.known = known;
        this.complete = !switch (known) {
            case Known.ByVector(VersionVector vector) -> document.reap.isAtMost(vector);
            case Known.ByCommit(long commit) -> document.reapCommit <= commit;
        };
        this.floor = new long[document.vv.size()];
    }

    static Delta extract(Document document, Known known) {
        return new Extraction(document, known).run();
    }

    private Delta run() {
        Slots mine = document.slots;
        Slots sent = new Slots(complete ? mine.size() : 4);
        for (int i = 0; i < mine.size(); i++) {
            Slot slot = mine.slot(i);
            if (complete || !isKnown(slot)) {
                sent.appendTrusted(mine.key(i), slot);
            } else {
                for (int j = 0; j < slot.size(); j++) {
                    raiseFloor(slot.dot(j));
                }
            }
        }
        if (!complete) {
            for (int i = 0; i < document.reap.size(); i++) {
                raiseFloor(document.reap.actor(i), document.reap.hlc(i));
            }
        }
        return new Delta(document.vv, document.reap, document.epochs, sent, complete, floorVector(), document.hint);
    }

    private boolean isKnown(Slot slot) {
        for (int i = 0; i < slot.size(); i++) {
            if (!isKnown(slot.dot(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean isKnown(Dot dot) {
        return switch (known) {
            case Known.ByVector(VersionVector vector) -> vector.covers(dot);
            case Known.ByCommit(long commit) -> document.arrivedAt(dot) <= commit;
        };
    }

    private void raiseFloor(Dot dot) {
        // Neighbouring slots mostly come from one event.
        if (!dot.equals(lastFloorDot)) {
            lastFloorDot = dot;
            raiseFloor(dot.actor(), dot.hlc());
        }
    }

    private void raiseFloor(Actor actor, long hlc) {
        int index = document.vv.indexOf(actor);
        if (index < 0) {
            throw new AssertionError("a cell's actor " + actor + " is not in the version vector " + document.vv);
        }
        floor[index] = Long.compareUnsigned(hlc, floor[index]) > 0 ? hlc : floor[index];
    }

    private VersionVector floorVector() {
        Actor[] actors = new Actor[floor.length];
        long[] hlcs = new long[floor.length];
        int n = 0;
        for (int i = 0; i < floor.length; i++) {
            if (floor[i] != 0) {
                actors[n] = document.vv.actor(i);
                hlcs[n++] = floor[i];
            }
        }
        return n == 0 ? VersionVector.EMPTY : VersionVector.ofSorted(Arrays.copyOf(actors, n), Arrays.copyOf(hlcs, n));
    }

    static List<Dot> digest(Document document, Known known) {
        Extraction extraction = new Extraction(document, known);
        List<Dot> dots = new ArrayList<>();
        for (Dot dot : Arrivals.distinctDots(document.slots)) {
            if (!extraction.isKnown(dot)) {
                dots.add(dot);
            }
        }
        for (int i = 0; extraction.complete && i < document.reap.size(); i++) {
            dots.add(new Dot(document.reap.hlc(i), document.reap.actor(i)));
        }
        return dots;
    }
}
