package io.ibid.core.sync;

import java.util.SortedMap;
import java.util.TreeMap;

/** What a supplier has sent and withheld in one session, for the status rows. Loop only. */
final class SupplyTally {
    long documents;
    long bytes;
    /** By collection. */
    private final SortedMap<String, Long> withheldByScope = new TreeMap<>();

    private final SortedMap<String, Long> withheldByPermission = new TreeMap<>();

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

    /** One more document of the collection that the partner may not read. */
    void withheldByPermission(String collection) {
        withheldByPermission.merge(collection, 1L, Long::sum);
    }

    /** The holes in what the partner gets, by collection: each may delay documents that depend on them, none corrupts one. */
    SortedMap<String, Long> gaps() {
        SortedMap<String, Long> gaps = new TreeMap<>(withheldByScope);
        withheldByPermission.forEach((collection, count) -> gaps.merge(collection, count, Long::sum));
        return gaps;
    }

    long withheldByPermission() {
        return withheldByPermission.values().stream().mapToLong(Long::longValue).sum();
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
