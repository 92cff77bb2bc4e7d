package io.ibid.core.store;

import io.ibid.core.index.EntryFormat;
import io.ibid.core.query.IndexShape;
import io.ibid.core.query.Typing;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Value;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The documents that a transaction has written as an index will have them, at one moment. A join asks for them once per row, so they are
 * kept until the transaction writes again.
 *
 * @param written the ids of all of them, of those that are gone or left out of the index too
 * @param sorted by the whole keys of their entries
 */
record PendingEntries(SortedSet<DocumentId> written, TreeMap<byte[], Found> sorted) {

    /** What a transaction has at the moment; confined like it. */
    static final class Kept {
        private final Transaction transaction;
        private final Map<Asked, PendingEntries> kept = new LinkedHashMap<>();

        Kept(Transaction transaction) {
            this.transaction = transaction;
        }

        private record Asked(IndexShape index, Typing typing) {}

        PendingEntries of(IndexShape index, Typing typing) {
            return kept.computeIfAbsent(
                    new Asked(index, typing), asked -> PendingEntries.of(transaction, asked.index, asked.typing));
        }

        /** The transaction writes. */
        void forget() {
            if (!kept.isEmpty()) {
                kept.clear();
            }
        }
    }

    private static PendingEntries of(Transaction transaction, IndexShape index, Typing typing) {
        EntryFormat format = transaction.image().indexes().finished(index).format();
        boolean hideHusks = transaction.settings().reading().hideHusks();
        TreeSet<DocumentId> written = new TreeSet<>();
        TreeMap<byte[], Found> sorted = new TreeMap<>(Arrays::compareUnsigned);
        try (PendingWalk walk = transaction.pendings(index.collection(), false)) {
            for (PendingWalk.Written one = walk.next(); one != null; one = walk.next()) {
                written.add(one.key().id());
                Record record = one.record();
                if (record == null || !record.isVisible(hideHusks)) {
                    continue;
                }
                Found found = Found.of(format, record, typing);
                if (index.includeMissing() || !(found.values().getFirst() instanceof Value.Missing)) {
                    sorted.put(found.wholeKey(), found);
                }
            }
        }
        return new PendingEntries(written, sorted);
    }
}
