package io.ibid;

/** Hears the newest result of an observed query, and how it differs from the one it heard before. The result is closed when it returns. */
@FunctionalInterface
public interface DittoChangeListenerWithDiff {
    void onChange(DittoQueryResult result, DittoDiff diff) throws Exception;
}
