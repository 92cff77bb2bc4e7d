package io.ibid;

/** Hears what a database takes on disk. */
@FunctionalInterface
public interface DittoDiskUsageCallback {
    void onDiskUsageChanged(DittoDiskUsageItem usage) throws Exception;
}
