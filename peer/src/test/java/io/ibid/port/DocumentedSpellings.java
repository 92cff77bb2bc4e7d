package io.ibid.port;

import io.ibid.*;
import io.ibid.serialization.DittoCborSerializable;
import io.ibid.serialization.DittoJsonSerializable;
import io.ibid.transports.*;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/**
 * Calls as the documentation and the samples of the original spell them, in both of its dialects. Nobody runs it: that it compiles, with
 * these static types and these catch clauses, is the test.
 */
@SuppressWarnings({"unused", "deprecation", "EmptyCatch", "CatchAndPrintStackTrace", "FutureReturnValueIgnored"})
final class DocumentedSpellings {
    private DittoSyncSubscription subscription;
    private DittoStoreObserver observer;
    private DittoAsyncCancellable presence;

    private DocumentedSpellings() {}

    /** A constructor without throws, as in a Spring service. */
    static Ditto server(String databaseId, String url, String token, File directory) {
        DittoConfig config = new DittoConfig.Builder(databaseId)
                .serverConnect(url)
                .persistenceDirectory(directory)
                .build();
        Ditto ditto = DittoFactory.create(config);
        ditto.setDeviceName("Spring Java");
        ditto.updateTransportConfig(
                transport -> transport.peerToPeer(p2p -> p2p.bluetoothLe().isEnabled(true)));
        DittoAuthenticator auth = ditto.getAuth();
        if (auth != null) {
            auth.setExpirationHandler((expiring, timeUntilExpiration) -> expiring.getAuth()
                    .login(token, DittoAuthenticationProvider.development())
                    .thenRun(() -> {}));
            auth.setExpirationHandler((Ditto it, Duration left) -> it.getAuth()
                    .login(token, new DittoAuthenticationProvider("mine"))
                    .thenApply(r -> null));
        }
        return ditto;
    }

    void observeAndSubscribe(Ditto ditto) {
        try {
            subscription = ditto.getSync().registerSubscription("SELECT * FROM tasks");
            observer = ditto.getStore()
                    .registerObserver("SELECT * FROM tasks WHERE NOT deleted ORDER BY _id", results -> {
                        List<? extends DittoQueryResultItem> items = results.getItems();
                        for (DittoQueryResultItem item : items) {
                            DittoCborSerializable.Dictionary value = item.getValue();
                            String id = value.get("_id").asString();
                            boolean done = value.get("done").asBoolean();
                            String json = item.getJsonString();
                        }
                    });
            ditto.getSync().start();
        } catch (DittoException e) {
            throw new IllegalStateException(e);
        }
        presence = ditto.getPresence().observe(graph -> {
            boolean online =
                    !graph.getRemotePeers().isEmpty() || graph.getLocalPeer().isConnectedToDittoServer();
            graph.getRemotePeers().stream().map(DittoPeer::getDeviceName).forEach(System.out::println);
        });
    }

    void writeAndReadWithStages(Ditto ditto) throws Exception {
        DittoStore store = ditto.getStore();
        CompletionStage<Void> inserted = store.execute(
                "INSERT INTO tasks DOCUMENTS (:newTask)",
                DittoCborSerializable.buildDictionary()
                        .put(
                                "newTask",
                                DittoCborSerializable.Dictionary.buildDictionary()
                                        .put("_id", "1")
                                        .put("title", "buy milk")
                                        .put("done", false)
                                        .put("price", 1.5)
                                        .put("count", 3)
                                        .put("big", 3L)
                                        .put("bytes", new byte[0])
                                        .put("tags", List.of("a"))
                                        .put("map", Map.of("a", 1))
                                        .build())
                        .build());
        inserted.toCompletableFuture().join();
        CompletionStage<DittoQueryResult> raw = store.executeRaw("SELECT * FROM tasks");
        try (DittoQueryResult result = raw.toCompletableFuture().get(10, TimeUnit.SECONDS)) {
            Long commit = result.getCommitId();
        }
        CompletionStage<Integer> size =
                store.execute("SELECT * FROM tasks", result -> result.getItems().size());
        CompletionStage<Integer> some = store.execute(
                "SELECT * FROM tasks WHERE _id = :id",
                DittoCborSerializable.buildDictionary().put("id", "1").build(),
                result -> result.getItems().size());
        CompletionStage<Integer> plain =
                store.execute("SELECT * FROM tasks WHERE _id = :id", Map.of("id", "1"), result -> 1);
        store.execute("SELECT * FROM tasks", (DittoCborSerializable.Dictionary) null);
        Flow.Publisher<Integer> sizes =
                store.observe("SELECT * FROM tasks", result -> result.getItems().size());
    }

