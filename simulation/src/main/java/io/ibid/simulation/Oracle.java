package io.ibid.simulation;

import io.ibid.core.crdt.Cell;
import io.ibid.core.crdt.Document;
import io.ibid.core.crdt.Dot;
import io.ibid.core.crdt.Slot;
import io.ibid.core.crdt.Slots;
import io.ibid.core.crdt.VersionVector;
import io.ibid.core.store.Change;
import io.ibid.core.store.ChangeEntry;
import io.ibid.core.store.ChangeScan;
import io.ibid.core.store.Commit;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.store.Head;
import io.ibid.core.store.Published;
import io.ibid.core.store.Record;
import io.ibid.core.store.Touch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Knows what every transaction wrote and what its writer had seen, and checks after every commit what readers can see there. It believes
 * nothing that the engine says about itself: it looks at the version vectors of the documents alone.
 *
 * <p>What may be expected of whom is for {@link Claims} to say.
 */
final class Oracle {

    /** One transaction. */
    private record Written(
            int id,
            int origin,
            long time,
            SortedMap<DocumentKey, Dot> dots,
            SortedMap<DocumentKey, VersionVector> past) {}

    /** What one peer's readers have been shown. */
    private static final class Shown {
        final TreeSet<Integer> seen = new TreeSet<>();
        /** Evictions that were decided: a crash may come between their commit and its publication. */
        final TreeSet<DocumentKey> evicted = new TreeSet<>();

        final TreeMap<DocumentKey, VersionVector> need = new TreeMap<>();
        /** What was there of each document since which commit; nothing since it was evicted. */
        final TreeMap<DocumentKey, TreeMap<Long, VersionVector>> history = new TreeMap<>();

        void note(DocumentKey key, long commit, VersionVector vv) {
            history.computeIfAbsent(key, fresh -> new TreeMap<>()).put(commit, vv);
        }

        VersionVector at(DocumentKey key, long commit) {
            Map.Entry<Long, VersionVector> last =
                    history.getOrDefault(key, new TreeMap<>()).floorEntry(commit);
            return last == null ? VersionVector.EMPTY : last.getValue();
        }
    }

    private final Claims claims;
    private final List<Written> written = new ArrayList<>();
    private final TreeMap<DocumentKey, List<Written>> byDocument = new TreeMap<>();
    private final TreeMap<Integer, Shown> shownByPeer = new TreeMap<>();
    private final TreeMap<String, String> stateByVector = new TreeMap<>();
    private final TreeMap<String, Integer> transactionByTick = new TreeMap<>();

    Oracle(Claims claims) {
        this.claims = claims;
    }

    Claims claims() {
        return claims;
    }

    private Shown shown(int peer) {
        return shownByPeer.computeIfAbsent(peer, number -> new Shown());
    }

    int transactions() {
        return written.size();
    }

    // ---- what is written

    /** A local transaction is decided: notes what it depends on before anybody can see it. */
    void decided(int peer, Head head, Change.Local change) {
        TreeMap<DocumentKey, Dot> dots = new TreeMap<>();
        for (Change.DocumentChange document : change.documents()) {
            switch (document) {
                case Change.Evict evict -> {
                    claims.evicted(evict.key());
                    shown(peer).evicted.add(evict.key());
                }
                case Change.Write write -> {
                    VersionVector before = head.vv(write.key());
                    Dot dot = newDot(before, write.delta().vv());
                    claims.written(peer, write.key(), head.record(write.key()));
                    if (dot != null) {
                        dots.put(write.key(), dot);
                    }
                }
            }
        }
        if (dots.isEmpty()) {
            return;
        }
        dots.forEach((key, dot) -> {
            List<Written> others = byDocument.computeIfAbsent(key, k -> new ArrayList<>());
            for (Written other : others) {
                if (dot.equals(other.dots().get(key))) {
                    throw new Violation(
                            "I7",
                            "transactions " + other.id() + " and " + written.size() + " have one dot in " + name(key));
                }
            }
        });
        Integer other = transactionByTick.put(peer + " " + change.hlc(), written.size());
        if (other != null) {
            throw new Violation(
                    "I7", "transactions " + other + " and " + written.size() + " of peer " + peer + " have one time");
        }
        Written transaction = new Written(written.size(), peer, change.hlc(), dots, pastOf(head));
        written.add(transaction);
        dots.keySet()
                .forEach(key -> byDocument.getOrDefault(key, new ArrayList<>()).add(transaction));
    }

