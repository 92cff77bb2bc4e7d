package io.ibid.core.sync;

import io.ibid.core.store.DocumentKey;
import io.ibid.core.sync.wire.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Documents that were evicted here and that a supplier must take for unknown again. Loop only. */
final class Forgetting {
    private final List<DocumentKey> waiting = new ArrayList<>();
    private final SortedMap<DocumentKey, Told> told = new TreeMap<>();
    private long number;

    /**
     * @param number of the message that tells of it
     * @param commit our own, at which it was evicted first, or a lesser one
     */
    private record Told(long number, long commit) {}

    /** @param commit our own, at which they were evicted, or a lesser one */
    void add(List<DocumentKey> documents, long commit) {
        waiting.addAll(documents);
        // Not yet told, so no CUT can have seen it.
        documents.forEach(key -> told.merge(
                key,
                new Told(Long.MAX_VALUE, commit),
                (before, now) -> new Told(now.number, Math.min(before.commit, now.commit))));
    }

    /** The next message to send, or null. */
    Message.@Nullable Forget next() {
        if (waiting.isEmpty()) {
            return null;
        }
        List<DocumentKey> part = List.copyOf(waiting.subList(0, fitting(waiting)));
        waiting.subList(0, part.size()).clear();
        number++;
        part.forEach(key -> told.computeIfPresent(key, (same, before) -> new Told(number, before.commit)));
        return new Message.Forget(number, part);
    }

    /** How many of the documents one message takes; at least one of those there are. */
    static int fitting(List<DocumentKey> documents) {
        ListBudget budget = new ListBudget();
        for (int i = 0; i < documents.size(); i++) {
            if (!budget.takes(documents.get(i), 0)) {
                return i;
            }
        }
        return documents.size();
    }

    /** Per document the message that told of it. */
    SortedMap<DocumentKey, Long> numbers() {
        SortedMap<DocumentKey, Long> numbers = new TreeMap<>();
        told.forEach((key, one) -> numbers.put(key, one.number));
        return numbers;
    }

    /**
     * Our own commit up to which a supplier whose CUT takes the messages up to this one into account knows of all evictions.
     *
     * @param head the newest commit of ours, when there is nothing else to tell
     */
    long knownUpTo(long forgetSeen, long head) {
        long known = head;
        for (Told one : told.values()) {
            if (one.number > forgetSeen) {
                known = Math.min(known, one.commit - 1);
            }
        }
        return known;
    }

    /** A unit that takes the messages up to this one into account was applied. */
    void seen(long forgetSeen) {
        told.values().removeIf(one -> one.number <= forgetSeen);
    }
}
