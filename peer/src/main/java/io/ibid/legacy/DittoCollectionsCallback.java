package io.ibid.legacy;

/** Hears which collections there are. */
@FunctionalInterface
public interface DittoCollectionsCallback {

    void update(DittoCollectionsEvent event) throws Exception;
}
