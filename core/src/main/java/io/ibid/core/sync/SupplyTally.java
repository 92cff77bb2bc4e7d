package io.ibid.core.sync;

import java.util.SortedMap;
import java.util.TreeMap;

/** What a supplier has sent and withheld in one session, for the status rows. Loop only. */
final class SupplyTally {
    long documents;
    long bytes;
    /** By collection. */
    private final SortedMap<String, Long> withheldByScope = new TreeMap<>();

    long withheldByPermission;
    /** Documents that no subscription of the partner selects. */
    long passedOver;

    private long cutDocuments;
    private long cutBytes;
    private long acknowledgedDocuments;
    private long acknowledgedBytes;

    /** One more document of the collection was kept away by its scope; true for the first one. */
    boolean withheldByScope(String collection) {
        return withheldByScope.merge(collection, 1L, Long::sum) == 1;
    }

    long withheldByScope() {
        return withheldByScope.values().stream().mapToLong(Long::longValue).sum();
    }

    void cut(long bytesSent) {
        cutDocuments = documents;
        cutBytes = bytesSent;
    }

    void acknowledged() {
        acknowledgedDocuments = cutDocuments;
        acknowledgedBytes = cutBytes;
    }

    /** Documents that were sent and are not acknowledged yet. */
    long unacknowledgedDocuments() {
        return documents - acknowledgedDocuments;
    }

    /** Bytes of changes that were sent and are not acknowledged yet. */
    long unacknowledgedBytes() {
        return bytes - acknowledgedBytes;
    }
}
