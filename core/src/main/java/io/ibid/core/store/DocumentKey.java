package io.ibid.core.store;

import io.ibid.core.value.DocumentId;
import io.ibid.core.value.ValueOrder;

/** Names one document of a database. Ordered by collection name (code points), then id. Immutable. */
public record DocumentKey(String collection, DocumentId id) implements Comparable<DocumentKey> {

    /** Whether a collection holds what users keep, and is synced as such: its name does not begin with two underscores. */
    public static boolean isUserCollection(String name) {
        return !name.startsWith("__");
    }

    @Override
    public int compareTo(DocumentKey other) {
        int order = ValueOrder.KEYS.compare(collection, other.collection);
        return order != 0 ? order : id.compareTo(other.id);
    }
}
