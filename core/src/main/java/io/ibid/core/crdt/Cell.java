package io.ibid.core.crdt;

import io.ibid.core.value.FieldType;
import io.ibid.core.value.Value;

/** What one event left in one slot. Immutable. */
public sealed interface Cell {

    /** The removal of what the event saw here. Never beats a concurrent value. */
    Cell TOMB = new Tomb();
    /** The document was inserted. */
    Cell EXISTS = new Exists();
    /** An explicitly empty map. */
    Cell MAP_MARKER = new MapMarker();

    /** The type of the variant that this cell belongs to: {@link SlotKey#rank()}, and -1 for a removal, which may stand anywhere. */
    int rank();

    /** Any value but MISSING, replaced as a whole. */
    record Register(Value value) implements Cell {
        @Override
        public int rank() {
            return FieldType.REGISTER.rank();
        }
    }

    /** An attachment token, replaced as a whole. */
    record Attachment(Value.Struct token) implements Cell {
        @Override
        public int rank() {
            return FieldType.ATTACHMENT.rank();
        }
    }

    /**
     * One actor's share of a counter since a RESTART.
     *
     * @param epoch the dot of that RESTART, or {@link Dot#ZERO} for increments of a counter that nobody restarted
     * @param base what the RESTART set; carried on by the increments of the actor that made it
     * @param increment the sum of the actor's increments in this epoch (wraps at 64 bits)
     */
    record Counter(Dot epoch, long base, long increment) implements Cell {
        @Override
        public int rank() {
            return FieldType.COUNTER.rank();
        }
    }

    /** The sum of one actor's increments of a PN counter: an Int or a finite Float. */
    record PnCounter(Value increment) implements Cell {
        public PnCounter {
            if (!(increment instanceof Value.Int
                    || (increment instanceof Value.Float number && Double.isFinite(number.value())))) {
                throw new IllegalArgumentException("a PN counter holds a finite number, not " + increment);
            }
        }

        @Override
        public int rank() {
            return FieldType.PN_COUNTER.rank();
        }
    }

    /** Use {@link #MAP_MARKER}. */
    record MapMarker() implements Cell {
        @Override
        public int rank() {
            return FieldType.MAP.rank();
        }
    }

    /** Use {@link #EXISTS}. */
    record Exists() implements Cell {
        @Override
        public int rank() {
            return 0;
        }
    }

    /** Use {@link #TOMB}. */
    record Tomb() implements Cell {
        @Override
        public int rank() {
            return -1;
        }
    }
}
