package io.ibid.core.sync;

import io.ibid.core.error.IbidException;
import io.ibid.core.query.SubscriptionQuery;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.store.Published;
import io.ibid.core.store.Record;
import io.ibid.core.sync.wire.FaultCode;
import io.ibid.core.sync.wire.Message;
import io.ibid.core.sync.wire.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The queries of a partner, as its supplier sees them. Loop only. */
final class Interest {
    private static final int QUERIES_MAX = 4096;

    private final SortedMap<Long, Wanted> byId = new TreeMap<>();
    private final SortedMap<String, List<Wanted>> byCollection = new TreeMap<>();
    /** Collections that the partner must be offered again from the beginning. */
    private final SortedSet<String> reopened = new TreeSet<>();

    private @Nullable Wanted everything;
    private long revision;

    /** One query, and up to which commit the partner has what it selects. */
    static final class Wanted {
        final long id;
        final @Nullable SubscriptionQuery query;
        long since;
        long originsFrom;
        boolean isComplete;
        /** All that happened since the last CUT is known in both images. */
        boolean isCurrent;
        /** The partner was told that it begins from nothing, and has not said yet what it has. */
        boolean isReconciling;

        boolean wasReconciled;

        /**
         * @param since the commit of ours up to which the partner has what the query selects, 0 for nothing
         * @param originsFrom what the partner itself brought after this commit it has for certain; of what it brought before, it may have
         *     evicted something without telling
         */
        Wanted(long id, @Nullable SubscriptionQuery query, long since, long originsFrom) {
            this.id = id;
            this.query = query;
            this.since = since;
            this.originsFrom = originsFrom;
        }

        boolean isUnfiltered() {
            return query == null || query.isUnfiltered();
        }
    }

    /** The last SUBS that was taken. */
    long revision() {
        return revision;
    }

    /** The partner changes what it wants. */
    void revise(Message.Subs subs, Partner partner, FilterTags tags, Published published) {
        if (subs.revision() != revision + 1) {
            throw new ProtocolException("SUBS of revision " + subs.revision() + " after " + revision);
        }
        revision = subs.revision();
        for (long id : subs.removed()) {
            if (byId.remove(id) == null) {
                throw new ProtocolException("SUBS removes the unknown query " + id);
            }
        }
        for (Message.Query query : subs.added()) {
            if (byId.size() == QUERIES_MAX) {
                throw new ProtocolException(FaultCode.LIMIT, "SUBS with more than " + QUERIES_MAX + " queries");
            }
            if (query.id() == Message.Query.EVERYTHING && !partner.isServer()) {
                throw new ProtocolException("SUBS for all collections from a peer that is no server");
            }
            SubscriptionQuery prepared = prepared(query);
            Wanted wanted =
                    new Wanted(query.id(), prepared, since(query, prepared, tags, published), published.commitId());
            if (byId.putIfAbsent(query.id(), wanted) != null) {
                throw new ProtocolException("SUBS adds query " + query.id() + " again");
            }
        }
        index();
    }

    /** Where a query that the partner has parked goes on, 0 where it cannot. */
    private static long since(
            Message.Query query, @Nullable SubscriptionQuery prepared, FilterTags tags, Published published) {
        Message.Place place = query.since();
        if (prepared == null || place.commit() == 0) {
            return 0;
        }
        String collection = prepared.collection();
        boolean isGood = isOurs(published, place.commit(), place.chain())
                && place.commit() >= published.reapedCommit(new TreeSet<>(List.of(collection)))
                && place.tag() == tags.now(collection);
        return isGood ? place.commit() : 0;
    }

    private static @Nullable SubscriptionQuery prepared(Message.Query query) {
        if (query.id() == Message.Query.EVERYTHING) {
            return null;
        }
        try {
            return SubscriptionQuery.ofCanonical(query.text(), query.arguments());
        } catch (IbidException e) {
            throw new ProtocolException("SUBS with a query that cannot be: " + e.getMessage());
        }
    }

    /** Whether a commit that a partner remembers is one of this store's history. */
    static boolean isOurs(Published published, long commit, int chain) {
        OptionalInt ours = commit <= published.commitId() ? published.chainTail(commit) : OptionalInt.empty();
        return ours.isPresent() && ours.getAsInt() == chain;
    }

    List<Long> ids() {
        return List.copyOf(byId.keySet());
    }

    int size() {
        return byId.size();
    }

    private void index() {
        everything = null;
        byCollection.clear();
        for (Wanted wanted : byId.values()) {
            if (wanted.query == null) {
                everything = wanted;
            } else if (!wanted.query.isSystem()) {
                byCollection
                        .computeIfAbsent(wanted.query.collection(), name -> new ArrayList<>())
                        .add(wanted);
            }
        }
    }

    /** The collections to look through; null for all user collections. */
    @Nullable
    SortedSet<String> collections() {
        return everything != null ? null : new TreeSet<>(byCollection.keySet());
    }

    boolean concerns(String collection) {
        return (everything != null && DocumentKey.isUserCollection(collection)) || byCollection.containsKey(collection);
    }

    /** Whether every change of the collection concerns the partner, so that nothing depends on what a document was before. */
    boolean takesAll(String collection) {
        if (everything != null && DocumentKey.isUserCollection(collection)) {
            return true;
        }
        for (Wanted wanted : byCollection.getOrDefault(collection, List.of())) {
            if (wanted.isUnfiltered()) {
                return true;
            }
        }
        return false;
    }

