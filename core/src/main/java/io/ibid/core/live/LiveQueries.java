package io.ibid.core.live;

import io.ibid.core.env.Timers;
import io.ibid.core.query.Row;
import io.ibid.core.query.RowFilter;
import io.ibid.core.query.Source;
import io.ibid.core.query.Statement;
import io.ibid.core.store.Commit;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.store.ReadSettings;
import io.ibid.core.store.Touch;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** All live queries of one database. Confinement: loop. */
public final class LiveQueries {
    /** A larger commit concerns every observer of its collections unseen: testing it would hold the loop longer than one query. */
    private static final int TESTED_DOCUMENTS_MAX = 256;

    private final TreeMap<String, Set<LiveQuery>> byCollection = new TreeMap<>();
    private final Set<LiveQuery> ofSystemCollections = new LinkedHashSet<>();
    private final Timers timers;
    private final LongSupplier systemRefreshMs;
    private Timers.@Nullable Timer systemRefresh;

    /** @param systemRefreshMs how often observers of {@code system:} collections are called, changed or not; asked each time */
    public LiveQueries(Timers timers, LongSupplier systemRefreshMs) {
        this.timers = timers;
        this.systemRefreshMs = systemRefreshMs;
    }

    /** Registers an observer; its first call comes at once. */
    public LiveQuery observe(Statement statement, Value.Struct arguments, LiveQuery.Listener listener) {
        LiveQuery query = new LiveQuery(this, statement, arguments, listener);
        for (String collection : statement.collections()) {
            byCollection
                    .computeIfAbsent(collection, unused -> new LinkedHashSet<>())
                    .add(query);
        }
        if (!statement.systemCollections().isEmpty()) {
            ofSystemCollections.add(query);
            scheduleSystemRefresh();
        }
        query.touch();
        return query;
    }

    void remove(LiveQuery query) {
        for (String collection : query.statement().collections()) {
            Set<LiveQuery> queries = byCollection.get(collection);
            if (queries != null && queries.remove(query) && queries.isEmpty()) {
                byCollection.remove(collection);
            }
        }
        ofSystemCollections.remove(query);
    }

    /** Told of each commit once it is published, in commit order. */
    public void onCommit(Commit commit) {
        if (byCollection.isEmpty()) {
            return;
        }
        TreeMap<String, Set<LiveQuery>> observed = new TreeMap<>();
        for (String collection : commit.collections()) {
            Set<LiveQuery> queries = byCollection.get(collection);
            if (queries != null) {
                observed.put(collection, new LinkedHashSet<>(queries));
            }
        }
        if (!observed.isEmpty()) {
            tellConcerned(commit, observed);
        }
    }

    /** Takes each observer off the list at the first document that concerns it, and all of them beyond the limit. */
    private static void tellConcerned(Commit commit, TreeMap<String, Set<LiveQuery>> observed) {
        Source before = commit.before().source(ReadSettings.SHOWN);
        Source after = commit.after().source(ReadSettings.SHOWN);
        int tested = 0;
        for (Touch touch : commit.touched()) {
            if (++tested > TESTED_DOCUMENTS_MAX) {
                break;
            }
            Set<LiveQuery> queries = observed.get(touch.key().collection());
            if (queries != null) {
                queries.removeIf(query -> query.isStale() || tellIfConcerned(query, touch.key(), before, after));
            }
        }
        if (tested > TESTED_DOCUMENTS_MAX) {
            observed.values().forEach(queries -> queries.forEach(LiveQuery::touch));
        }
    }

    private static boolean tellIfConcerned(LiveQuery query, DocumentKey key, Source before, Source after) {
        RowFilter filter = query.filter();
        boolean concerned = filter == null || matches(filter, query, after, key) || matches(filter, query, before, key);
        if (concerned) {
            query.touch();
        }
        return concerned;
    }

    private static boolean matches(RowFilter filter, LiveQuery query, Source source, DocumentKey key) {
        Row row = source.find(key.collection(), key.id(), query.statement().typing());
        return row != null && filter.matches(row);
    }

    private void scheduleSystemRefresh() {
        if (systemRefresh == null) {
            systemRefresh = timers.after(systemRefreshMs.getAsLong(), () -> {
                systemRefresh = null;
                new ArrayList<>(ofSystemCollections).forEach(LiveQuery::touch);
                if (!ofSystemCollections.isEmpty()) {
                    scheduleSystemRefresh();
                }
            });
        }
    }
}
