package io.ibid.core.store;

import io.ibid.core.value.DocumentId;
import io.ibid.core.value.ValueOrder;

/** Names one document of a database. Ordered by collection name (code points), then id. Immutable. */
public record DocumentKey(String collection, DocumentId id) implements Comparable<DocumentKey> {

    @Override
    public int compareTo(DocumentKey other) {
        int order = ValueOrder.KEYS.compare(collection, other.collection);
        return order != 0 ? order : id.compareTo(other.id);
    }
}
