package io.ibid.peer.transport;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.value.Json;
import io.ibid.core.value.MalformedException;
import io.ibid.core.value.Value;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What this device has shown to servers and got for it. Logging in is two requests: the server hands out a challenge, the device signs it
 * with its own key and sends it back with the token of the user; what comes back names the device and is shown at the begin of each
 * session until it expires. See docs/http.md. Any thread; blocks.
 */
public final class Logins {
    /** The provider of servers in development: one shared token for everybody. */
    public static final String DEVELOPMENT = "__playgroundProvider";

    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    private static final int UNAUTHORIZED = 401;
    private static final int OK = 200;

    private final Supplier<HttpClient> client;
    private final String databaseId;
    private final KeyPair device;
    private final String peerKey;
    private final Map<String, Login> logins = new ConcurrentHashMap<>();
    private final Map<String, Secret> secrets = new ConcurrentHashMap<>();

    /**
     * A login that the server has accepted.
     *
     * @param credential shown at the begin of sessions
     * @param halfNs when half of its life is over, by {@link System#nanoTime}
     * @param expiresNs when it ends
     * @param userId who the server says the user is
     * @param clientInfo JSON of the server for the app; null: none
     */
    public record Login(
            String credential,
            long halfNs,
            long expiresNs,
            String userId,
            @Nullable String clientInfo) {
        /** How long it is good for; 0 when it is over. */
        public Duration left() {
            return Duration.ofNanos(Math.max(0, expiresNs - System.nanoTime()));
        }

        /** How long it takes until half of its life is over; 0 when it is. */
        public Duration untilHalf() {
            return Duration.ofNanos(Math.max(0, halfNs - System.nanoTime()));
        }

        public boolean isHalfOver() {
            return untilHalf().isZero();
        }

        /** Without the credential. */
        @Override
        public String toString() {
            return "Login[" + userId + ", " + left().toSeconds() + " s]";
        }
    }

    private record Secret(String provider, String token) {
        /** Without the token. */
        @Override
        public String toString() {
            return provider;
        }
    }

    Logins(Supplier<HttpClient> client, String databaseId, KeyPair device, String peerKey) {
        this.client = client;
        this.databaseId = databaseId;
        this.device = device;
        this.peerKey = peerKey;
    }

    /** From now on a session with this server begins with a login by this token, whenever the last one has ended. */
    public void use(ServerAddress server, String provider, String token) {
        secrets.put(server.toString(), new Secret(provider, token));
    }

    /** The login that is valid now; null when there is none. */
    public @Nullable Login current(ServerAddress server) {
        Login login = logins.get(server.toString());
        return login == null || login.left().isZero() ? null : login;
    }

    /** Forgets the login and the token. */
    public void forget(ServerAddress server) {
        logins.remove(server.toString());
        secrets.remove(server.toString());
    }

    /** What is shown to the server at the begin of a session. */
    byte[] credential(ServerAddress server) throws IOException {
        Login login = current(server);
        Secret secret = secrets.get(server.toString());
        if (login == null && secret != null) {
            login = login(server, secret.provider(), secret.token());
        }
        if (login == null) {
            throw new IOException("nobody has logged in there");
        }
        return login.credential().getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Logs in.
     *
     * @throws IbidException {@code authentication/failed-to-authenticate} when the server refuses; its text is in the message
     * @throws IOException when the server is not reached or does not speak this protocol
     */
    public Login login(ServerAddress server, String provider, String token) throws IOException {
        server.requireSafe();
        String challenge = text(answer(get(server.http("/auth/cert"))), "challenge");
        Value.Struct request = Value.Struct.builder(6)
                .put("databaseID", Value.of(databaseId))
                .put("provider", Value.of(provider))
                .put("token", Value.of(token))
                .put("challenge", Value.of(challenge))
                .put("signature", Value.of(sign(challenge)))
                .put("peerKey", Value.of(peerKey))
                .build();
        Value.Struct answer = answer(post(server.http("/auth/login"), Json.write(request)));
        long seconds = answer.get("expirationSeconds") instanceof Value.Int whole ? whole.value() : 0;
        Value info = answer.get("clientInfo");
        Login login = new Login(
                text(answer, "jwt"),
                System.nanoTime() + Duration.ofSeconds(seconds).toNanos() / 2,
                System.nanoTime() + Duration.ofSeconds(seconds).toNanos(),
                text(answer, "userID"),
                info == Value.MISSING || info == Value.NULL ? null : Json.write(info));
        logins.put(server.toString(), login);
        return login;
    }

    private static HttpRequest get(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(ANSWER_MAX).GET().build();
    }

    private static HttpRequest post(URI uri, String json) {
        return HttpRequest.newBuilder(uri)
                .timeout(ANSWER_MAX)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
    }

    private Value.Struct answer(HttpRequest request) throws IOException {
        HttpResponse<byte[]> response;
        try {
            response = client.get().send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while logging in", e);
        }
        Value body;
        try {
            body = Json.parse(response.body());
        } catch (MalformedException e) {
            throw new IOException(request.uri() + " answers with status " + response.statusCode() + " and no JSON", e);
        }
        if (response.statusCode() == UNAUTHORIZED) {
            throw new IbidException(ErrorCode.AUTHENTICATION_FAILED, "the server refuses the login: " + reason(body));
        }
        if (response.statusCode() != OK || !(body instanceof Value.Struct struct)) {
            throw new IOException(
                    request.uri() + " answers with status " + response.statusCode() + ": " + reason(body));
        }
        return struct;
    }

    private static String reason(Value body) {
        return body instanceof Value.Struct struct
                        && struct.get("error") instanceof Value.Struct error
                        && error.get("description") instanceof Value.Text text
                ? text.value()
                : "no reason given";
    }

    private static String text(Value.Struct answer, String field) throws IOException {
        if (answer.get(field) instanceof Value.Text text) {
            return text.value();
        }
        throw new IOException("the server's answer to the login has no " + field);
    }

    private String sign(String challenge) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(device.getPrivate());
            signature.update(challenge.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IbidException(
                    ErrorCode.AUTHENTICATION_FAILED, "the device key cannot sign: " + e.getMessage(), e);
        }
    }
}