    /** All kinds of listeners, with and without types. */
    void listeners(Ditto ditto) throws DittoException {
        DittoStore store = ditto.getStore();
        store.registerObserver("SELECT * FROM a", result -> {});
        store.registerObserver("SELECT * FROM a", (DittoQueryResult result) -> {});
        store.registerObserver("SELECT * FROM a", (result, signalNext) -> signalNext.run());
        store.registerObserver("SELECT * FROM a", (DittoQueryResult result, Runnable next) -> next.run());
        store.registerObserver("SELECT * FROM a", (DittoQueryResult result, DittoDiff diff) -> diff.getMoves());
        store.registerObserver("SELECT * FROM a", (result, diff, next) -> next.run());
        store.registerObserver("SELECT * FROM a", Map.of("x", 1), (result, signalNext) -> signalNext.run());
        store.registerObserver("SELECT * FROM a", Map.of("x", 1), result -> result.getItems());
        DittoObserver blocking =
                ditto.store.registerObserver("SELECT * FROM a", (result, signalNext) -> signalNext.run());
        DittoObserver blockingDiff =
                ditto.store.registerObserver("SELECT * FROM a", (DittoQueryResult result, DittoDiff diff) -> {});
        Set<DittoObserver> all = ditto.store.observers;
    }

    void transactions(Ditto ditto) throws Exception {
        DittoTransaction.Result<String> result = ditto.getStore()
                .transaction(
                        "hint",
                        false,
                        tx -> tx.execute("SELECT * FROM a")
                                .thenCompose(rows -> tx.execute("DELETE FROM a"))
                                .thenApply(deleted -> DittoTransaction.Result.commit("done")))
                .toCompletableFuture()
                .get();
        ditto.getStore().transaction(tx -> CompletableFuture.completedFuture(new DittoTransaction.Result.Commit<>(1)));
        ditto.getStore()
                .<Integer>transaction(
                        tx -> CompletableFuture.completedFuture(new DittoTransaction.Result.Rollback<>()));
        switch (result) {
            case DittoTransaction.Result.Commit<String> commit -> System.out.println(commit.value());
            case DittoTransaction.Result.Rollback<String> rollback -> System.out.println("rolled back");
        }
    }

    /** The checked exceptions: each catch clause would not compile if its call declared something else. */
    void catchClauses(Ditto ditto) {
        try {
            ditto.getSync().start();
        } catch (DittoError e) {
            e.printStackTrace();
        }
        try {
            ditto.startSync();
        } catch (DittoException e) {
            e.printStackTrace();
        }
        ditto.stopSync();
        try {
            subscription.close();
        } catch (IOException e) {
            e.printStackTrace();
        }
        try {
            observer.close();
        } catch (DittoException e) {
            e.printStackTrace();
        }
        try {
            new DittoDiffer().close();
        } catch (Exception e) {
            e.printStackTrace();
        }
        try {
            ditto.getPresence().setPeerMetadata(Map.of("a", 1));
            ditto.getPresence().setPeerMetadata(DittoJsonSerializable.of(Map.of("a", 1)));
            ditto.getSmallPeerInfo().setMetadataJsonString("{}");
            DittoULong bytes = DittoLogger.exportToFileBlocking("log.gz");
            ditto.setOfflineOnlyLicenseToken("token");
        } catch (DittoException e) {
            switch (e) {
                case DittoException.AuthenticationException auth
                when auth.getReason() instanceof DittoException.AuthenticationExceptionReason.FailedToAuthenticate() ->
                    System.out.println("login failed");
                case DittoException.StoreException store -> System.out.println(store.getReason());
                default -> System.out.println(e.getCode());
            }
        }
        presence.cancel();
        ditto.close();
    }

