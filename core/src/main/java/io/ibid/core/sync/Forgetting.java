package io.ibid.core.sync;

import io.ibid.core.store.DocumentKey;
import io.ibid.core.sync.wire.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Documents that were evicted here and that a supplier must take for unknown again. Loop only. */
final class Forgetting {
    private final List<DocumentKey> waiting = new ArrayList<>();
    private final SortedMap<DocumentKey, Long> numbers = new TreeMap<>();
    private final SortedMap<DocumentKey, Long> commits = new TreeMap<>();
    private long number;

    /** @param commit our own, at which they were evicted, or a lesser one */
    void add(List<DocumentKey> documents, long commit) {
        waiting.addAll(documents);
        // Not yet told, so no CUT can have seen it.
        documents.forEach(key -> {
            numbers.put(key, Long.MAX_VALUE);
            commits.merge(key, commit, Math::min);
        });
    }

    /** The next message to send, or null. */
    Message.@Nullable Forget next() {
        if (waiting.isEmpty()) {
            return null;
        }
        List<DocumentKey> part = List.copyOf(waiting.subList(0, fitting(waiting)));
        waiting.subList(0, part.size()).clear();
        number++;
        part.forEach(key -> numbers.put(key, number));
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
        return numbers;
    }

    /**
     * Our own commit up to which a supplier whose CUT takes the messages up to this one into account knows of all evictions.
     *
     * @param head the newest commit of ours, when there is nothing else to tell
     */
    long knownUpTo(long forgetSeen, long head) {
        long known = head;
        for (Map.Entry<DocumentKey, Long> told : numbers.entrySet()) {
            if (told.getValue() > forgetSeen) {
                known = Math.min(known, commits.getOrDefault(told.getKey(), head) - 1);
            }
        }
        return known;
    }

    /** A unit that takes the messages up to this one into account was applied. */
    void seen(long forgetSeen) {
        numbers.values().removeIf(told -> told <= forgetSeen);
        commits.keySet().retainAll(numbers.keySet());
    }
}
