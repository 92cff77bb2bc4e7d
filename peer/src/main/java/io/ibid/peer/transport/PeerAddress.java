package io.ibid.peer.transport;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Where a peer listens or is dialled: {@code HOST:PORT}, an IPv6 host in brackets.
 *
 * @param host a name or a literal address, without brackets
 * @param port 0 to 65535; 0 only for listening: any free port
 */
public record PeerAddress(String host, int port) {

    /** The port that peers use unless told otherwise. */
    public static final int PORT = 4040;

    /** Reads {@code HOST:PORT}; {@code validation/invalid} names what is wrong with any other text. */
    public static PeerAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[");
        if (colon <= 0 || (bracketed ? !text.substring(0, colon).endsWith("]") : text.indexOf(':') != colon)) {
            throw invalid(text, "expected HOST:PORT, an IPv6 host in brackets");
        }
        String host = bracketed ? text.substring(1, colon - 1) : text.substring(0, colon);
        if (host.isBlank()) {
            throw invalid(text, "the host is missing");
        }
        String digits = text.substring(colon + 1);
        if (digits.isEmpty()
                || digits.length() > 5
                || !digits.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            throw invalid(text, "the port is not a number from 0 to 65535");
        }
        int port = Integer.parseInt(digits);
        if (port > 65535) {
            throw invalid(text, "the port is not a number from 0 to 65535");
        }
        return new PeerAddress(host, port);
    }

    static PeerAddress of(InetSocketAddress socket) {
        return new PeerAddress(socket.getAddress().getHostAddress(), socket.getPort());
    }

    /**
     * The socket address, if it stands for this machine alone. Blocks while the name is resolved.
     *
     * @throws IbidException {@code transport/identity-required} for every other address: partners there could be anybody
     * @throws UnknownHostException when the name has no address
     */
    InetSocketAddress resolveLoopback() throws UnknownHostException {
        InetAddress address = InetAddress.getByName(host);
        if (!address.isLoopbackAddress()) {
            throw new IbidException(
                    ErrorCode.TRANSPORT_IDENTITY_REQUIRED,
                    this
                            + " is not a loopback address: peers connect beyond this machine only with a shared key, by which"
                            + " they know each other");
        }
        return new InetSocketAddress(address, port);
    }

    /** The socket address. Blocks while the name is resolved. */
    InetSocketAddress resolve() throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(host), port);
    }

    private static IbidException invalid(String text, String reason) {
        return new IbidException(ErrorCode.VALIDATION, "invalid peer address \"" + text + "\": " + reason);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
