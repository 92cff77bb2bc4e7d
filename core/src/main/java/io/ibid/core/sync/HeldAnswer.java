package io.ibid.core.sync;

import io.ibid.core.query.SubscriptionQuery;
import io.ibid.core.storage.Storage;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.store.IncomingUnit;
import io.ibid.core.store.Published;
import io.ibid.core.store.Record;
import io.ibid.core.store.RecordScan;
import io.ibid.core.sync.reconcile.HashFilter;
import io.ibid.core.sync.reconcile.ItemHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks up, off the loop, what is held of a collection: the documents that one of our queries on it selects in our own version, and those that are
 * staged. A document that no query selects any more stays as it is, so nobody needs to know of it. For one walk.
 */
final class HeldAnswer {
    /** A list of the documents in question costs eight bytes each, a filter a byte and a quarter for each that is held. */
    private static final int HELD_PER_CANDIDATE = 6;

    private final String collection;
    private final List<SubscriptionQuery> queries;
    private final List<Segment> staged;
    private final ItemHash hash;

    /** @param staged sealed, and nothing of them still to be written */
    HeldAnswer(String collection, List<SubscriptionQuery> queries, List<Segment> staged, ItemHash hash) {
        this.collection = collection;
        this.queries = queries;
        this.staged = staged;
        this.hash = hash;
    }

    /** Takes the hashes of what is held. */
    private interface Sink {
        /** Whether more is wanted. */
        boolean take(long hashOfName);
    }

    /** All that is held, or null when naming so many candidates is cheaper. */
    @Nullable
    HashFilter filter(int candidates, Published published, Storage scratch) {
        int max = Math.min(HELD_PER_CANDIDATE * candidates + Long.BYTES, HashFilter.SIZE_MAX);
        Collected collected = new Collected(max);
        walk(published, scratch, collected);
        return collected.isTooMuch ? null : HashFilter.of(collected.hashes, collected.size);
    }

    private static final class Collected implements Sink {
        private final int max;
        long[] hashes = new long[64];
        int size;
        boolean isTooMuch;

        Collected(int max) {
            this.max = max;
        }

        @Override
        public boolean take(long hashOfName) {
            isTooMuch = size == max;
            if (!isTooMuch) {
                if (size == hashes.length) {
                    hashes = Arrays.copyOf(hashes, 2 * size);
                }
                hashes[size++] = hashOfName;
            }
            return !isTooMuch;
        }
    }

    /** Which of the candidates are held: their places, ascending. */
    List<Integer> hits(List<Long> candidates, Published published, Storage scratch) {
        TreeMap<Long, List<Integer>> places = new TreeMap<>();
        for (int i = 0; i < candidates.size(); i++) {
            places.computeIfAbsent(candidates.get(i), same -> new ArrayList<>()).add(i);
        }
        List<Integer> hits = new ArrayList<>();
        walk(published, scratch, hashOfName -> {
            List<Integer> found = places.remove(hashOfName);
            if (found != null) {
                hits.addAll(found);
            }
            return !places.isEmpty();
        });
        hits.sort(null);
        return hits;
    }

    private void walk(Published published, Storage scratch, Sink sink) {
        if (walkStored(published, sink)) {
            walkStaged(scratch, sink);
        }
    }

    private boolean walkStored(Published published, Sink sink) {
        if (queries.isEmpty()) {
            return true;
        }
        try (RecordScan scan = published.records(collection)) {
            for (Record record = scan.next(); record != null; record = scan.next()) {
                if (isSelected(record) && !sink.take(hash.hash(record.key()))) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean isSelected(Record record) {
        for (SubscriptionQuery query : queries) {
            if (query.isUnfiltered() || (!record.isTombstone() && query.matches(record.row(query.typing())))) {
                return true;
            }
        }
        return false;
    }

    private void walkStaged(Storage scratch, Sink sink) {
        for (Segment segment : staged) {
            try (Segment.Walk walk = segment.walk(scratch)) {
                for (IncomingUnit.Staged entry = walk.next(); entry != null; entry = walk.next()) {
                    DocumentKey key = entry.key();
                    if (key.collection().equals(collection) && !sink.take(hash.hash(key))) {
                        return;
                    }
                }
            }
        }
    }
}
