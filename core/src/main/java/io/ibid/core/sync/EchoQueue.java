package io.ibid.core.sync;

import io.ibid.core.store.DocumentKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Documents of which the partner has shown an older version than ours, whatever it subscribes to: a copy that came back from an eviction, from a
 * forgotten deletion, from somebody who was away. The store keeps them until the partner has acknowledged them, because its resume token may have
 * passed them already, and then nothing else would tell that it is behind. Loop only.
 */
final class EchoQueue {
    /** What is read of the store at the begin of a session; the rest has its turn in the next one. */
    static final int LOADED_MAX = 10_000;

    private final SortedSet<DocumentKey> waiting = new TreeSet<>();
    private final List<DocumentKey> sent = new ArrayList<>();
    private List<DocumentKey> closing = new ArrayList<>();

    void add(DocumentKey key) {
        waiting.add(key);
    }

    /** The document was sent in the unit under way, or may not be sent. Gives whether it waited. */
    boolean dealtWith(DocumentKey key) {
        boolean waited = !waiting.isEmpty() && waiting.remove(key);
        if (waited) {
            sent.add(key);
        }
        return waited;
    }

    /** All that the partner has not acknowledged. */
    SortedSet<DocumentKey> unsettled() {
        SortedSet<DocumentKey> unsettled = new TreeSet<>(waiting);
        unsettled.addAll(sent);
        unsettled.addAll(closing);
        return unsettled;
    }

    /** The unit was closed. */
    void cut() {
        closing.addAll(sent);
        sent.clear();
    }

    /** What the partner has now, once. */
    List<DocumentKey> acknowledged() {
        List<DocumentKey> done = closing;
        closing = new ArrayList<>();
        return done;
    }
}
