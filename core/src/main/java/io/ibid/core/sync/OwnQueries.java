package io.ibid.core.sync;

import io.ibid.core.query.SubscriptionQuery;
import io.ibid.core.sync.wire.Message;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The numbers that our queries have in one session, and which of them each revision of the set held. Loop only. */
final class OwnQueries {
    private final boolean takesEverything;
    private final SortedMap<QueryKey, Long> idByKey = new TreeMap<>();
    private final SortedMap<Long, SortedSet<QueryKey>> keysByRevision = new TreeMap<>();
    /** Those that any of these revisions holds. */
    private final SortedMap<QueryKey, SubscriptionQuery> queries = new TreeMap<>();

    private long revision;
    private long lastId;

    OwnQueries(boolean takesEverything) {
        this.takesEverything = takesEverything;
        keysByRevision.put(0L, new TreeSet<>());
    }

    long revision() {
        return revision;
    }

    /** What is wanted now. */
    SortedSet<QueryKey> keys(List<SubscriptionQuery> wanted) {
        SortedSet<QueryKey> keys = new TreeSet<>();
        wanted.forEach(query -> keys.add(QueryKey.of(query)));
        if (takesEverything) {
            keys.add(QueryKey.EVERYTHING);
        }
        return keys;
    }

    /** The message that brings the partner from the set before to this one; says where the token stands with what is new. */
    Message.Subs update(List<SubscriptionQuery> wanted, @Nullable ResumeToken token) {
        SortedSet<QueryKey> now = keys(wanted);
        wanted.forEach(query -> queries.put(QueryKey.of(query), query));
        List<Long> removed = new ArrayList<>();
        for (QueryKey key : List.copyOf(idByKey.keySet())) {
            if (!now.contains(key)) {
                removed.add(idByKey.get(key));
                idByKey.remove(key);
            }
        }
        List<Message.Query> added = new ArrayList<>();
        for (QueryKey key : now) {
            if (!idByKey.containsKey(key)) {
                added.add(query(key, token));
            }
        }
        if (revision == 0 || !added.isEmpty() || !removed.isEmpty()) {
            revision++;
            keysByRevision.put(revision, new TreeSet<>(idByKey.keySet()));
        }
        return new Message.Subs(revision, added, removed);
    }

    private Message.Query query(QueryKey key, @Nullable ResumeToken token) {
        long id = key.isEverything() ? Message.Query.EVERYTHING : ++lastId;
        idByKey.put(key, id);
        ResumeToken.Mark parked = token == null ? null : token.parked().get(key);
        return parked == null
                ? new Message.Query(id, key.text(), key.arguments(), Message.Place.NONE)
                : new Message.Query(
                        id,
                        key.text(),
                        key.arguments(),
                        new Message.Place(parked.commit(), parked.chain(), parked.tag()));
    }

    /** The numbers of those of the queries that are wanted. */
    List<Long> idsOf(Collection<QueryKey> keys) {
        List<Long> ids = new ArrayList<>();
        for (QueryKey key : keys) {
            Long id = idByKey.get(key);
            if (id != null) {
                ids.add(id);
            }
        }
        return ids;
    }

    /** Whether the number is of a query that is wanted. */
    boolean has(long id) {
        return idByKey.containsValue(id);
    }

    /** Whether the number ever was. */
    boolean wasEver(long id) {
        return id == Message.Query.EVERYTHING ? takesEverything : id <= lastId;
    }

    /** The wanted query of this number; null: everything. */
    @Nullable
    SubscriptionQuery query(long id) {
        for (Map.Entry<QueryKey, Long> entry : idByKey.entrySet()) {
            if (entry.getValue() == id) {
                return queries.get(entry.getKey());
            }
        }
        throw new AssertionError("no query " + id);
    }

    /** The queries that a revision held. */
    SortedSet<QueryKey> of(long someRevision) {
        return keysByRevision.getOrDefault(someRevision, new TreeSet<>());
    }

    /** Our queries on a collection that a CUT to come may speak of, removed ones included. */
    List<SubscriptionQuery> on(String collection) {
        return queries.values().stream()
                .filter(query -> query.collection().equals(collection))
                .toList();
    }

    /** The supplier will not name an older one again. */
    void forgetRevisionsBefore(long someRevision) {
        keysByRevision.headMap(someRevision).clear();
        queries.keySet().removeIf(key -> keysByRevision.values().stream().noneMatch(keys -> keys.contains(key)));
    }
}
