package io.ibid;

/** Hears the newest result of an observed query. The result is closed when it returns. */
@FunctionalInterface
public interface DittoChangeListener {
    void onChange(DittoQueryResult result) throws Exception;
}
