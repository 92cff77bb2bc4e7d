package io.ibid.legacy;

/** Lets the next result come. */
@FunctionalInterface
public interface DittoSignalNextCallback {

    /** From any thread, now or later; calling it again has no effect. */
    void signalNext();
}
