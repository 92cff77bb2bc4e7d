package io.ibid.peer.runtime;

import org.jspecify.annotations.Nullable;

/** An open HTTP port. */
public interface HttpServer extends AutoCloseable {

    String host();

    /** The port in use, also when any free one was asked for. */
    int port();

    /** The key that this start has generated, to be shown once; null when the key was given or is known from an earlier start. */
    @Nullable
    String generatedApiKey();

    /** Lets running requests end for at most ten seconds. Idempotent. */
    @Override
    void close();
}
