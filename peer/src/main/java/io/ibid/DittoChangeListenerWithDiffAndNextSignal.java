package io.ibid;

/**
 * Hears the newest result of an observed query and how it differs from the one before, and asks for the next one when it can take it. The
 * result stays open until the listener closes it.
 */
@FunctionalInterface
public interface DittoChangeListenerWithDiffAndNextSignal {

    /**
     * There is a result.
     *
     * @param signalNext to be run when the next result may come, now or later, on any thread. Nothing more is delivered until then;
     *     running it again has no effect
     */
    void onChange(DittoQueryResult result, DittoDiff diff, Runnable signalNext) throws Exception;
}
