package io.ibid.peer.transport;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A server by its URL: {@code https://host[:port]}, {@code wss://…}, and without TLS {@code http://…} and {@code ws://…}. Sync is served
 * at {@code /_ditto}, which is appended unless the path ends in it.
 *
 * @param uri with the scheme ws or wss and the whole path
 */
public record ServerAddress(URI uri) {
    private static final String SYNC_PATH = "/_ditto";

    /** Whether a text is meant for this class: it names a scheme. */
    public static boolean isUrl(String text) {
        return text.contains("://");
    }

    /** @throws IbidException {@code validation/invalid} saying what is wrong with the text */
    public static ServerAddress parse(String text) {
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            throw invalid(text, String.valueOf(e.getReason()), e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String webSocket = switch (scheme) {
            case "http", "ws" -> "ws";
            case "https", "wss" -> "wss";
            default -> throw invalid(text, "its scheme is not https, wss, http or ws", null);
        };
        if (uri.getHost() == null) {
            throw invalid(text, "the host is missing", null);
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
            throw invalid(text, "it may have a host, a port and a path, and nothing else", null);
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
        String whole = path.endsWith(SYNC_PATH) ? path : path + SYNC_PATH;
        return new ServerAddress(URI.create(webSocket + "://" + uri.getRawAuthority() + whole));
    }

    private static IbidException invalid(String text, String why, @Nullable Exception cause) {
        return new IbidException(ErrorCode.VALIDATION, "invalid server URL \"" + text + "\": " + why, cause);
    }

    /** Whether the connection is encrypted and the server shows a certificate. */
    public boolean isSecure() {
        return uri.getScheme().equals("wss");
    }

    /**
     * Blocks while the name is resolved.
     *
     * @throws IbidException {@code transport/tls-required} for a server on another machine that is not reached by TLS
     */
    public void requireSafe() throws UnknownHostException {
        if (!isSecure() && !InetAddress.getByName(uri.getHost()).isLoopbackAddress()) {
            throw new IbidException(
                    ErrorCode.TRANSPORT_TLS_REQUIRED,
                    "a server on another machine is reached by https or wss only, not by " + this);
        }
    }

    /** Where the server answers what is asked under its sync path. */
    URI http(String path) {
        String text = uri.toString();
        return URI.create((isSecure() ? "https" : "http") + text.substring(text.indexOf(':')) + path);
    }

    /** The URL as it is dialled. */
    @Override
    public String toString() {
        return uri.toString();
    }
}
