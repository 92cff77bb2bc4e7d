package io.ibid.core.database;

/** How a holder of the turn tells the loop of the writes that it has performed. */
@FunctionalInterface
public interface Serving {

    /**
     * Holder. A write was performed.
     *
     * @param settle to be run on the loop, in the order of these calls and before the turn is released
     * @param isOnly whether it is the only write of this turn, so that nobody but its owner waits for the disk now
     */
    void performed(Runnable settle, boolean isOnly);
}
