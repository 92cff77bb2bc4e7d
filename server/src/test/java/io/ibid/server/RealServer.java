package io.ibid.server;

import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import io.ibid.peer.runtime.DatabaseOptions;
import io.ibid.peer.runtime.HttpListener;
import io.ibid.peer.runtime.HttpOptions;
import io.ibid.peer.runtime.HttpServer;
import io.ibid.peer.runtime.OpenDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

/** A database on disk behind HTTP, found and started as the commands do it. */
final class RealServer implements AutoCloseable {
    static final String KEY = "0123456789abcdef";

    final OpenDatabase database;
    final HttpServer http;
    private final HttpClient client = HttpClient.newHttpClient();

    RealServer(Path directory) {
        database = OpenDatabase.open(DatabaseOptions.server(directory, "demo"));
        http = HttpListener.find().start(database, new HttpOptions("127.0.0.1", 0, KEY));
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + http.port() + path);
    }

    HttpResponse<String> execute(String version, String statement, String arguments)
            throws IOException, InterruptedException {
        String body = "{\"statement\":" + Json.write(Value.of(statement)) + ",\"args\":" + arguments + "}";
        return client.send(
                HttpRequest.newBuilder(uri("/api/" + version + "/store/execute"))
                        .header("Authorization", "Bearer " + KEY)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> execute(String statement) throws IOException, InterruptedException {
        return execute("v5", statement, "{}");
    }

    @Override
    public void close() {
        client.close();
        http.close();
        database.close();
    }
}
