package io.ibid.core.sync.wire;

import io.ibid.core.crdt.Delta;
import io.ibid.core.crdt.VersionVector;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.store.StoreId;
import io.ibid.core.value.Value;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/**
 * What one side of a session tells the other. A session is two directions at once: in each one side is the supplier of changes, the
 * other their receiver. Immutable; arrays are not to be changed. docs/wire.md has the bytes.
 */
public sealed interface Message {

    /** No collection has a filter. */
    SortedMap<String, Long> NO_TAGS = Collections.emptySortedMap();

    /** The name in the protocol, for errors and traces. */
    default String label() {
        return MessageType.of(this).name();
    }

    /**
     * Opens a session; the first message of each side.
     *
     * @param protocol the version of the protocol, 1
     * @param peerKey the device's public key, 33 bytes
     * @param head the sender's newest durable commit
     * @param hlc the sender's hybrid clock
     * @param nonce 16 random bytes of this link
     * @param capabilities bit 0: LZ4
     * @param frameBytesMax the greatest frame that the sender takes
     * @param tombstoneTtlHours 0: for ever
     * @param credential empty when none is needed
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Hello(
            long protocol,
            String databaseId,
            byte[] peerKey,
            StoreId storeId,
            boolean isServer,
            long head,
            long hlc,
            byte[] nonce,
            long capabilities,
            int frameBytesMax,
            long tombstoneTtlHours,
            byte[] credential)
            implements Message {

        public static final long PROTOCOL = 1;
        public static final long LZ4 = 1;
        public static final int PEER_KEY_BYTES = 33;
        public static final int NONCE_BYTES = 16;
    }

    /** Receiver: changes the set of queries that it wants. Revisions count from 1; query ids are never reused in a session. */
    record Subs(long revision, List<Query> added, List<Long> removed) implements Message {
        public Subs {
            added = List.copyOf(added);
            removed = List.copyOf(removed);
        }
    }

    /**
     * One query of a SUBS.
     *
     * @param id {@link #EVERYTHING} for all user collections, which only servers may ask for; it has no text
     * @param text canonical
     * @param since up to where the receiver has what the query selects; not used for queries that the token of RESUME covers
     */
    record Query(long id, String text, Value.Struct arguments, Place since) {
        public static final long EVERYTHING = 0;
    }

    /**
     * A place in the supplier's history.
     *
     * @param commit 0 for none; then the rest is 0 too
     * @param chain the first bytes of the supplier's commit chain there
     * @param tag the filter of the collection there
     */
    record Place(long commit, int chain, long tag) {
        public static final Place NONE = new Place(0, 0, 0);
    }

    /**
     * Receiver: where it stands. Once, after the first SUBS.
     *
     * @param storeId the store that the token speaks of; with commit 0 there is no token and this is not used
     * @param commit everything up to it is durable at the receiver, for the queries named
     * @param forgotten documents that the receiver has evicted since
     */
    record Resume(
            StoreId storeId,
            long commit,
            int chain,
            List<Long> queries,
            SortedMap<String, Long> tags,
            List<DocumentKey> forgotten)
            implements Message {
        public Resume {
            queries = List.copyOf(queries);
            forgotten = List.copyOf(forgotten);
        }
    }

    /**
     * Supplier: a lane is open.
     *
     * @param queries those that begin from nothing: the receiver says of each with a {@link Recon} what it has
     * @param commit what the lane starts from, 0 for the beginning
     * @param documents how many there are in the collections of these queries, roughly
     * @param bytes 0, reserved
     */
    record ResumeOk(long revision, int lane, List<Long> queries, long commit, long documents, long bytes)
            implements Message {
        public ResumeOk {
            queries = List.copyOf(queries);
        }
    }

    /** Supplier: the token is void for these collections, or for all when none is named. */
    record Reset(Reason reason, List<String> collections) implements Message {
        public Reset {
            collections = List.copyOf(collections);
        }

        /** Numbered from 1. */
        public enum Reason {
            STORE,
            CHAIN,
            AHEAD,
            REAPED,
            OLD,
            ECHO,
            FILTER
        }
    }

    /**
     * Supplier: a piece of a lane's stream of entries.
     *
     * @param sequence from 1 on each lane
     * @param readAt the commit of the snapshot it was read from
     * @param tags filters per collection, when they changed
     * @param length bytes of the stream in this piece: what counts against the credit
     * @param entries those that end in this piece; a writer leaves them empty and takes the bytes from its {@link LaneWriter}
     */
    record Chunk(int lane, long sequence, long readAt, SortedMap<String, Long> tags, int length, List<Entry> entries)
            implements Message {
        public Chunk {
            entries = List.copyOf(entries);
        }
    }

    /** One document's change. */
    record Entry(DocumentKey key, Delta delta) {}

    /**
     * Supplier: what came since the last CUT is a unit, to be applied whole.
     *
     * @param commit the receiver has everything up to it once the unit is applied
     * @param chain the first bytes of the commit chain there
     * @param backfillLane the lane that is completed together with lane 0; 0 when none is
     * @param sequence the last CHUNK of lane 0 that belongs to it
     * @param backfillSequence likewise of the backfill lane
     * @param revision the SUBS that it was made for
     * @param forgetSeen the last FORGET that it takes into account
     */
    record Cut(
            long commit,
            int chain,
            int backfillLane,
            long sequence,
            long backfillSequence,
            long revision,
            long forgetSeen,
            SortedMap<String, Long> tags)
            implements Message {}

    /** Both: what the receiver lacks of a query, by its number, see {@link Reconciling}. */
    record Recon(long query, Reconciling step) implements Message {}

    /** Both: which documents of a collection the receiver holds, see {@link Holding}. */
    record Held(String collection, Holding holding) implements Message {}

    /** Receiver: everything up to the CUT of this commit is durable. */
    record Ack(long commit) implements Message {}

    /** Receiver: the other answer to a CUT: nothing was applied, these documents lack what their entries build on. */
    record Need(List<Wanted> documents) implements Message {
        public Need {
            documents = List.copyOf(documents);
        }
    }

    /** A document to send again, by what the receiver has of it; empty: nothing. */
    record Wanted(DocumentKey key, VersionVector vector) {}

    /** Receiver: it has evicted these documents. Numbers count from 1; the list of RESUME is number 0. */
    record Forget(long number, List<DocumentKey> documents) implements Message {
        public Forget {
            documents = List.copyOf(documents);
        }
    }

    /** Receiver: how many bytes of CHUNKs the lane may have carried in all. Only grows. */
    record Credit(int lane, long total) implements Message {}

    /** Receiver: whether lane 0 carries changes (eager) or only their dots (lazy). Reserved: this version sends and serves eager. */
    record Mode(boolean isLazy) implements Message {}

    /** Both: are you there, and the answer, which repeats the number. */
    record Ping(boolean isAnswer, long echo) implements Message {}

    /** Both: the session ends, and why. The last message. */
    record Fault(FaultCode code, String text, long retryAfterMs) implements Message {}
}
