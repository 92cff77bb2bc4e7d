package io.ibid.core.env;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs blocking or long work beside the loop and brings its outcome back to it. Bounded threads in production, inline in the simulation. */
public interface Offload {

    /**
     * Runs {@code work} off the loop, then {@code done} as a later task of the loop (never from within this call) with null, or with
     * what {@code work} threw.
     */
    void run(Runnable work, Consumer<@Nullable Throwable> done);
}
