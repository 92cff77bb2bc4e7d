package io.ibid.core.sync;

import io.ibid.core.crdt.Hint;
import io.ibid.core.query.Row;
import io.ibid.core.query.SubscriptionQuery;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.store.Reception;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What this database takes from its partners besides the documents that it holds: those that its own subscriptions select, and as a
 * server everything. Nobody can push what was not asked for. Immutable.
 */
final class OwnReception implements Reception {
    private final boolean takesEverything;
    private final TreeMap<String, List<SubscriptionQuery>> queries = new TreeMap<>();

    OwnReception(boolean takesEverything, List<SubscriptionQuery> wanted) {
        this.takesEverything = takesEverything;
        for (SubscriptionQuery query : wanted) {
            queries.computeIfAbsent(query.collection(), name -> new ArrayList<>())
                    .add(query);
        }
    }

    @Override
    public Interest interest(String collection) {
        if (takesEverything && DocumentKey.isUserCollection(collection)) {
            return Interest.ALL;
        }
        List<SubscriptionQuery> some = queries.getOrDefault(collection, List.of());
        boolean takesAll = some.stream().anyMatch(SubscriptionQuery::isUnfiltered);
        return takesAll ? Interest.ALL : some.isEmpty() ? Interest.NONE : Interest.SOME;
    }

    @Override
    public boolean selects(String collection, Row row) {
        return queries.getOrDefault(collection, List.of()).stream().anyMatch(query -> query.matches(row));
    }

    /** Hints do not decide anything yet: a tombstone of a document that we do not hold is taken for whole collections only. */
    @Override
    public boolean selectsTombstone(String collection, Hint hint) {
        return false;
    }
}
