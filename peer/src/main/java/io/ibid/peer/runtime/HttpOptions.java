package io.ibid.peer.runtime;

import org.jspecify.annotations.Nullable;

/**
 * Where and for whom a database is served over HTTP.
 *
 * @param host an address of this machine; only loopback in this version
 * @param port 0 for any free one
 * @param apiKey what clients must show; null: the one that was generated at the first start, whose hash lies beside the data
 * @param developmentToken what devices must show to log in for sync; null: anything will do, since others do not reach this port
 */
public record HttpOptions(
        String host,
        int port,
        @Nullable String apiKey,
        @Nullable String developmentToken) {

    /** Any development token will do. */
    public HttpOptions(String host, int port, @Nullable String apiKey) {
        this(host, port, apiKey, null);
    }

    /** Without key and token. */
    @Override
    public String toString() {
        return "HttpOptions[host=" + host + ", port=" + port + "]";
    }
}