    /** Null for an INITIAL document: it is one event whoever brings it in, and belongs to nobody's transaction. */
    private static @Nullable Dot newDot(VersionVector before, VersionVector after) {
        boolean isInitial = false;
        for (int i = 0; i < after.size(); i++) {
            Dot dot = new Dot(after.hlc(i), after.actor(i));
            if (!before.covers(dot)) {
                if (!dot.actor().isInitial()) {
                    return dot;
                }
                isInitial = true;
            }
        }
        if (isInitial) {
            return null;
        }
        throw new Violation("I7", "a local write whose dot was known before");
    }

    /** The join of all that is visible at the head and of what that depends on. */
    private SortedMap<DocumentKey, VersionVector> pastOf(Head head) {
        TreeMap<DocumentKey, VersionVector> past = new TreeMap<>();
        TreeSet<Integer> visible = new TreeSet<>();
        for (DocumentKey key : byDocument.keySet()) {
            VersionVector vv = head.vv(key);
            for (Written transaction : byDocument.getOrDefault(key, List.of())) {
                if (vv.covers(dotOf(transaction, key)) && visible.add(transaction.id())) {
                    join(past, transaction);
                }
            }
        }
        return past;
    }

    private static Dot dotOf(Written transaction, DocumentKey key) {
        Dot dot = transaction.dots().get(key);
        if (dot == null) {
            throw new AssertionError("transaction " + transaction.id() + " did not write " + key);
        }
        return dot;
    }

    private static void join(TreeMap<DocumentKey, VersionVector> need, Written transaction) {
        transaction.past().forEach((key, vector) -> need.merge(key, vector, VersionVector::join));
        transaction.dots().forEach((key, dot) -> {
            VersionVector own = VersionVector.of(dot.actor(), dot.hlc());
            need.merge(key, own, VersionVector::join);
        });
    }

    // ---- what is seen

    /** A commit was published: its state is what readers see from now on. */
    void published(int peer, Commit commit) {
        Published state = commit.after();
        Shown shown = shown(peer);
        List<Written> fresh = new ArrayList<>();
        for (Touch touch : commit.touched()) {
            Record record = state.record(touch.key());
            shown.note(touch.key(), commit.id(), record == null ? VersionVector.EMPTY : record.vv());
            if (record != null) {
                equalVectorsMeanEqualStates(peer, touch.key(), record.document());
                for (Written transaction : byDocument.getOrDefault(touch.key(), List.of())) {
                    see(shown, transaction, touch.key(), record.vv(), fresh);
                }
            }
        }
        check(peer, shown, state, fresh);
    }

    private void see(Shown shown, Written transaction, DocumentKey key, VersionVector vv, List<Written> fresh) {
        if (!shown.seen.contains(transaction.id()) && vv.covers(dotOf(transaction, key))) {
            shown.seen.add(transaction.id());
            join(shown.need, transaction);
            fresh.add(transaction);
        }
    }

    private void check(int peer, Shown shown, Published state, List<Written> fresh) {
        for (Written transaction : fresh) {
            transaction.dots().forEach((key, dot) -> {
                if (claims.isInOrder(peer, key) && !vv(state, key).covers(dot)) {
                    throw new Violation(
                            "I3",
                            "peer " + peer + " shows a part of transaction " + transaction.id() + ", without "
                                    + name(key));
                }
            });
        }
        shown.need.forEach((key, vector) -> {
            Record record = state.record(key);
            VersionVector has = record == null ? VersionVector.EMPTY : record.vv();
            if (!vector.isAtMost(has)
                    && (claims.isInOrder(peer, key)
                            || (record != null && claims.isInOrderWhileSelected(peer, record)))) {
                throw new Violation(
                        "I2",
                        "peer " + peer + " at commit " + state.commitId() + " lacks of " + name(key)
                                + " what something it shows depends on: has " + has + ", needs " + vector);
            }
        });
    }

    private void equalVectorsMeanEqualStates(int peer, DocumentKey key, Document document) {
        String state = liveState(document);
        String other = stateByVector.putIfAbsent(name(key) + " " + document.vv(), state);
        if (other != null && !other.equals(state)) {
            throw new Violation(
                    "I1",
                    "peer " + peer + " has another " + name(key) + " of the same version vector: " + state + " and "
                            + other);
        }
    }

