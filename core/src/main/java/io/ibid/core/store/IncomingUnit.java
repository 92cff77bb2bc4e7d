package io.ibid.core.store;

import io.ibid.core.crdt.Delta;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A unit as a session has staged it, up to its CUT: deltas that are applied all together or not at all. Read by the holder of the
 * writer turn, while the session leaves it alone; it is walked more than once and never held in memory as a whole.
 */
public interface IncomingUnit {

    /** The store that sent it. */
    StoreId supplier();

    /** A new walk over the deltas: always the same ones, in the order of their arrival. One document may have several. */
    Deltas open();

    /** What this store wants to have. */
    default Reception reception() {
        return Reception.ALL;
    }

    /**
     * Whether the document was evicted here after the last FORGET that the supplier had seen at the CUT: its delta must then build on
     * what is really here, not on deltas staged before.
     */
    default boolean isForgottenUnseen(DocumentKey key) {
        return false;
    }

    /** Written in the batch of the unit: its resume token. Not written when the unit changes no document. */
    List<SidePut> sidePuts();

    /** One walk. */
    interface Deltas extends AutoCloseable {

        /** The next delta, or null after the last one. */
        @Nullable
        Staged next();

        @Override
        void close();
    }

    /** One delta for one document. */
    record Staged(DocumentKey key, Delta delta) {}
}
