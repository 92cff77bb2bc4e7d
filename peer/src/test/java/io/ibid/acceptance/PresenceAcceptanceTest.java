package io.ibid.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.Ditto;
import io.ibid.DittoConnectionRequest;
import io.ibid.DittoConnectionRequestAuthorization;
import io.ibid.DittoConnectionType;
import io.ibid.DittoException;
import io.ibid.DittoPeer;
import io.ibid.DittoPresenceGraph;
import io.ibid.DittoPresenceObserver;
import io.ibid.serialization.DittoJsonSerializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PresenceAcceptanceTest {
    private static final String GOLDEN =
            "{\"localPeer\":{\"peerKey\":\"LOCAL\",\"deviceName\":\"till-1\",\"os\":\"Linux\","
                    + "\"dittoSdkVersion\":\"" + Ditto.VERSION
                    + "\",\"isConnectedToDittoServer\":false,\"isCompatible\":true,"
                    + "\"peerMetadata\":{\"role\":\"till\"},\"identityServiceMetadata\":{},\"connections\":[CONNECTION]},"
                    + "\"remotePeers\":[{\"peerKey\":\"REMOTE\",\"deviceName\":\"\",\"os\":null,\"dittoSdkVersion\":null,"
                    + "\"isConnectedToDittoServer\":false,\"isCompatible\":null,\"peerMetadata\":{},\"identityServiceMetadata\":{},"
                    + "\"connections\":[CONNECTION]}]}";

    private static final String CONNECTION =
            "{\"id\":\"SMALLER:LARGER:AccessPoint\",\"peer1\":\"SMALLER\",\"peer2\":\"LARGER\","
                    + "\"connectionType\":\"AccessPoint\"}";

    @TempDir
    Path directory;

    private Peers peers;
    private Ditto till;
    private Ditto kitchen;

    @BeforeEach
    void open() throws Exception {
        peers = new Peers(directory);
        till = peers.open("till");
        kitchen = peers.open("kitchen");
        Peers.connect(till, kitchen);
    }

    @AfterEach
    void close() {
        peers.close();
    }

    private static List<DittoPeer> remotes(Ditto ditto) {
        return ditto.getPresence().getGraph().getRemotePeers();
    }

    @Test
    void the_json_is_that_of_the_golden_file() throws Exception {
        till.setDeviceName("till-1");
        till.presence.setPeerMetadata(Map.of("role", "till"));
        till.sync.start();
        kitchen.sync.start();
        Peers.eventually(() -> remotes(till).size() == 1 && remotes(kitchen).size() == 1);
        String local = till.presence.getGraph().getLocalPeer().getPeerKey();
        String remote = kitchen.presence.getGraph().getLocalPeer().getPeerKey();
        boolean isOrdered = local.compareTo(remote) < 0;
        String expected = GOLDEN.replace("CONNECTION", CONNECTION)
                .replace("LOCAL", local)
                .replace("REMOTE", remote)
                .replace("SMALLER", isOrdered ? local : remote)
                .replace("LARGER", isOrdered ? remote : local)
                .replace(
                        "Linux",
                        String.valueOf(till.presence.getGraph().getLocalPeer().getOs()));
        assertThat(till.presence.getGraph().toJson()).isEqualTo(expected);
        assertThat(till.presence.getGraph().serializeToJson()).isEqualTo(expected);
    }

    @Test
    void who_is_connected_directly_is_seen_and_gone_after_stop() throws Exception {
        till.sync.start();
        kitchen.sync.start();
        Peers.eventually(() -> remotes(kitchen).size() == 1 && remotes(till).size() == 1);
        DittoPeer peer = remotes(kitchen).getFirst();
        String own = kitchen.presence.getGraph().getLocalPeer().getPeerKey();
        assertThat(peer.getConnections())
                .hasSize(1)
                .allMatch(link -> link.getPeer1().equals(own) || link.getPeer2().equals(own));
        assertThat(peer.getConnections().getFirst().getConnectionType()).isEqualTo(DittoConnectionType.ACCESS_POINT);
        assertThat(peer.getConnections().getFirst())
                .isEqualTo(remotes(till).getFirst().getConnections().getFirst());
        kitchen.sync.stop();
        Peers.eventually(() -> remotes(kitchen).isEmpty() && remotes(till).isEmpty());
    }

    @Test
    void an_observer_is_called_soon_and_when_the_graph_changes_and_not_otherwise() throws Exception {
        List<DittoPresenceGraph> graphs = new CopyOnWriteArrayList<>();
        DittoPresenceObserver observer = till.getPresence().observe(graphs::add);
        Peers.eventually(() -> graphs.size() == 1);
        Thread.sleep(1_200);
        assertThat(graphs).hasSize(1);
        till.sync.start();
        kitchen.sync.start();
        Peers.eventually(() -> graphs.getLast().getRemotePeers().size() == 1);
        observer.close();
        int before = graphs.size();
        kitchen.sync.stop();
        Thread.sleep(1_200);
        assertThat(graphs).hasSize(before);
    }

    @Test
    void graphs_can_be_had_as_a_stream() throws Exception {
        List<DittoPresenceGraph> graphs = new CopyOnWriteArrayList<>();
        CountDownLatch completed = new CountDownLatch(1);
        till.getPresence().observe().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(DittoPresenceGraph graph) {
                graphs.add(graph);
            }

            @Override
            public void onError(Throwable failure) {
                throw new AssertionError(failure);
            }

            @Override
            public void onComplete() {
                completed.countDown();
            }
        });
        Peers.eventually(() -> graphs.size() == 1);
        till.close();
        assertThat(completed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void metadata_is_json_of_at_most_4096_bytes() throws Exception {
        till.presence.setPeerMetadataJsonString("{\"a\": [1, null]}");
        assertThat(till.presence.getPeerMetadataJsonString()).isEqualTo("{\"a\":[1,null]}");
        assertThat(till.presence.getPeerMetadata().toMap()).containsKey("a");
        till.presence.setPeerMetadata(DittoJsonSerializable.of(Map.of("k", "x".repeat(4_096 - 8))));
        assertThatThrownBy(() -> till.presence.setPeerMetadata(Map.of("k", "x".repeat(4_096 - 7))))
                .isInstanceOfSatisfying(
                        DittoException.PresenceException.class,
                        e -> assertThat(e.getCode()).isEqualTo("presence/metadata-too-large"));
        for (String bad : List.of("", "[1]", "{", "1")) {
            assertThatThrownBy(() -> till.presence.setPeerMetadataJsonString(bad))
                    .isInstanceOf(DittoException.PresenceException.class);
        }
        assertThatThrownBy(() -> till.presence.setPeerMetadata(Map.of("k", new byte[1])))
                .isInstanceOf(DittoException.PresenceException.class);
    }

    @Test
    void a_connection_request_handler_allows_and_denies_in_both_directions() throws Exception {
        List<DittoConnectionRequest> requests = new CopyOnWriteArrayList<>();
        till.presence.setConnectionRequestHandler(request -> {
            requests.add(request);
            return DittoConnectionRequestAuthorization.DENY;
        });
        till.sync.start();
        kitchen.sync.start();
        Peers.eventually(() -> !requests.isEmpty());
        String kitchenKey = kitchen.presence.getGraph().getLocalPeer().getPeerKey();
        assertThat(requests.getFirst().getPeerKey()).isEqualTo(kitchenKey);
        assertThat(requests.getFirst().getConnectionType()).isEqualTo(DittoConnectionType.ACCESS_POINT);
        assertThat(requests.getFirst().getPeerMetadataJsonString()).isEqualTo("{}");
        assertThat(remotes(till)).isEmpty();
        till.presence.setConnectionRequestHandler(request -> DittoConnectionRequestAuthorization.ALLOW);
        Peers.eventually(() -> remotes(till).size() == 1);
        kitchen.sync.stop();
        kitchen.presence.setConnectionRequestHandler(request -> DittoConnectionRequestAuthorization.DENY);
        kitchen.sync.start();
        Thread.sleep(500);
        assertThat(remotes(kitchen)).isEmpty();
        kitchen.presence.setConnectionRequestHandler(null);
        assertThat(kitchen.presence.getConnectionRequestHandler()).isNull();
        Peers.eventually(() -> remotes(kitchen).size() == 1);
    }

    @Test
    void a_handler_that_throws_or_does_not_answer_for_10_seconds_denies() throws Exception {
        till.presence.setConnectionRequestHandler(request -> {
            throw new IllegalStateException("the handler's own");
        });
        till.sync.start();
        kitchen.sync.start();
        Thread.sleep(500);
        assertThat(remotes(till)).isEmpty();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        till.presence.setConnectionRequestHandler(request -> {
            asked.countDown();
            never.await();
            return DittoConnectionRequestAuthorization.ALLOW;
        });
        asked.await();
        Thread.sleep(300);
        assertThat(remotes(till)).isEmpty();
        assertThat(Peers.count(till, "orders")).isZero();
        never.countDown();
    }

    @Test
    void small_peer_info_is_kept_across_launches() throws Exception {
        till.smallPeerInfo.setMetadata(Map.of("shop", 7));
        assertThat(till.smallPeerInfo.isEnabled()).isTrue();
        till.close();
        Ditto again = peers.open("till");
        assertThat(again.getSmallPeerInfo().getMetadata()).isEqualTo(Map.of("shop", 7L));
        assertThat(again.getSmallPeerInfo().getMetadataJsonString()).isEqualTo("{\"shop\":7}");
    }

    @Test
    void disk_usage_is_the_tree_of_the_directory() throws Exception {
        var usage = till.diskUsage.getCurrent();
        assertThat(usage.getChildren().stream().map(item -> item.getPath()).toList())
                .contains("ditto_store", "ditto_auth", "ditto_logs");
        assertThat(usage.getSizeInBytes())
                .isEqualTo(usage.getChildren().stream()
                        .mapToLong(item -> item.getSizeInBytes())
                        .sum())
                .isPositive();
        List<Long> sizes = new CopyOnWriteArrayList<>();
        try (AutoCloseable observing = till.getDiskUsage().observe(item -> sizes.add(item.getSizeInBytes()))) {
            Peers.eventually(() -> !sizes.isEmpty());
            Peers.insert(till, "orders", Map.of("_id", "1", "text", "x".repeat(100_000)));
            Peers.eventually(() -> sizes.size() > 1);
            assertThat(observing).isNotNull();
        }
    }
}
