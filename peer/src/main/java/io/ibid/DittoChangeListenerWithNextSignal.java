package io.ibid;

/**
 * Hears the newest result of an observed query, and asks for the next one when it can take it. The result stays open until the listener
 * closes it.
 *
 * <p>It extends {@link DittoChangeListenerWithDiff} so that a lambda of two parameters without types means this interface, which is then
 * the more specific one of the two.
 */
@FunctionalInterface
public interface DittoChangeListenerWithNextSignal extends DittoChangeListenerWithDiff {

    /**
     * There is a result.
     *
     * @param signalNext to be run when the next result may come, now or later, on any thread. Nothing more is delivered until then;
     *     running it again has no effect
     */
    void onChange(DittoQueryResult result, Runnable signalNext) throws Exception;

    /** Not called by a store. */
    @Override
    default void onChange(DittoQueryResult result, DittoDiff diff) throws Exception {
        onChange(result, () -> {});
    }
}
