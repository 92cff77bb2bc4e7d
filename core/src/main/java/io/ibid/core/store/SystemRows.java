package io.ibid.core.store;

import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The collections of the {@code system:} namespace: four of the store's own, and those that others have registered. Any thread.
 */
final class SystemRows {

    private static final String DUAL = "dual";
    private static final String COLLECTIONS = "collections";
    private static final String ALL_COLLECTIONS = "all_collections";
    private static final String INDEXES = "indexes";
    private static final String INDEXES_BEFORE = "dql_indexes";
    /** The one internal collection that users are shown as theirs. */
    private static final String FEATURE_FLAGS = "__feature_flags";

    private final ConcurrentSkipListMap<String, SystemCollection> registered =
            new ConcurrentSkipListMap<>(ValueOrder.KEYS);

    void register(SystemCollection collection) {
        if (names().contains(collection.name())) {
            throw new IllegalArgumentException("system:" + collection.name() + " is registered already");
        }
        registered.put(collection.name(), collection);
    }

    List<String> names() {
        List<String> names = new ArrayList<>(List.of(DUAL, COLLECTIONS, ALL_COLLECTIONS, INDEXES));
        names.addAll(registered.keySet());
        names.sort(ValueOrder.KEYS);
        return names;
    }

    /** The rows of one of them at a moment; null when there is none of that name. */
    @Nullable
    List<Value.Struct> rows(String name, Published moment) {
        SystemCollection collection = registered.get(name);
        if (collection != null) {
            return collection.rows();
        }
        return switch (name) {
            case DUAL ->
                List.of(Value.Struct.builder().put("_id", Value.of(DUAL)).build());
            case COLLECTIONS -> collections(moment);
            case ALL_COLLECTIONS -> allCollections(moment);
            case INDEXES, INDEXES_BEFORE -> IndexListing.rows(moment);
            default -> null;
        };
    }

    private static List<Value.Struct> collections(Published moment) {
        List<Value.Struct> rows = new ArrayList<>();
        for (String collection : sortedCollections(moment)) {
            if (Image.isUserCollection(collection) || collection.equals(FEATURE_FLAGS)) {
                rows.add(row("default", collection));
            }
        }
        return rows;
    }

    private List<Value.Struct> allCollections(Published moment) {
        List<Value.Struct> rows = new ArrayList<>();
        sortedCollections(moment).forEach(collection -> rows.add(row("default", collection)));
        names().forEach(name -> rows.add(row("system", name)));
        return rows;
    }

    private static List<String> sortedCollections(Published moment) {
        List<String> collections = moment.collections();
        collections.sort(ValueOrder.KEYS);
        return collections;
    }

    private static Value.Struct row(String datasource, String name) {
        return Value.Struct.builder()
                .put("_id", Value.of(datasource + ":" + name))
                .put("datasource", Value.of(datasource))
                .put("name", Value.of(name))
                .build();
    }
}
