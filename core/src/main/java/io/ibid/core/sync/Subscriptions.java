package io.ibid.core.sync;

import io.ibid.core.query.SubscriptionQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What this database wants to have from its partners: a set of queries, each counted by how many have asked for it. Equal queries,
 * however written, are one. Not persistent: who wants documents says so after every start. Loop only.
 */
public final class Subscriptions {
    private final TreeMap<QueryKey, Counted> queries = new TreeMap<>();
    private final Runnable onChange;

    private static final class Counted {
        final SubscriptionQuery query;
        int holders;

        Counted(SubscriptionQuery query) {
            this.query = query;
        }
    }

    Subscriptions(Runnable onChange) {
        this.onChange = onChange;
    }

    /** Wants the query; to be {@link #remove removed} as often as added. */
    public void add(SubscriptionQuery query) {
        Counted counted = queries.computeIfAbsent(QueryKey.of(query), key -> new Counted(query));
        counted.holders++;
        if (counted.holders == 1) {
            onChange.run();
        }
    }

    /** Wants it once less. What was received stays; it is no longer kept up to date when nobody wants it. */
    public void remove(SubscriptionQuery query) {
        QueryKey key = QueryKey.of(query);
        Counted counted = queries.get(key);
        if (counted == null) {
            throw new AssertionError("a subscription was removed more often than added: " + key);
        }
        counted.holders--;
        if (counted.holders == 0) {
            queries.remove(key);
            onChange.run();
        }
    }

    /** The queries, each once, in a fixed order; those on system collections, which select nothing, are left out. */
    List<SubscriptionQuery> wanted() {
        List<SubscriptionQuery> wanted = new ArrayList<>();
        for (Counted counted : queries.values()) {
            if (!counted.query.isSystem()) {
                wanted.add(counted.query);
            }
        }
        return wanted;
    }
}
