package io.ibid.core.sync;

import io.ibid.core.value.ByteReader;
import io.ibid.core.value.ByteWriter;
import io.ibid.core.value.Cbor;
import io.ibid.core.value.MalformedException;
import io.ibid.core.value.Value;
import java.util.Collections;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a receiver has of a supplier: everything that the complete queries selected at the supplier's commit. It is stored in the batch of
 * the data it speaks of, so it is exact, and an older one is always valid too. Immutable.
 *
 * @param commit the supplier's
 * @param chain the first bytes of the supplier's commit chain there
 * @param asOf the receiver's own commit up to which the supplier knew of evictions: those after it must be told again
 * @param complete the queries it holds for
 * @param tags what the supplier's filter was, see {@link FilterTags}
 * @param parked queries that were complete once and are wanted no more, and where they stood: wanting one again goes on from there
 */
record ResumeToken(
        long commit,
        int chain,
        long asOf,
        SortedSet<QueryKey> complete,
        SortedMap<String, Long> tags,
        SortedMap<QueryKey, Mark> parked) {

    /**
     * Where a query stood in the supplier's history.
     *
     * @param tag of its collection there
     * @param untilMs since 1970; later nobody is expected to come back to it
     */
    record Mark(long commit, int chain, long tag, long untilMs) {}

    /** Parked queries beyond this number are dropped, those that were parked first before others. */
    static final int PARKED_MAX = 256;

    /** How long a query stays parked. */
    static final long PARKED_MS = 24 * 3_600_000L;

    private static final int FORMAT = 3;

    ResumeToken {
        complete = Collections.unmodifiableSortedSet(new TreeSet<>(complete));
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
        parked = Collections.unmodifiableSortedMap(new TreeMap<>(parked));
    }

    byte[] encode() {
        ByteWriter out = new ByteWriter(128);
        out.u8(FORMAT).varint(commit).fixed32(chain).varint(asOf).varint(complete.size());
        complete.forEach(key -> write(out, key));
        out.varint(tags.size());
        tags.forEach((collection, tag) -> out.text(collection).fixed64(tag));
        out.varint(parked.size());
        parked.forEach((key, mark) -> {
            write(out, key);
            out.varint(mark.commit()).fixed32(mark.chain()).fixed64(mark.tag()).varint(mark.untilMs());
        });
        return out.toByteArray();
    }

    private static void write(ByteWriter out, QueryKey key) {
        out.text(key.text());
        Cbor.write(out, key.arguments());
    }

    /**
     * The token of these bytes.
     *
     * @throws MalformedException when {@link #encode} did not write them
     */
    static ResumeToken decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        if (in.u8() != FORMAT) {
            throw new MalformedException("a resume token of an unknown format");
        }
        long commit = in.varint();
        int chain = in.fixed32();
        long asOf = in.varint();
        SortedSet<QueryKey> complete = new TreeSet<>();
        for (int left = in.count(2); left > 0; left--) {
            complete.add(readKey(in));
        }
        SortedMap<String, Long> tags = new TreeMap<>();
        for (int left = in.count(9); left > 0; left--) {
            tags.put(in.text(), in.fixed64());
        }
        SortedMap<QueryKey, Mark> parked = new TreeMap<>();
        for (int left = in.count(16); left > 0; left--) {
            QueryKey key = readKey(in);
            parked.put(key, new Mark(in.varint(), in.fixed32(), in.fixed64(), in.varint()));
        }
        in.expectEnd();
        return new ResumeToken(commit, chain, asOf, complete, tags, parked);
    }

    private static QueryKey readKey(ByteReader in) {
        String text = in.text();
        if (Cbor.read(in) instanceof Value.Struct arguments) {
            return new QueryKey(text, arguments);
        }
        throw new MalformedException("arguments of a query that are no struct");
    }

    /** The token after a unit: these queries stand at its commit, the others where they stood. */
    ResumeToken advanced(
            long newCommit,
            int newChain,
            long newAsOf,
            SortedSet<QueryKey> nowComplete,
            SortedMap<String, Long> newTags,
            long nowMs) {
        return new ResumeToken(newCommit, newChain, newAsOf, nowComplete, newTags, parkedBut(nowComplete, nowMs));
    }

    /** The token while only these queries are wanted: the others are parked from now on, and what was parked too long is dropped. */
    ResumeToken restrictedTo(SortedSet<QueryKey> wanted, long nowMs) {
        SortedSet<QueryKey> stillComplete = new TreeSet<>(complete);
        stillComplete.retainAll(wanted);
        return new ResumeToken(commit, chain, asOf, stillComplete, tags, parkedBut(stillComplete, nowMs));
    }

    private SortedMap<QueryKey, Mark> parkedBut(SortedSet<QueryKey> nowComplete, long nowMs) {
        SortedMap<QueryKey, Mark> nowParked = new TreeMap<>(parked);
        for (QueryKey key : complete) {
            // A server always wants everything.
            if (!nowComplete.contains(key) && !key.isEverything()) {
                nowParked.put(key, new Mark(commit, chain, tags.getOrDefault(key.collection(), 0L), nowMs + PARKED_MS));
            }
        }
        nowParked.keySet().removeAll(nowComplete);
        // A clock that was set back would keep them for longer.
        nowParked.values().removeIf(mark -> mark.untilMs() <= nowMs || mark.untilMs() > nowMs + PARKED_MS);
        while (nowParked.size() > PARKED_MAX) {
            nowParked.remove(oldest(nowParked));
        }
        return nowParked;
    }

    private static QueryKey oldest(SortedMap<QueryKey, Mark> parked) {
        return parked.entrySet().stream()
                .min(Comparator.comparingLong(entry -> entry.getValue().untilMs()))
                .orElseThrow()
                .getKey();
    }

    /** Without what eviction has made untrue: parked queries promise documents that are gone. */
    ResumeToken withoutParked() {
        return parked.isEmpty() ? this : new ResumeToken(commit, chain, asOf, complete, tags, new TreeMap<>());
    }
}
