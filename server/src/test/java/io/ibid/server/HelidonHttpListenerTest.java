package io.ibid.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.error.IbidException;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HelidonHttpListenerTest {
    private static final String KEY = "0123456789abcdef";

    @TempDir
    Path directory;

    @Test
    void it_is_found_on_the_class_path() {
        assertThat(HttpListener.find()).isInstanceOf(HelidonHttpListener.class);
    }

    @Test
    void a_generated_key_is_told_at_the_first_start_only_and_stays_valid() throws Exception {
        try (OpenDatabase database = OpenDatabase.open(DatabaseOptions.server(directory, "demo"))) {
            String key;
            try (HttpServer server = start(database, null)) {
                key = String.valueOf(server.generatedApiKey());
                assertThat(key).hasSize(50);
                assertThat(status(server, key)).isNotEqualTo(401);
                assertThat(status(server, KEY)).isEqualTo(401);
            }
            try (HttpServer server = start(database, null)) {
                assertThat(server.generatedApiKey()).isNull();
                assertThat(status(server, key)).isNotEqualTo(401);
            }
            try (HttpServer server = start(database, KEY)) {
                assertThat(server.generatedApiKey()).isNull();
                assertThat(status(server, KEY)).isNotEqualTo(401);
                assertThat(status(server, key)).isEqualTo(401);
            }
        }
    }

    @Test
    void a_short_key_is_refused() {
        try (OpenDatabase database = OpenDatabase.open(DatabaseOptions.peer(null, "demo"))) {
            assertThatThrownBy(() -> start(database, "short"))
                    .isInstanceOf(IbidException.class)
                    .hasMessageContaining("16 characters");
        }
    }

    private static HttpServer start(OpenDatabase database, @Nullable String key) {
        return HttpListener.find().start(database, new HttpOptions("127.0.0.1", 0, key));
    }

    private static int status(HttpServer server, String key) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<Void> response = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/v5/store/execute"))
                            .header("Authorization", "Bearer " + key)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{\"statement\":\"SELECT * FROM cars\"}"))
                            .build(),
                    BodyHandlers.discarding());
            return response.statusCode();
        }
    }
}
