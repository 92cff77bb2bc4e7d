package io.ibid.server.sync;

import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.websocket.WsRouting;
import io.ibid.peer.runtime.OpenDatabase;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Logins and WebSockets of devices, for one database. */
public final class SyncService {
    private static final String PATH = "/_ditto";

    private final OpenDatabase database;
    private final DeviceTokens tokens;
    private final Login login;
    private final InstantSource clock;

    /** @param developmentToken what devices must show; null: anything will do, as long as all this is for this machine only */
    public SyncService(OpenDatabase database, @Nullable String developmentToken, InstantSource clock) {
        KeyPair server = database.deviceKeys();
        this.database = database;
        this.clock = clock;
        this.tokens = new DeviceTokens(database.databaseId(), server, clock);
        this.login = new Login(database.databaseId(), tokens, (ECPublicKey) server.getPublic(), developmentToken);
    }

    /** Serves the login. */
    public void addTo(HttpRouting.Builder routing) {
        routing.get(PATH + "/auth/cert", login::challenge)
                .post(PATH + "/auth/login", login::login)
                .any(PATH + "/auth/login", login::notAllowed);
    }

    /** Serves the WebSockets. */
    public WsRouting.Builder sockets() {
        return WsRouting.builder().endpoint(PATH, () -> new SyncSocket(tokens, clock, database::attach));
    }
}
