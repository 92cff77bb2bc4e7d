package io.ibid.core.sync.wire;

import io.ibid.core.sync.reconcile.HashFilter;
import java.util.List;

/**
 * How a supplier learns which of some changed documents the receiver holds. No query selects them any more, so they are sent only to
 * a receiver that has an older version which its query does select. Immutable.
 */
public sealed interface Holding {

    /** Hashes of one question. */
    int CANDIDATES_MAX = 10_000;

    /** Supplier: there are so many documents in question, 1 to {@link #CANDIDATES_MAX}. */
    record Ask(int candidates) implements Holding {}

    /** Receiver: these are all it holds. Ends the question, and answers any other of the same catching up. */
    record Filter(HashFilter held) implements Holding {}

    /** Receiver: what it holds is more than what is asked for; the supplier shall name that. */
    record ListPlease() implements Holding {}

    /** Supplier: the keyed hashes of the documents in question. */
    record Listing(List<Long> hashes) implements Holding {
        public Listing {
            hashes = List.copyOf(hashes);
        }
    }

    /**
     * Receiver: of the documents listed it holds those at these places. Ends the question.
     *
     * @param places ascending, from 0
     */
    record Hits(List<Integer> places) implements Holding {
        public Hits {
            places = List.copyOf(places);
        }
    }
}