    /** The blocking dialect. */
    void blocking(Ditto ditto) {
        DittoQueryResult inserted =
                ditto.store.execute("INSERT INTO cars DOCUMENTS (:car)", Map.of("car", Map.of("a", 1)));
        List<Object> ids = inserted.mutatedDocumentIDs();
        DittoSyncSubscription cars = ditto.sync.registerSubscription("SELECT * FROM cars");
        boolean cancelled = cars.isCancelled();
        cars.cancel();
        DittoObserver cancelling = ditto.store.registerObserver("SELECT * FROM cars", result -> {
            try (result) {
                for (DittoQueryResultItem item : result.getItems()) {
                    item.materialize();
                    item.dematerialize();
                    byte[] cbor = item.cborData();
                    String json = item.jsonString();
                    item.close();
                }
            }
        });
        cancelling.cancel();
        String key = ditto.presence.getGraph().getLocalPeer().getPeerKeyString();
    }

    /** Transports as builders edit them. */
    void transportBuilders(Ditto ditto) {
        ditto.updateTransportConfig(config -> {
            config.setAllPeerToPeerEnabled(true);
            config.peerToPeer(p2p -> {
                p2p.bluetoothLe().isEnabled(true);
                p2p.lan().isEnabled(true).mdnsEnabled(false);
                p2p.wifiAware().isEnabled(false);
                p2p.lan(lan -> lan.isEnabled(true));
            });
            config.connect(connect -> {
                connect.tcpServers().add("127.0.0.1:4040");
                connect.websocketUrls().add("wss://example.org");
                connect.setTcpServers("a:1", "b:2").addTcpServers(Set.of("c:3"));
            });
            config.listen(listen -> {
                listen.tcp(tcp -> tcp.isEnabled(true).interfaceIp("0.0.0.0").port(4040));
                listen.http(http -> http.isEnabled(true).websocketSync(true));
            });
            config.global(global -> global.syncGroup(1234).routingHint(5));
        });
        ditto.updateTransportConfig(
                config -> config.getPeerToPeer().getBluetoothLe().setEnabled(true));
    }

    /** Transports as older applications set them. */
    void mutableTransports(Ditto ditto) {
        DittoTransportConfig config = new DittoTransportConfig();
        config.enableAllPeerToPeer();
        config.getPeerToPeer().getBluetoothLe().setEnabled(true);
        config.getPeerToPeer().getLan().setEnabled(true);
        config.getPeerToPeer().getWifiAware().setEnabled(false);
        DittoConnect connect = new DittoConnect();
        connect.setTcpServers(new HashSet<>(Set.of("127.0.0.1:4040")));
        config.setConnect(connect);
        config.getConnect().getWebsocketUrls().add("wss://example.org");
        DittoListen listen = new DittoListen();
        DittoTcpListenConfig tcp = new DittoTcpListenConfig();
        tcp.setEnabled(true);
        tcp.setInterfaceIp("0.0.0.0");
        tcp.setPort(4000);
        listen.setTcp(tcp);
        config.setListen(listen);
        ditto.setTransportConfig(config);
    }

    void configurations() {
        DittoConfig one = new DittoConfig.Builder("id")
                .connect(new DittoConfig.Connect.SmallPeersOnly(null))
                .persistenceDirectory("dir")
                .build();
        DittoConfig two = new DittoConfig.Builder("id")
                .serverConnect(URI.create("https://example.org"))
                .build()
                .withConnect(new DittoConfig.Connect.Server("https://example.org"));
        File directory = one.getPersistenceDirectory();
        String path = two.getPersistenceDirectoryPath();
    }

    void logs() {
        DittoLogger.setMinimumLogLevel(DittoLogLevel.DEBUG);
        DittoLogger.setEnabled(true);
        DittoLogger.setCustomLogCallback((level, message) -> System.out.println(level + message));
        DittoLogger.unsetCustomLogCallback();
    }

    void requests(Ditto ditto) {
        ditto.getPresence()
                .setConnectionRequestHandler(
                        request -> request.getPeerMetadataObject().toMap().containsKey("trusted")
                                ? DittoConnectionRequestAuthorization.ALLOW
                                : DittoConnectionRequestAuthorization.DENY);
    }
}
