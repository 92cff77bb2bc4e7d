package io.ibid.core.sync;

import io.ibid.core.store.Commit;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.store.Published;
import io.ibid.core.store.Record;
import io.ibid.core.store.Touch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;

/**
 * Commits whose documents must be looked at before and after, to find those that left a query of the partner and those that entered one. Only
 * where a query has a condition: what all versions of a document match cannot leave. A few documents at a time, so that a large
 * commit does not hold the loop. Loop only.
 */
final class Backlog {
    private static final int DOCUMENTS_PER_LOOK = 64;

    private final Interest interest;
    private final boolean ignoresDepartures;
    private final Queue<Pending> commits = new ArrayDeque<>();
    private final List<DocumentKey> departed = new ArrayList<>();
    private final List<DocumentKey> arrived = new ArrayList<>();

    private record Pending(Published before, Published after, Iterator<Touch> touched) {
        void close() {
            before.close();
            after.close();
        }
    }

    Backlog(Interest interest, boolean ignoresDepartures) {
        this.interest = interest;
        this.ignoresDepartures = ignoresDepartures;
    }

    void add(Commit commit) {
        for (String collection : commit.collections()) {
            if (interest.concerns(collection) && !interest.takesAll(collection)) {
                commits.add(new Pending(
                        commit.before().acquire(),
                        commit.after().acquire(),
                        commit.touched().iterator()));
                return;
            }
        }
    }

    boolean isEmpty() {
        return commits.isEmpty();
    }

    /** Looks at some documents. */
    void look() {
        Pending pending = commits.peek();
        for (int i = 0; i < DOCUMENTS_PER_LOOK && pending != null; i++) {
            if (pending.touched().hasNext()) {
                look(pending, pending.touched().next());
            } else {
                pending.close();
                commits.remove();
                pending = commits.peek();
            }
        }
    }

    private void look(Pending pending, Touch touch) {
        String collection = touch.key().collection();
        if (touch.evicted() || !interest.concerns(collection) || interest.takesAll(collection)) {
            return;
        }
        Record old = pending.before().record(touch.key());
        Record now = pending.after().record(touch.key());
        boolean was = interest.selects(collection, old);
        boolean is = interest.selects(collection, now);
        if (was && !is && !ignoresDepartures) {
            departed.add(touch.key());
        } else if (is && !was) {
            arrived.add(touch.key());
        }
    }

    /** Documents that have left the partner's queries, once. */
    List<DocumentKey> takeDeparted() {
        List<DocumentKey> found = List.copyOf(departed);
        departed.clear();
        return found;
    }

    /** Documents that have entered one of the partner's queries, once. */
    List<DocumentKey> takeArrived() {
        List<DocumentKey> found = List.copyOf(arrived);
        arrived.clear();
        return found;
    }

    void close() {
        commits.forEach(Pending::close);
        commits.clear();
    }
}
