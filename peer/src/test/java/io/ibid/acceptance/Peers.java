package io.ibid.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.Ditto;
import io.ibid.DittoConfig;
import io.ibid.DittoException;
import io.ibid.DittoFactory;
import io.ibid.DittoQueryResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The instances of one test, which it closes. */
final class Peers implements AutoCloseable {
    private final Path directory;
    private final List<Ditto> open = new ArrayList<>();

    Peers(Path directory) {
        this.directory = directory;
    }

    Ditto open(String name) {
        Ditto ditto = DittoFactory.create(new DittoConfig.Builder("shop")
                .persistenceDirectory(directory.resolve(name))
                .build());
        open.add(ditto);
        return ditto;
    }

    /** Lets the second dial the first, without starting them. */
    static void connect(Ditto listening, Ditto... dialling) throws IOException {
        int port = freePort();
        listening.updateTransportConfig(config ->
                config.listen().tcp().isEnabled(true).interfaceIp("127.0.0.1").port(port));
        for (Ditto ditto : dialling) {
            ditto.updateTransportConfig(config -> config.connect().addTcpServers("127.0.0.1:" + port));
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    static void insert(Ditto ditto, String collection, Map<String, ?> document) {
        ditto.store
                .execute(
                        "INSERT INTO " + collection + " DOCUMENTS (:d) ON ID CONFLICT DO UPDATE", Map.of("d", document))
                .close();
    }

    static int count(Ditto ditto, String collection) throws DittoException {
        try (DittoQueryResult result = ditto.store.execute("SELECT COUNT(*) AS n FROM " + collection)) {
            return result.getItems().getFirst().getValue().get("n").asInt();
        }
    }

    static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(15, TimeUnit.SECONDS);
    }

    static void eventually(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            Thread.sleep(10);
        }
    }

    @Override
    public void close() {
        open.forEach(Ditto::close);
    }
}
