package io.ibid.server;

import io.ibid.peer.runtime.HttpListener;
import io.ibid.peer.runtime.HttpOptions;
import io.ibid.peer.runtime.HttpServer;
import io.ibid.peer.runtime.OpenDatabase;
import io.ibid.server.sync.SyncService;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Serves a database with Helidon's web server. Found through {@link java.util.ServiceLoader}. */
public final class HelidonHttpListener implements HttpListener {

    @Override
    public HttpServer start(OpenDatabase database, HttpOptions options) {
        String given = options.apiKey();
        ApiKeyFile.Kept key = given != null
                ? new ApiKeyFile.Kept(ApiKey.of(given), null)
                : new ApiKeyFile(database.directory()).readOrGenerate(new SecureRandom());
        HttpEndpoint endpoint = HttpEndpoint.open(
                new ServedOpenDatabase(database),
                options.host(),
                options.port(),
                key.key(),
                Limits.STANDARD,
                new SyncService(database, options.developmentToken(), InstantSource.system()));
        return new Started(endpoint, key.text());
    }

    private record Started(HttpEndpoint endpoint, @Nullable String generatedApiKey) implements HttpServer {
        @Override
        public String host() {
            return endpoint.host();
        }

        @Override
        public int port() {
            return endpoint.port();
        }

        @Override
        public void close() {
            endpoint.close();
        }
    }
}
