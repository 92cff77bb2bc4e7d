package io.ibid.example;

import io.ibid.Ditto;
import io.ibid.DittoConfig;
import io.ibid.DittoFactory;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Two peers in one process: a car that is inserted on one appears in the other one's observer. */
public final class TwoPeers {
    public static void main(String[] args) throws Exception {
        int port = Integer.getInteger("port", 4055);
        try (Ditto garage = open("garage");
                Ditto phone = open("phone")) {
            garage.updateTransportConfig(config -> config.listen()
                    .tcp(tcp -> tcp.isEnabled(true).interfaceIp("127.0.0.1").port(port)));
            phone.updateTransportConfig(config -> config.connect().addTcpServers("127.0.0.1:" + port));
            garage.sync.start();
            phone.sync.start();

            CompletableFuture<String> arrived = new CompletableFuture<>();
            phone.sync.registerSubscription("SELECT * FROM cars");
            phone.store.registerObserver(
                    "SELECT * FROM cars WHERE engine.kw > :kw",
                    Map.of("kw", 80),
                    result -> result.getItems().forEach(item -> arrived.complete(item.getJsonString())));

            garage.store.execute(
                    "INSERT INTO cars DOCUMENTS (:car) ON ID CONFLICT DO UPDATE",
                    Map.of("car", Map.of("_id", "c1", "color", "blue", "engine", Map.of("kw", 90))));
            System.out.println("The phone has " + arrived.get());
        }
    }

    private static Ditto open(String name) {
        return DittoFactory.create(new DittoConfig.Builder("demo")
                .persistenceDirectory("./ditto-" + name)
                .build());
    }
}
