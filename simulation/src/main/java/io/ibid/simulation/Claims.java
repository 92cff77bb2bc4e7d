package io.ibid.simulation;

import io.ibid.core.settings.SyncScopes;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.store.Record;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is promised to whom, computed from what the world has done and never from what a database says of itself.
 *
 * <p>Causal order holds for a peer on documents that it has wanted from the beginning, when either everybody else has wanted them from the
 * beginning too, or the peers form a tree in which nobody wants or writes what the peer above does not want. Everywhere else only
 * agreement in the end is promised, between neighbours.
 *
 * <p>A document that somebody has evicted is left out of the order from then on, since its versions may go back for its evictor, and so is a
 * collection whose scope was ever restricted.
 */
final class Claims {
    /** Deletions of documents reach those who hold them, and who wants the whole collection. */
    private static final boolean DELETIONS_FIND_THEIR_QUERIES = false;

    private final Population population;
    private final List<TreeSet<Wish>> always = new ArrayList<>();
    private final List<TreeSet<Wish>> wished = new ArrayList<>();
    private final List<SyncScopes> scopes = new ArrayList<>();
    private final TreeSet<DocumentKey> evicted = new TreeSet<>();
    private final TreeSet<DocumentKey> deleted = new TreeSet<>();
    private final TreeSet<String> scoped = new TreeSet<>();
    private final TreeSet<String> blind = new TreeSet<>();
    private final TreeMap<DocumentKey, Boolean> wantedByAll = new TreeMap<>();

    Claims(Population population) {
        this.population = population;
        for (SortedSet<Wish> wishes : population.wishes()) {
            always.add(new TreeSet<>(wishes));
            wished.add(new TreeSet<>(wishes));
            scopes.add(new SyncScopes(new TreeMap<>()));
        }
    }

    // ---- what happens

    void added(int peer, Wish wish) {
        wished.get(peer).add(wish);
    }

    void cancelled(int peer, Wish wish) {
        wished.get(peer).remove(wish);
        always.get(peer).remove(wish);
        wantedByAll.clear();
    }

    void restricted(int peer, SyncScopes to) {
        scopes.set(peer, to);
        scoped.addAll(to.byCollection().keySet());
    }

    void evicted(DocumentKey key) {
        evicted.add(key);
    }

    /** The peer has written a document. Who did not hold it, or only a version that its queries did not select, does not know what others hold. */
    void written(int peer, DocumentKey key, @Nullable Record before) {
        if (before == null || !isSelected(always.get(peer), before)) {
            blind.add(peer + " " + key);
        }
    }

    void deleted(DocumentKey key) {
        deleted.add(key);
        wantedByAll.remove(key);
    }

    // ---- what is wanted now

    SortedSet<Wish> wished(int peer) {
        return wished.get(peer);
    }

    SyncScopes scopes(int peer) {
        return scopes.get(peer);
    }

    // ---- what is promised

    /** Whether a supplier of the peer may be held to its word on the document: whatever passes it, the peer gets. */
    boolean isPromised(int peer, DocumentKey key) {
        return !evicted.contains(key) && !scoped.contains(key.collection()) && isIn(always.get(peer), key);
    }

    /** Whether the peer never shows anything without what of this document that depends on. */
    boolean isInOrder(int peer, DocumentKey key) {
        return isPromised(peer, key) && (population.isShrinking() ? isPassedOn(key) : isWantedByAll(key));
    }

    /** Whether everybody who wants something of the document gets all of it, and so can pass it on. */
    private boolean isPassedOn(DocumentKey key) {
        return always.stream()
                .allMatch(wishes -> wishes.stream().noneMatch(wish -> wish.covers(key)) || isIn(wishes, key));
    }

    private boolean isWantedByAll(DocumentKey key) {
        return wantedByAll.computeIfAbsent(key, wanted -> always.stream().allMatch(wishes -> isIn(wishes, wanted)));
    }

    /**
     * Likewise for a document that the peer holds, wants by its kind and did not bring into being itself: it has only one supplier, which takes the
     * whole collection.
     */
    boolean isInOrderWhileSelected(int peer, Record record) {
        DocumentKey key = record.key();
        return population.isShrinking()
                && !evicted.contains(key)
                && !scoped.contains(key.collection())
                && isSelected(always.get(peer), record)
                && isPassedOn(key)
                && !blind.contains(peer + " " + key);
    }

    /** Whether in the end the peer has all of the document that its neighbour has. */
    boolean isOwed(int supplier, int receiver, DocumentKey key) {
        return isOpen(supplier, receiver, key.collection()) && isIn(wished.get(receiver), key);
    }

    /** Likewise, because of what the document is now. */
    boolean isOwedWhileSelected(int supplier, int receiver, Record record) {
        return isOpen(supplier, receiver, record.key().collection()) && isSelected(wished.get(receiver), record);
    }

    /** Whether the supplier's scope lets the collection pass to the receiver now. */
    boolean isOpen(int supplier, int receiver, String collection) {
        return scopes.get(supplier).of(collection).admits(population.servers().get(receiver));
    }

    private static boolean isSelected(SortedSet<Wish> wishes, Record record) {
        return wishes.stream().anyMatch(wish -> wish.selects(record));
    }

    private boolean isIn(SortedSet<Wish> wishes, DocumentKey key) {
        for (Wish wish : wishes) {
            if (wish.covers(key) && (wish.isWhole() || DELETIONS_FIND_THEIR_QUERIES || !deleted.contains(key))) {
                return true;
            }
        }
        return false;
    }
}
