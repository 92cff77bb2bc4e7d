package io.ibid.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records requests and answers each with what the test wants. */
final class FakeServer implements AutoCloseable {
    static final String KEY = "a-key-of-some-length";

    private final HttpServer http;
    final List<Value.Struct> requests = new CopyOnWriteArrayList<>();
    final List<String> paths = new CopyOnWriteArrayList<>();
    volatile int status = 200;
    volatile String body = envelope("select", "", "");

    FakeServer() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::answer);
        http.start();
    }

    static String envelope(String queryType, String items, String mutatedIds) {
        return "{\"transactionId\":7,\"queryType\":\"" + queryType + "\",\"items\":[" + items
                + "],\"mutatedDocumentIds\":[" + mutatedIds
                + "],\"error\":{},\"warnings\":[],\"totalWarningsCount\":0}";
    }

    static String failure(String description) {
        return "{\"queryType\":\"unknown\",\"items\":[],\"mutatedDocumentIds\":[],\"warnings\":[],\"totalWarningsCount\":0,"
                + "\"error\":{\"description\":" + Json.write(Value.of(description)) + "}}";
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            paths.add(exchange.getRequestURI().getPath());
            requests.add((Value.Struct) Json.parse(exchange.getRequestBody().readAllBytes()));
            boolean isAllowed = Objects.equals(exchange.getRequestHeaders().getFirst("Authorization"), "Bearer " + KEY);
            byte[] reply = (isAllowed ? body : failure("no such key")).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(isAllowed ? status : 401, reply.length);
            exchange.getResponseBody().write(reply);
        }
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** The command's arguments with this server's address and key behind them. */
    String[] arguments(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", url(), "--api-key", KEY));
        return all.toArray(String[]::new);
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
