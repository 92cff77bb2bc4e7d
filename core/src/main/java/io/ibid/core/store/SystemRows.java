package io.ibid.core.store;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.SystemTarget;
import io.ibid.core.query.Target;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The collections of the {@code system:} namespace: four of the store's own, and those that others have registered. Any thread.
 */
final class SystemRows implements SystemTarget {

    private static final String DUAL = "dual";
    private static final String COLLECTIONS = "collections";
    private static final String ALL_COLLECTIONS = "all_collections";
    private static final String INDEXES = "indexes";
    /** The one internal collection that users are shown as theirs. */
    private static final String FEATURE_FLAGS = "__feature_flags";

    /** Other names of some collections. */
    private static final SortedMap<String, String> ALIASES = new TreeMap<>();

    static {
        ALIASES.put("actives", "active_requests");
        ALIASES.put("completed_requests", "request_history");
        ALIASES.put("dql_indexes", INDEXES);
    }

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
    List<Value.Struct> rows(String given, Published moment) {
        String name = ALIASES.getOrDefault(given, given);
        SystemCollection collection = registered.get(name);
        if (collection != null) {
            return collection.rows();
        }
        return switch (name) {
            case DUAL ->
                List.of(Value.Struct.builder().put("_id", Value.of(DUAL)).build());
            case COLLECTIONS -> collections(moment);
            case ALL_COLLECTIONS -> allCollections(moment);
            case INDEXES -> IndexListing.rows(moment);
            default -> null;
        };
    }

    @Override
    public @Nullable DocumentId insert(String given, Value.Struct row, Target.Conflict policy) {
        SystemCollection collection = registered.get(ALIASES.getOrDefault(given, given));
        if (collection == null) {
            throw new IbidException(ErrorCode.QUERY_UNSUPPORTED, "there is no system:" + given + " here");
        }
        return collection.insert(row, policy);
    }

    @Override
    public boolean delete(String given, DocumentId id) {
        SystemCollection collection = registered.get(ALIASES.getOrDefault(given, given));
        return collection != null && collection.delete(id);
    }

    private static List<Value.Struct> collections(Published moment) {
        List<Value.Struct> rows = new ArrayList<>();
        for (String collection : sortedCollections(moment)) {
            if (DocumentKey.isUserCollection(collection) || collection.equals(FEATURE_FLAGS)) {
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
