package io.ibid.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.Ditto;
import io.ibid.DittoConfig;
import io.ibid.DittoFactory;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Small peers that share a key. */
@Timeout(60)
class SharedKeyAcceptanceTest {
    @TempDir
    Path directory;

    private final List<Ditto> open = new ArrayList<>();

    private static String key() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return Base64.getEncoder()
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
    }

    private Ditto open(String name, @Nullable String key) throws Exception {
        Ditto ditto = DittoFactory.create(new DittoConfig.Builder("shop")
                .connect(new DittoConfig.Connect.SmallPeersOnly(key))
                .persistenceDirectory(directory.resolve(name))
                .build());
        open.add(ditto);
        ditto.sync.registerSubscription("SELECT * FROM orders");
        return ditto;
    }

    @AfterEach
    void close() {
        open.forEach(Ditto::close);
    }

    @Test
    void peers_with_the_same_key_sync_and_know_each_other_by_their_own_keys() throws Exception {
        String key = key();
        Ditto one = open("one", key);
        Ditto two = open("two", key);
        Peers.connect(one, two);
        one.sync.start();
        two.sync.start();
        Peers.insert(one, "orders", Map.of("_id", 1, "text", "x".repeat(300_000)));
        Peers.eventually(() -> Peers.count(two, "orders") == 1);
        Peers.insert(two, "orders", Map.of("_id", 2));
        Peers.eventually(() -> Peers.count(one, "orders") == 2);
        Peers.eventually(() -> !one.presence.getGraph().getRemotePeers().isEmpty());
        assertThat(one.presence.getGraph().getRemotePeers().getFirst().getPeerKey())
                .isEqualTo(two.presence.getGraph().getLocalPeer().getPeerKey());
        two.sync.stop();
        Peers.eventually(() -> one.presence.getGraph().getRemotePeers().isEmpty());
        two.sync.start();
        Peers.insert(one, "orders", Map.of("_id", 3));
        Peers.eventually(() -> Peers.count(two, "orders") == 3);
        assertThat(one.getConfig().toString()).doesNotContain(key);
    }

    @Test
    void a_peer_without_the_key_or_with_another_one_gets_nothing() throws Exception {
        Ditto one = open("one", key());
        Ditto stranger = open("stranger", null);
        Ditto other = open("other", key());
        Peers.connect(one, stranger, other);
        Peers.insert(one, "orders", Map.of("_id", 1));
        Peers.insert(stranger, "orders", Map.of("_id", 2));
        one.sync.start();
        stranger.sync.start();
        other.sync.start();
        Thread.sleep(2_000);
        assertThat(Peers.count(stranger, "orders")).isEqualTo(1);
        assertThat(Peers.count(other, "orders")).isZero();
        assertThat(Peers.count(one, "orders")).isEqualTo(1);
        for (Ditto ditto : open) {
            assertThat(ditto.presence.getGraph().getRemotePeers()).isEmpty();
        }
    }

    @Test
    void with_a_key_any_address_will_do_and_nothing_goes_over_it_in_the_clear() throws Exception {
        String key = key();
        Ditto one = open("one", key);
        Ditto two = open("two", key);
        int port = Peers.freePort();
        one.updateTransportConfig(config ->
                config.listen().tcp().isEnabled(true).interfaceIp("0.0.0.0").port(port));
        one.sync.start();
        two.updateTransportConfig(config -> config.connect().addTcpServers(anAddress() + ":" + port));
        two.sync.start();
        Peers.insert(one, "orders", Map.of("_id", 1));
        Peers.eventually(() -> Peers.count(two, "orders") == 1);
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port)) {
            plain.setSoTimeout(5_000);
            plain.getOutputStream().write("hello, who is there?".getBytes(StandardCharsets.UTF_8));
            byte[] said = plain.getInputStream().readNBytes(1 << 10);
            assertThat(new String(said, StandardCharsets.ISO_8859_1)).doesNotContain("shop");
        }
        Peers.insert(one, "orders", Map.of("_id", 2));
        Peers.eventually(() -> Peers.count(two, "orders") == 2);
    }

    private static String anAddress() {
        try {
            for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                for (InetAddress address : Collections.list(network.getInetAddresses())) {
                    if (!address.isLoopbackAddress() && address.getAddress().length == 4) {
                        return address.getHostAddress();
                    }
                }
            }
        } catch (SocketException e) {
            throw new AssertionError(e);
        }
        return "127.0.0.1";
    }
}
