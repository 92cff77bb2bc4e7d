package io.ibid.core.sync;

import io.ibid.core.crdt.Known;
import io.ibid.core.crdt.VersionVector;
import io.ibid.core.store.ChangeEntry;
import io.ibid.core.store.ChangeScan;
import io.ibid.core.store.Commit;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.store.Published;
import io.ibid.core.store.Record;
import io.ibid.core.store.StoreId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a supplier stands in its own history, and which documents it owes besides. A position is a commit and a document, since one
 * commit may hold more documents than a chunk. Loop only.
 */
final class ChangeCursor {
    private static final int ENTRIES_PER_RUN_MAX = 1_000;
    private static final int EVICTED_MAX = 10_000;

    private final Interest interest;
    private final StoreId partner;
    private final HeldInquiry inquiry;

    private long commit;
    private @Nullable DocumentKey document;

    /** To be sent by what the partner has of them. */
    private final SequencedMap<DocumentKey, VersionVector> needed = new LinkedHashMap<>();
    /** To be sent whole, if the partner still wants them: it has evicted them. */
    private final SequencedMap<DocumentKey, Boolean> forgotten = new LinkedHashMap<>();
    /** To be sent although no query selects them: they left one, or the partner's own version of them is behind. */
    private final SequencedMap<DocumentKey, Boolean> owed = new LinkedHashMap<>();
    /** Selected only now, so the partner hardly has them. */
    private final TreeSet<DocumentKey> arrived = new TreeSet<>();
    /** Sent out of turn in this unit, and at which commit: need not be sent again there. */
    private final TreeMap<DocumentKey, Long> sentOutOfTurn = new TreeMap<>();

    /**
     * Documents that the partner has evicted in this session. What it sent of them before may arrive here after we were told, so
     * that a version with its mark is not what it has.
     */
    private final TreeSet<DocumentKey> evicted = new TreeSet<>();

    private final FreshChanges fresh = new FreshChanges();
    private boolean trustsOrigins = true;
    private long passedOver;
    /** Tombstones of before this hour are left out where the partner has nothing. */
    private long tombstonesFromHour;

    /** Takes what is to be sent. */
    interface Sink {
        void append(DocumentKey key, Record record, Known known);

        /** Whether nothing more shall be read in this run. */
        boolean isFull();
    }

    /** @param inquiry gets the documents that no query selects any more and that the partner may hold all the same */
    ChangeCursor(Interest interest, StoreId partner, HeldInquiry inquiry) {
        this.interest = interest;
        this.partner = partner;
        this.inquiry = inquiry;
    }

    /** A commit was published. */
    void committed(Commit fresh) {
        this.fresh.add(fresh);
    }

    void needed(DocumentKey key, VersionVector vector) {
        needed.put(key, vector);
    }

    void forgotten(DocumentKey key) {
        forgotten.put(key, true);
        if (trustsOrigins && evicted.add(key) && evicted.size() > EVICTED_MAX) {
            trustsOrigins = false;
            evicted.clear();
        }
    }

    void owed(DocumentKey key) {
        owed.put(key, true);
    }

    void arrived(DocumentKey key) {
        arrived.add(key);
    }

    /** The partner begins with nothing, and would forget tombstones of before this hour at once. */
    void beginWithTombstonesFrom(long hour) {
        tombstonesFromHour = hour;
    }

    /** Documents that wait to be sent out of turn. */
    int outOfTurn() {
        return needed.size() + forgotten.size() + owed.size();
    }

    long passedOver() {
        return passedOver;
    }

    /** Everything behind this commit is looked at again, whatever became of it out of turn: a filter may have kept it away. */
    void moveBackTo(long since) {
        sentOutOfTurn.clear();
        if (since < commit) {
            startAt(since);
        }
    }

    void startAt(long since) {
        commit = since;
        document = null;
    }

    /** Where it stands in the history. */
    Waiting.Place place() {
        return new Waiting.Place(interest.collections(), commit, document);
    }

    /** A unit ends here. */
    void cut(long head) {
        startAt(head);
        tombstonesFromHour = 0;
        arrived.clear();
        sentOutOfTurn.clear();
    }