    /** The queries that begin from nothing and that the partner has not been told of, once: they bring nothing before {@link #settled}. */
    List<Long> begun() {
        List<Long> begun = new ArrayList<>();
        for (Wanted wanted : byId.values()) {
            if (wanted.since == 0 && !wanted.isComplete && !wanted.wasReconciled) {
                wanted.isReconciling = true;
                wanted.wasReconciled = true;
                begun.add(wanted.id);
            }
        }
        return begun;
    }

    /** The partner has all that the query selected at the commit, or will be sent it by name. 0: it has nothing. */
    void settled(long id, long commit) {
        Wanted wanted = byId.get(id);
        if (wanted != null) {
            wanted.isReconciling = false;
            wanted.since = commit;
            // Since it was told, every change was looked at as it happened; what the partner held before it has
            // compared.
            wanted.isCurrent = commit > 0;
        }
    }

    /** What the partner calls by this number; null: everything. */
    @Nullable
    SubscriptionQuery query(long id) {
        Wanted wanted = byId.get(id);
        if (wanted == null) {
            throw new AssertionError("no query " + id);
        }
        return wanted.query;
    }

    /** The least commit from which on something of the collection may be missing at the partner; the greatest number if none may. */
    long since(String collection) {
        if (reopened.contains(collection)) {
            return 0;
        }
        long since = everything != null && DocumentKey.isUserCollection(collection) && !everything.isReconciling
                ? everything.since
                : Long.MAX_VALUE;
        for (Wanted wanted : byCollection.getOrDefault(collection, List.of())) {
            since = wanted.isReconciling ? since : Math.min(since, wanted.since);
        }
        return since;
    }

    /** Whether the partner does not have all that some query selects. */
    boolean isIncomplete() {
        return isReopened() || byId.values().stream().anyMatch(wanted -> !wanted.isComplete);
    }

    /** The filter of the collection lets through what it kept away before: the partner has less of it than its token says. */
    void reopen(String collection) {
        reopened.add(collection);
    }

    /** Whether the partner's token says more than it has, until the next CUT. */
    boolean isReopened() {
        return !reopened.isEmpty();
    }

    /** What the partner brought of the collection after this commit need not go back to it. */
    long originsFrom(String collection) {
        long from = everything != null && DocumentKey.isUserCollection(collection) ? everything.originsFrom : 0;
        for (Wanted wanted : byCollection.getOrDefault(collection, List.of())) {
            from = Math.max(from, wanted.originsFrom);
        }
        return from;
    }

    /** The partner's token is good for these queries. */
    void resume(List<Long> ids, long commit) {
        for (long id : ids) {
            Wanted wanted = byId.get(id);
            if (wanted == null) {
                throw new ProtocolException("RESUME with the unknown query " + id);
            }
            wanted.since = commit;
            wanted.originsFrom = commit;
            wanted.isComplete = true;
        }
    }

    /**
     * The partner may hold a document by a query that selects it no more if it changed after this commit, since nobody watched it leave;
     * the greatest number where that cannot be.
     */
    long unwatchedSince(String collection) {
        long since = Long.MAX_VALUE;
        for (Wanted wanted : byCollection.getOrDefault(collection, List.of())) {
            if (reopened.contains(collection)) {
                since = 0;
            } else if (!wanted.isCurrent && !wanted.isReconciling) {
                since = Math.min(since, wanted.since);
            }
        }
        return since;
    }

    /** The least of all queries that it is known of; the greatest number for none. */
    long since() {
        long since = reopened.isEmpty() ? Long.MAX_VALUE : 0;
        for (Wanted wanted : byId.values()) {
            since = wanted.isReconciling ? since : Math.min(since, wanted.since);
        }
        return since;
    }

    /** From now on the partner has, or will have with the units under way, everything up to the commit. */
    void caughtUp(long commit) {
        reopened.clear();
        byId.values().forEach(wanted -> {
            wanted.since = commit;
            wanted.isComplete = true;
            wanted.isCurrent = true;
        });
    }

    /** The partner's token is good for nothing. */
    void restart(long head) {
        byId.values().forEach(wanted -> {
            wanted.since = 0;
            wanted.originsFrom = head;
            wanted.isComplete = false;
            wanted.isCurrent = false;
            wanted.wasReconciled = false;
        });
    }

    boolean selects(String collection, @Nullable Record record) {
        if (record == null) {
            return false;
        }
        if (everything != null && DocumentKey.isUserCollection(collection)) {
            return true;
        }
        for (Wanted wanted : byCollection.getOrDefault(collection, List.of())) {
            if (selects(wanted, record)) {
                return true;
            }
        }
        return false;
    }

    /** The commit up to which the partner has the document by some query that selects it; negative when none does. */
    long base(String collection, Record record) {
        long base = stated(collection, record);
        return base > 0 && reopened.contains(collection) ? 0 : base;
    }

    private long stated(String collection, Record record) {
        long base = everything != null && DocumentKey.isUserCollection(collection) && !everything.isReconciling
                ? everything.since
                : -1;
        for (Wanted wanted : byCollection.getOrDefault(collection, List.of())) {
            if (wanted.since > base && !wanted.isReconciling && selects(wanted, record)) {
                base = wanted.since;
            }
        }
        return base;
    }

    private static boolean selects(Wanted wanted, Record record) {
        if (wanted.query == null || wanted.query.isUnfiltered()) {
            return true;
        }
        return !record.isTombstone() && wanted.query.matches(record.row(wanted.query.typing()));
    }
}