    // ---- what a crash leaves

    /** A process has opened the database again: nothing that was shown, sent or acknowledged may be gone. */
    void reopened(int peer, Published state) {
        Shown shown = shown(peer);
        requireKept(
                "I8",
                peer,
                state,
                shown,
                Long.MAX_VALUE,
                key -> !shown.evicted.contains(key),
                "what it had shown before");
        shown.evicted.clear();
        List<Written> fresh = new ArrayList<>();
        for (DocumentKey key : byDocument.keySet()) {
            VersionVector vv = vv(state, key);
            shown.note(key, state.commitId(), vv);
            for (Written transaction : byDocument.getOrDefault(key, List.of())) {
                see(shown, transaction, key, vv, fresh);
            }
        }
        for (Written transaction : List.copyOf(written)) {
            if (transaction.origin() == peer && !shown.seen.contains(transaction.id())) {
                lose(transaction);
            }
        }
        check(peer, shown, state, fresh);
    }

    /**
     * The writer does not know the transaction any more, so nobody may. From now on it never was: later events of the same actor would
     * look as if they included it, and its dot is free again.
     */
    private void lose(Written transaction) {
        shownByPeer.forEach((other, seen) -> {
            if (seen.seen.contains(transaction.id())) {
                throw new Violation(
                        "I8",
                        "peer " + other + " shows transaction " + transaction.id() + ", which its writer "
                                + transaction.origin() + " has lost");
            }
        });
        byDocument.values().forEach(transactions -> transactions.remove(transaction));
        transactionByTick.remove(transaction.origin() + " " + transaction.time());
    }

    /** The receiver has, durably, everything that it is promised of what the supplier had shown at its commit. */
    void has(String invariant, int receiver, Published state, int supplier, long commit) {
        requireKept(
                invariant,
                receiver,
                state,
                shown(supplier),
                commit,
                key -> claims.isPromised(receiver, key),
                "what peer " + supplier + " had at commit " + commit);
    }

    private static void requireKept(
            String invariant,
            int peer,
            Published state,
            Shown shown,
            long commit,
            Predicate<DocumentKey> concerned,
            String what) {
        shown.history.keySet().forEach(key -> {
            VersionVector had = shown.at(key, commit);
            if (!had.isAtMost(vv(state, key)) && concerned.test(key)) {
                throw new Violation(
                        invariant,
                        "peer " + peer + " has of " + name(key) + " only " + vv(state, key) + ", not " + had + ", "
                                + what);
            }
        });
    }

    private static VersionVector vv(Published state, DocumentKey key) {
        Record record = state.record(key);
        return record == null ? VersionVector.EMPTY : record.vv();
    }

    // ---- what all agree on in the end

    /** Between two neighbours: the receiver has everything of the supplier's that it is owed, and nothing older. */
    void caughtUp(int supplier, Published has, int receiver, Published gets) {
        try (ChangeScan scan = has.changes(null, 0, null)) {
            for (ChangeEntry entry = scan.next(); entry != null; entry = scan.next()) {
                Record record = has.record(entry.key());
                if (record != null
                        && isOwed(supplier, receiver, record, gets.record(entry.key()))
                        && !record.vv().isAtMost(vv(gets, entry.key()))) {
                    throw new Violation(
                            "I4",
                            "peer " + receiver + " has of " + name(entry.key()) + " only " + vv(gets, entry.key())
                                    + ", and its neighbour " + supplier + " has " + record.vv());
                }
            }
        }
    }

    /** By kind the receiver's own version decides: what no longer matches there is left as it is. */
    private boolean isOwed(int supplier, int receiver, Record has, @Nullable Record gets) {
        return claims.isOwed(supplier, receiver, has.key())
                || claims.isOwedWhileSelected(supplier, receiver, gets == null ? has : gets);
    }

    private static String liveState(Document document) {
        StringBuilder text = new StringBuilder();
        Slots slots = document.slots();
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.slot(i);
            for (int j = 0; j < slot.size(); j++) {
                if (!(slot.cell(j) instanceof Cell.Tomb)) {
                    text.append(slots.key(i))
                            .append('=')
                            .append(slot.dot(j).hlc())
                            .append(slot.cell(j))
                            .append(' ');
                }
            }
        }
        return text.toString();
    }

    static String name(DocumentKey key) {
        return key.collection() + "/" + key.id();
    }
}
