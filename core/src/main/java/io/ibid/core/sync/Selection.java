package io.ibid.core.sync;

import io.ibid.core.query.SubscriptionQuery;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.store.Published;
import io.ibid.core.store.ReadSettings;
import io.ibid.core.store.Record;
import io.ibid.core.store.RecordScan;
import io.ibid.core.sync.reconcile.ItemHash;
import io.ibid.core.sync.reconcile.ItemSet;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a query selects in one store, by walks over whole collections that must not run on the loop. Immutable.
 *
 * @param query null: everything
 */
record Selection(List<String> collections, @Nullable SubscriptionQuery query) {
    /** 64 MiB. Who has more does not compare, but sends or takes all of it. */
    private static final int ITEMS_MAX = 1 << 21;

    static Selection of(@Nullable SubscriptionQuery query, Published published) {
        if (query != null) {
            return new Selection(query.isSystem() ? List.of() : List.of(query.collection()), query);
        }
        return new Selection(
                published.collections().stream()
                        .filter(DocumentKey::isUserCollection)
                        .toList(),
                null);
    }

    /** The same in those of the collections that pass. */
    Selection within(Predicate<String> passes) {
        return new Selection(collections.stream().filter(passes).toList(), query);
    }

    /** Whether documents can come into it and leave it again. */
    boolean isFiltered() {
        return query != null && !query.isUnfiltered();
    }

    /** How many documents there are to choose from, roughly. */
    long documents(Published published) {
        return collections.stream()
                .mapToLong(name -> published.source(ReadSettings.SHOWN).count(name))
                .sum();
    }

    /** What is selected, or null when it is too much. Off the loop. */
    @Nullable
    ItemSet items(Published published, ItemHash hash, Predicate<DocumentKey> passes) {
        ItemSet.Builder items = new ItemSet.Builder();
        for (String collection : collections) {
            try (RecordScan scan = published.records(collection)) {
                for (Record record = scan.next(); record != null; record = scan.next()) {
                    if (selects(record) && passes.test(record.key())) {
                        if (items.size() == ITEMS_MAX) {
                            return null;
                        }
                        items.add(hash.item(record.key(), record.vv()));
                    }
                }
            }
        }
        return items.build();
    }

    private boolean selects(Record record) {
        return query == null
                || query.isUnfiltered()
                || (!record.isTombstone() && query.matches(record.row(query.typing())));
    }

    /** All documents of these collections, selected or not, with the hash of their name. Off the loop. */
    void forEach(Published published, ItemHash hash, BiConsumer<Record, Long> action) {
        for (String collection : collections) {
            try (RecordScan scan = published.records(collection)) {
                for (Record record = scan.next(); record != null; record = scan.next()) {
                    action.accept(record, hash.hash(record.key()));
                }
            }
        }
    }
}
