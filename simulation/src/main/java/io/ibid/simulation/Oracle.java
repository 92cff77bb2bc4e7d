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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Knows what every transaction wrote and what its writer had seen, and checks after every commit what readers can see there. It believes
 * nothing that the engine says about itself: it looks at the version vectors of the documents alone.
 *
 * <p>A document that somebody has evicted is left out from then on, since its versions may go back for its evictor; that all agree in
 * the end is checked for it too.
 */
final class Oracle {

    /** One transaction. */
    private record Written(
            int id, int origin, SortedMap<DocumentKey, Dot> dots, SortedMap<DocumentKey, VersionVector> past) {}

    /** What one peer's readers have been shown. */
    private static final class Shown {
        final TreeMap<Integer, Long> commitBySeen = new TreeMap<>();
        final TreeMap<DocumentKey, VersionVector> need = new TreeMap<>();
    }

    private final List<Written> written = new ArrayList<>();
    private final TreeMap<DocumentKey, List<Written>> byDocument = new TreeMap<>();
    private final TreeMap<Integer, Shown> shownByPeer = new TreeMap<>();
    private final TreeSet<DocumentKey> evicted = new TreeSet<>();
    private final TreeMap<String, String> stateByVector = new TreeMap<>();

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
                case Change.Evict evict -> evicted.add(evict.key());
                case Change.Write write -> {
                    Dot dot = newDot(head.vv(write.key()), write.delta().vv());
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
        Written transaction = new Written(written.size(), peer, dots, pastOf(head));
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
            if (record != null) {
                equalVectorsMeanEqualStates(peer, touch.key(), record.document());
                for (Written transaction : byDocument.getOrDefault(touch.key(), List.of())) {
                    see(shown, transaction, touch.key(), record.vv(), commit.id(), fresh);
                }
            }
        }
        check(peer, shown, state, fresh);
    }

    private void see(
            Shown shown, Written transaction, DocumentKey key, VersionVector vv, long commit, List<Written> fresh) {
        if (!shown.commitBySeen.containsKey(transaction.id()) && vv.covers(dotOf(transaction, key))) {
            shown.commitBySeen.put(transaction.id(), commit);
            join(shown.need, transaction);
            fresh.add(transaction);
        }
    }

    private void check(int peer, Shown shown, Published state, List<Written> fresh) {
        for (Written transaction : fresh) {
            transaction.dots().forEach((key, dot) -> {
                if (!evicted.contains(key) && !vv(state, key).covers(dot)) {
                    throw new Violation(
                            "I3",
                            "peer " + peer + " shows a part of transaction " + transaction.id() + ", without "
                                    + name(key));
                }
            });
        }
        shown.need.forEach((key, vector) -> {
            if (!evicted.contains(key) && !vector.isAtMost(vv(state, key))) {
                throw new Violation(
                        "I2",
                        "peer " + peer + " at commit " + state.commitId() + " lacks of " + name(key)
                                + " what something it shows depends on: has " + vv(state, key) + ", needs " + vector);
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
        for (Integer id : shown.commitBySeen.keySet()) {
            requireKept("I8", peer, state, written.get(id), "what it had shown before");
        }
        List<Written> fresh = new ArrayList<>();
        for (DocumentKey key : byDocument.keySet()) {
            VersionVector vv = vv(state, key);
            for (Written transaction : byDocument.getOrDefault(key, List.of())) {
                see(shown, transaction, key, vv, state.commitId(), fresh);
            }
        }
        for (Written transaction : List.copyOf(written)) {
            if (transaction.origin() == peer && !shown.commitBySeen.containsKey(transaction.id())) {
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
            if (seen.commitBySeen.containsKey(transaction.id())) {
                throw new Violation(
                        "I8",
                        "peer " + other + " shows transaction " + transaction.id() + ", which its writer "
                                + transaction.origin() + " has lost");
            }
        });
        byDocument.values().forEach(transactions -> transactions.remove(transaction));
    }

    /** The receiver has, durably, everything that the supplier had shown at its commit. */
    void has(String invariant, int receiver, Published state, int supplier, long commit) {
        shown(supplier).commitBySeen.forEach((id, seenAt) -> {
            if (seenAt <= commit) {
                requireKept(
                        invariant,
                        receiver,
                        state,
                        written.get(id),
                        "what peer " + supplier + " had at commit " + commit);
            }
        });
    }

    private void requireKept(String invariant, int peer, Published state, Written transaction, String what) {
        transaction.dots().forEach((key, dot) -> {
            if (!evicted.contains(key) && !vv(state, key).covers(dot)) {
                throw new Violation(
                        invariant,
                        "peer " + peer + " lacks transaction " + transaction.id() + " in " + name(key) + ", " + what);
            }
        });
    }

    private static VersionVector vv(Published state, DocumentKey key) {
        Record record = state.record(key);
        return record == null ? VersionVector.EMPTY : record.vv();
    }

    // ---- what all agree on in the end

    /** Everything that a peer has, in words. */
    static SortedMap<String, String> state(Published state) {
        TreeMap<String, String> documents = new TreeMap<>();
        try (ChangeScan scan = state.changes(null, 0, null)) {
            for (ChangeEntry entry = scan.next(); entry != null; entry = scan.next()) {
                Record record = state.record(entry.key());
                if (record != null) {
                    documents.put(name(entry.key()), record.vv() + " " + liveState(record.document()));
                }
            }
        }
        return documents;
    }

    /** All peers take everything, so all must have the same. */
    void converged(SortedMap<Integer, SortedMap<String, String>> stateByPeer) {
        Integer first = stateByPeer.firstKey();
        SortedMap<String, String> expected = stateByPeer.getOrDefault(first, new TreeMap<>());
        stateByPeer.forEach((peer, state) -> {
            if (!state.equals(expected)) {
                throw new Violation(
                        "I5", "peers " + first + " and " + peer + " differ in " + difference(expected, state));
            }
        });
    }

    private static String difference(SortedMap<String, String> one, SortedMap<String, String> other) {
        TreeSet<String> names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        Function<@Nullable String, String> orNothing = text -> text == null ? "nothing" : text;
        for (String name : names) {
            if (!orNothing.apply(one.get(name)).equals(orNothing.apply(other.get(name)))) {
                return name + ": " + orNothing.apply(one.get(name)) + " / " + orNothing.apply(other.get(name));
            }
        }
        return "nothing";
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