    /** Hands over what is to be sent next; true when nothing is left in the snapshot. */
    boolean gather(Published snapshot, Sink sink) {
        return gatherOutOfTurn(snapshot, sink) && scan(snapshot, sink);
    }

    private boolean gatherOutOfTurn(Published snapshot, Sink sink) {
        while (outOfTurn() > 0) {
            if (sink.isFull()) {
                return false;
            }
            Map.Entry<DocumentKey, VersionVector> need = needed.pollFirstEntry();
            if (need != null) {
                send(snapshot, sink, need.getKey(), new Known.ByVector(need.getValue()), true);
                continue;
            }
            Map.Entry<DocumentKey, Boolean> lost = forgotten.pollFirstEntry();
            if (lost != null) {
                send(snapshot, sink, lost.getKey(), Known.NOTHING, false);
                continue;
            }
            DocumentKey key = owed.pollFirstEntry().getKey();
            long since = interest.since(key.collection());
            send(snapshot, sink, key, since == Long.MAX_VALUE ? Known.NOTHING : new Known.ByCommit(since), true);
        }
        return true;
    }

    private void send(Published snapshot, Sink sink, DocumentKey key, Known known, boolean isOwed) {
        Record record = snapshot.record(key);
        if (record != null && (isOwed || interest.selects(key.collection(), record))) {
            sink.append(key, record, known);
            sentOutOfTurn.put(key, record.commit());
        }
    }

    private boolean scan(Published snapshot, Sink sink) {
        if (interest.size() == 0) {
            return true;
        }
        if (document == null && fresh.lead(commit, snapshot.commitId())) {
            return takeFresh(snapshot, sink);
        }
        try (ChangeScan scan = snapshot.changes(interest.collections(), commit, document)) {
            for (int i = 0; i < ENTRIES_PER_RUN_MAX; i++) {
                if (sink.isFull() || inquiry.isFull()) {
                    return false;
                }
                ChangeEntry entry = scan.next();
                if (entry == null) {
                    return true;
                }
                if (isWanted(entry)) {
                    look(sink, entry, recordOf(snapshot, entry));
                }
                commit = entry.commit();
                document = entry.key();
            }
        }
        return false;
    }

    private boolean takeFresh(Published snapshot, Sink sink) {
        for (ChangeEntry entry : fresh.after(commit)) {
            if (sink.isFull() || inquiry.isFull()) {
                return false; // goes on in the index
            }
            if (interest.concerns(entry.key().collection()) && isWanted(entry)) {
                Record record = snapshot.record(entry.key());
                // Else the index has it no more: a later entry follows.
                if (record != null && record.commit() == entry.commit()) {
                    look(sink, entry, record);
                }
            }
            commit = entry.commit();
            document = entry.key();
        }
        startAt(snapshot.commitId());
        return true;
    }

    /** Whether the document has to be looked at. */
    private boolean isWanted(ChangeEntry entry) {
        if (entry.evicted() || entry.commit() <= interest.since(entry.key().collection()) || isFromPartner(entry)) {
            return false;
        }
        Long sent = sentOutOfTurn.get(entry.key());
        return sent == null || sent != entry.commit();
    }

    private static Record recordOf(Published snapshot, ChangeEntry entry) {
        Record record = snapshot.record(entry.key());
        if (record == null) {
            throw new AssertionError("the change index names " + entry.key() + ", which is not there");
        }
        return record;
    }

    private void look(Sink sink, ChangeEntry entry, Record record) {
        DocumentKey key = entry.key();
        long base = interest.base(key.collection(), record);
        if (base < 0) {
            passedOver++;
            if (entry.commit() > interest.unwatchedSince(key.collection()) && inquiry.suspects(key)) {
                owed(key);
            }
        } else if (base == 0 && record.isTombstone() && record.tombstoneHour() < tombstonesFromHour) {
            passedOver++;
        } else if (entry.commit() > base) {
            sink.append(key, record, arrived.contains(key) ? Known.NOTHING : new Known.ByCommit(base));
        }
    }

    private boolean isFromPartner(ChangeEntry entry) {
        return partner.equals(entry.origin())
                && trustsOrigins
                && !evicted.contains(entry.key())
                && entry.commit() > interest.originsFrom(entry.key().collection());
    }
}
