package io.ibid.legacy;

/** Hears which collections there are, and says when it can take the next state. */
@FunctionalInterface
public interface DittoCollectionsWithNextSignalCallback {

    /** Nothing more is delivered until the signal was given. */
    void update(DittoCollectionsEvent event, DittoSignalNextCallback signalNext) throws Exception;
}
