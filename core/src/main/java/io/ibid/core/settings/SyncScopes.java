package io.ibid.core.settings;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.error.NearestName;
import io.ibid.core.value.Value;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The scopes of the collections, {@code user_collection_sync_scopes}. Immutable.
 *
 * @param byCollection those that were set, by the name of the collection
 */
public record SyncScopes(SortedMap<String, SyncScope> byCollection) {

    public SyncScopes {
        byCollection = Collections.unmodifiableSortedMap(new TreeMap<>(byCollection));
    }

    /** The scope of a collection, {@link SyncScope#ALL_PEERS} when none was set. */
    public SyncScope of(String collection) {
        return byCollection.getOrDefault(collection, SyncScope.ALL_PEERS);
    }

    /** Objects from names of collections to names of scopes. */
    enum Assignments implements Domain<SyncScopes> {
        ONLY;

        private static final List<String> NAMES =
                Arrays.stream(SyncScope.values()).map(SyncScope::text).toList();

        @Override
        public Value accept(String parameter, Value given) {
            if (!(given instanceof Value.Struct struct)) {
                throw refusal(parameter, given);
            }
            Value.Struct.Builder canonical = Value.Struct.builder(struct.size());
            for (int i = 0; i < struct.size(); i++) {
                canonical.put(
                        struct.name(i),
                        Value.of(scope(struct.name(i), struct.value(i)).text()));
            }
            return canonical.build();
        }

        private static SyncScope scope(String collection, Value given) {
            if (collection.isEmpty()) {
                throw error("the name of a collection is empty");
            }
            if (collection.startsWith("__")) {
                throw error("sync scopes cannot be set for the system collection " + collection);
            }
            SyncScope scope = given instanceof Value.Text(String text) ? SyncScope.of(text) : null;
            if (scope == null) {
                String nearest = given instanceof Value.Text(String text) ? NearestName.of(text, NAMES) : "";
                throw error("the sync scope of " + collection + " is one of " + String.join(", ", NAMES) + ", not "
                        + Domain.shown(given) + (nearest.isEmpty() ? "" : "; did you mean " + nearest + "?"));
            }
            return scope;
        }

        private static IbidException error(String message) {
            return new IbidException(ErrorCode.QUERY_EVALUATION, message);
        }

        @Override
        public SyncScopes read(Value accepted) {
            Value.Struct struct = (Value.Struct) accepted;
            TreeMap<String, SyncScope> scopes = new TreeMap<>();
            for (int i = 0; i < struct.size(); i++) {
                scopes.put(struct.name(i), scope(struct.name(i), struct.value(i)));
            }
            return new SyncScopes(scopes);
        }

        @Override
        public String text() {
            return "an object from names of collections to scopes";
        }
    }
}
