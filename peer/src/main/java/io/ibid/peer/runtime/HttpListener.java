package io.ibid.peer.runtime;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.util.ServiceLoader;

/**
 * Serves databases over HTTP. The embedded peer has no web server of its own; the module {@code server} provides one, found through
 * {@link ServiceLoader}.
 */
public interface HttpListener {

    /**
     * Listens, and serves the database until the server is closed; the database stays open then.
     *
     * @throws IbidException {@code transport/listen-failed} when the port cannot be had, {@code transport/identity-required} for an
     *     address that others can reach, {@code validation/invalid} for a key that is too short
     */
    HttpServer start(OpenDatabase database, HttpOptions options);

    /**
     * The one on the class path.
     *
     * @throws IbidException {@code sdk/unsupported} when there is none
     */
    static HttpListener find() {
        return ServiceLoader.load(HttpListener.class, HttpListener.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IbidException(
                        ErrorCode.SDK_UNSUPPORTED, "HTTP needs the module ibid-server on the class path"));
    }
}
