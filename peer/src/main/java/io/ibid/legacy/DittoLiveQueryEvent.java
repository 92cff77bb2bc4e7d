package io.ibid.legacy;

import io.ibid.core.live.Difference;
import java.math.BigInteger;
import java.util.List;

/** What has changed since the last call of a live query. */
public sealed interface DittoLiveQueryEvent {

    /** Whether it is the first call. */
    default boolean isInitial() {
        return this instanceof Initial;
    }

    /** A number that is the same on all peers for the same documents in the same order: 64 bits, not negative. */
    default BigInteger hash(List<DittoDocument> documents) {
        return ContentHash.of(documents);
    }

    /** The {@link #hash} as four words that people can read to each other. */
    default String hashMnemonic(List<DittoDocument> documents) {
        return ContentHash.mnemonic(hash(documents));
    }

    /** The first call: these are the documents that matched when the live query began. It comes once and before all others. */
    final class Initial implements DittoLiveQueryEvent {
        static final Initial EVENT = new Initial();

        private Initial() {}

        @Override
        public String toString() {
            return "Initial";
        }
    }

    /**
     * A later call. To make the new list out of the old one: take out what is deleted and what moves away; then, in ascending order, put
     * what is inserted and what moves in at its index in the new list, and replace what is updated.
     *
     * @param getOldDocuments those of the last call
     * @param getInsertions indices in the new list, ascending
     * @param getDeletions indices in the old list, ascending
     * @param getUpdates indices in the new list, ascending, of documents with another content than before; also of such that moved
     * @param getMoves documents that are in another order; one that is merely pushed along by others is not among them
     */
    record Update(
            List<DittoDocument> getOldDocuments,
            List<Integer> getInsertions,
            List<Integer> getDeletions,
            List<Integer> getUpdates,
            List<DittoLiveQueryMove> getMoves)
            implements DittoLiveQueryEvent {

        static Update of(List<DittoDocument> old, Difference difference) {
            return new Update(
                    old, difference.insertions(), difference.deletions(), difference.updates(), moves(difference));
        }

        static List<DittoLiveQueryMove> moves(Difference difference) {
            return difference.moves().stream()
                    .map(move -> new DittoLiveQueryMove(move.from(), move.to()))
                    .toList();
        }
    }
}
