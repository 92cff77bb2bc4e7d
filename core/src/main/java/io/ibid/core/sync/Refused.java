package io.ibid.core.sync;

import io.ibid.core.store.DocumentKey;
import io.ibid.core.store.Need;
import io.ibid.core.sync.wire.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Documents that a CUT was answered with NEED for. What is staged of them is void and comes again. Loop only. */
final class Refused {
    private final TreeMap<DocumentKey, Integer> segments = new TreeMap<>();

    /**
     * The answer to a CUT. What does not fit into one message stays staged and is found again at the next CUT.
     *
     * @param staged how many segments of the unit hold void deltas
     */
    Message.Need add(Need need, int staged) {
        List<Message.Wanted> wanted = new ArrayList<>();
        ListBudget budget = new ListBudget();
        for (Need.Document document : need.documents()) {
            if (!budget.takes(document.key(), document.vector().size())) {
                break;
            }
            wanted.add(new Message.Wanted(document.key(), document.vector()));
            segments.put(document.key(), staged);
        }
        return new Message.Need(wanted);
    }

    /** Per document in how many of the first segments its deltas are void. */
    TreeMap<DocumentKey, Integer> segments() {
        return segments;
    }

    /** The unit was applied. */
    void clear() {
        segments.clear();
    }
}
