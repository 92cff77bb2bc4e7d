package io.ibid.core.sync;

import io.ibid.core.store.DocumentKey;
import io.ibid.core.sync.wire.Limits;

/** How many documents one message's list takes; the first one always fits. */
final class ListBudget {
    private static final int BYTES_PER_DOCUMENT = 8;
    private static final int BYTES_PER_ACTOR = 26;
    private static final int BYTES_PER_CHAR = 3;

    private int items;
    private int bytes;

    /** Whether one more fits, which then counts. */
    boolean takes(DocumentKey key, int actors) {
        bytes += BYTES_PER_DOCUMENT
                + BYTES_PER_CHAR * key.collection().length()
                + key.id().bytes().length
                + BYTES_PER_ACTOR * actors;
        items++;
        return items == 1 || (bytes <= Limits.LIST_BYTES_MAX && items <= Limits.LIST_ITEMS_MAX);
    }
}
