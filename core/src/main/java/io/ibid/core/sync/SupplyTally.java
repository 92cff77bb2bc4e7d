package io.ibid.core.sync;

/** What a supplier has sent and withheld in one session, for the status rows. Loop only. */
final class SupplyTally {
    long documents;
    long bytes;
    long withheldByScope;
    long withheldByPermission;
    /** Documents that no subscription of the partner selects. */
    long passedOver;

    private long cutDocuments;
    private long cutBytes;
    private long acknowledgedDocuments;
    private long acknowledgedBytes;

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
