package io.ibid.server.sync;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.ibid.core.error.IbidException;
import io.ibid.core.sync.PeerKey;
import io.ibid.core.value.Json;
import io.ibid.core.value.MalformedException;
import io.ibid.core.value.Value;
import io.ibid.peer.transport.Logins;
import io.ibid.peer.transport.PublicPoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /_ditto/auth/cert} hands out a challenge, {@code POST /_ditto/auth/login} a device token for it. The user is refused with
 * status 401 and a reason, a request that is none with 400. See docs/http.md.
 */
final class Login {
    private static final Logger log = LoggerFactory.getLogger(Login.class);

    static final Duration LIFE = Duration.ofDays(7);
    private static final int BODY_BYTES_MAX = 64 << 10;
    private static final String JSON = "application/json";

    private final String databaseId;
    private final DeviceTokens tokens;
    private final ECPublicKey curve;
    private final @Nullable String developmentToken;
    private final AtomicBoolean warned = new AtomicBoolean();

    /**
     * @param curve any key on the curve of the devices
     * @param developmentToken what devices must show; null: anything will do
     */
    Login(String databaseId, DeviceTokens tokens, ECPublicKey curve, @Nullable String developmentToken) {
        this.databaseId = databaseId;
        this.tokens = tokens;
        this.curve = curve;
        this.developmentToken = developmentToken;
    }

    void challenge(ServerRequest request, ServerResponse response) {
        answer(
                response,
                Status.OK_200,
                Value.Struct.builder(1)
                        .put("challenge", Value.of(tokens.challenge()))
                        .build());
    }

    void login(ServerRequest request, ServerResponse response) {
        Value.Struct asked = body(request);
        if (asked == null) {
            refuse(
                    response,
                    Status.BAD_REQUEST_400,
                    "the body is not a JSON object of at most " + BODY_BYTES_MAX + " bytes");
            return;
        }
        String peerKey = text(asked, "peerKey");
        String refusal = refusal(asked, peerKey);
        if (refusal != null) {
            log.warn(
                    "login of {} refused: {}",
                    peerKey.isEmpty() ? request.remotePeer().host() : peerKey,
                    refusal);
            refuse(response, Status.UNAUTHORIZED_401, refusal);
            return;
        }
        answer(response, Status.OK_200, accepted(peerKey));
    }

    /** A wrong method at the login. */
    void notAllowed(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.ALLOW, "POST");
        refuse(response, Status.METHOD_NOT_ALLOWED_405, "HTTP method not allowed");
    }

    private static Value.@Nullable Struct body(ServerRequest request) {
        try {
            byte[] body = request.content().inputStream().readNBytes(BODY_BYTES_MAX + 1);
            return body.length <= BODY_BYTES_MAX && Json.parse(body) instanceof Value.Struct struct ? struct : null;
        } catch (IOException | MalformedException noObject) {
            return null;
        }
    }

    private @Nullable String refusal(Value.Struct asked, String peerKey) {
        String database = text(asked, "databaseID").isEmpty() ? text(asked, "appID") : text(asked, "databaseID");
        String provider = text(asked, "provider");
        if (!database.equals(databaseId)) {
            return "this server has no database \"" + database + "\"";
        }
        if (!provider.equals(Logins.DEVELOPMENT)) {
            return "this server knows no provider \"" + provider + "\", only " + Logins.DEVELOPMENT;
        }
        if (!isToken(text(asked, "token"))) {
            return "the token is not the one of this server";
        }
        if (!tokens.isChallenge(text(asked, "challenge"))) {
            return "the challenge is not of this server, or older than a minute";
        }
        return isSigned(text(asked, "challenge"), text(asked, "signature"), peerKey)
                ? null
                : "the signature of the challenge is not by the peer key";
    }

    private boolean isToken(String token) {
        if (developmentToken == null) {
            if (warned.compareAndSet(false, true)) {
                log.warn("any development token is accepted: serve was started without --dev-token");
            }
            return true;
        }
        return MessageDigest.isEqual(
                token.getBytes(StandardCharsets.UTF_8), developmentToken.getBytes(StandardCharsets.UTF_8));
    }

    private boolean isSigned(String challenge, String signature, String peerKey) {
        try {
            Signature verifier = Signature.getInstance("SHA256withECDSA");
            verifier.initVerify(PublicPoint.key(PeerKey.parse(peerKey).bytes(), curve));
            verifier.update(challenge.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(Base64.getUrlDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException | IbidException noSignature) {
            return false;
        }
    }

    private Value.Struct accepted(String peerKey) {
        Value.Struct everything = Value.Struct.builder(2)
                .put("everything", Value.of(true))
                .put("queriesByCollection", Value.Struct.builder(0).build())
                .build();
        Value.Struct permissions = Value.Struct.builder(3)
                .put("read", everything)
                .put("write", everything)
                .put("remoteQuery", Value.of(true))
                .build();
        return Value.Struct.builder(6)
                .put("jwt", Value.of(tokens.issue(peerKey, LIFE)))
                .put("caCertificates", new Value.Array(List.of()))
                .put("userID", Value.of("development"))
                .put("expirationSeconds", Value.of(LIFE.toSeconds()))
                .put("permissions", permissions)
                .put("clientInfo", Value.Struct.builder(0).build())
                .build();
    }

    private static String text(Value.Struct asked, String field) {
        return asked.get(field) instanceof Value.Text text ? text.value() : "";
    }

    private static void refuse(ServerResponse response, Status status, String why) {
        Value.Struct error =
                Value.Struct.builder(1).put("description", Value.of(why)).build();
        answer(
                response,
                status,
                Value.Struct.builder(2)
                        .put("error", error)
                        .put("clientInfo", Value.NULL)
                        .build());
    }

    private static void answer(ServerResponse response, Status status, Value.Struct body) {
        response.status(status);
        response.header(HeaderNames.CONTENT_TYPE, JSON);
        response.send(Json.write(body));
    }
}
