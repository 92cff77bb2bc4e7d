package io.ibid;

/** Told how far a fetch is, at most every 100 ms and never after its end, on a thread of its own. */
@FunctionalInterface
public interface DittoAttachmentFetchProgressHandler {

    /** So many bytes of all are here. */
    void onProgress(DittoULong downloadedBytes, DittoULong totalBytes);
}
