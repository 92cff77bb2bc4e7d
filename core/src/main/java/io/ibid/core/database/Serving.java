package io.ibid.core.database;

/** How a holder of the turn tells the loop of the writes that it has performed. */
@FunctionalInterface
public interface Serving {

    /**
     * Holder. A write was performed.
     *
     * @param settle to be run on the loop, in the order of these calls and before the turn is released
     * @param isLast whether the holder is about to release
     */
    void performed(Runnable settle, boolean isLast);
}
