package io.ibid.peer.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.env.Link;
import io.ibid.core.env.Links;
import io.ibid.core.error.IbidException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedKeyTest {
    private static final String GROUP = TestKeys.shared(TestKeys.device());

    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    private final List<Transport> transports = new ArrayList<>();

    @AfterEach
    void close() {
        transports.forEach(Transport::close);
        loop.shutdownNow();
    }

    private Transport transport(KeyPair device, @Nullable String shared) {
        Transport made = new Transport(loop, "t", device, "pkTest", shared == null ? null : SharedKey.parse(shared));
        transports.add(made);
        return made;
    }

    private static final class End implements Link.Handler, Links.Dialler {
        final BlockingQueue<Link> links = new LinkedBlockingQueue<>();
        final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
        final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

        @Override
        public Link.Handler connected(Link link) {
            links.add(link);
            return this;
        }

        @Override
        public void failed(String reason) {
            ends.add(reason);
        }

        @Override
        public void received(byte[] frame) {
            frames.add(frame);
        }

        @Override
        public void drained() {}

        @Override
        public void closed(String reason) {
            ends.add(reason);
        }

        Link link() throws InterruptedException {
            Link link = links.poll(20, TimeUnit.SECONDS);
            assertThat(link).isNotNull();
            return link;
        }

        String end() throws InterruptedException {
            String end = ends.poll(20, TimeUnit.SECONDS);
            assertThat(end).isNotNull();
            return end;
        }
    }

    @Test
    void peers_with_the_same_key_are_connected_and_know_each_other() throws Exception {
        KeyPair one = TestKeys.device();
        KeyPair two = TestKeys.device();
        End accepted = new End();
        End dialled = new End();
        Transport.Listener listener =
                transport(one, GROUP).listen(PeerAddress.parse("127.0.0.1:0"), accepted::connected);
        transport(two, GROUP).dial(listener.address().toString(), dialled);
        Link there = dialled.link();
        Link here = accepted.link();
        assertThat(there.refusal(TestKeys.point(one), false, new byte[0])).isNull();
        assertThat(here.refusal(TestKeys.point(two), false, new byte[0])).isNull();
        assertThat(here.refusal(TestKeys.point(one), false, new byte[0]))
                .isEqualTo("HELLO names another peer than the certificate of the connection");
        byte[] frame = new byte[100_000];
        frame[99_999] = 7;
        loop.execute(() -> there.send(frame, true));
        assertThat(accepted.frames.poll(20, TimeUnit.SECONDS)).isEqualTo(frame);
        loop.execute(() -> there.close("done"));
        assertThat(accepted.end()).isEqualTo("closed by the partner");
    }

    @Test
    void a_peer_with_another_key_gets_nothing() throws Exception {
        End accepted = new End();
        End dialled = new End();
        Transport.Listener listener =
                transport(TestKeys.device(), GROUP).listen(PeerAddress.parse("127.0.0.1:0"), accepted::connected);
        transport(TestKeys.device(), TestKeys.shared(TestKeys.device()))
                .dial(listener.address().toString(), dialled);
        assertThat(dialled.end()).contains("cannot connect to " + listener.address());
        assertThat(accepted.links).isEmpty();
    }

    @Test
    void a_peer_without_a_key_gets_nothing_even_on_the_same_machine() throws Exception {
        End accepted = new End();
        Transport.Listener listener =
                transport(TestKeys.device(), GROUP).listen(PeerAddress.parse("127.0.0.1:0"), accepted::connected);
        try (Socket plain =
                new Socket(InetAddress.getLoopbackAddress(), listener.address().port())) {
            plain.setSoTimeout(20_000);
            plain.getOutputStream().write("a frame without any TLS around it".getBytes(UTF_8));
            plain.getOutputStream().flush();
            assertThat(answer(plain)).doesNotContain("HELLO").hasSizeLessThan(64);
        }
        assertThat(accepted.links).isEmpty();
    }

    private static String answer(Socket socket) {
        try (InputStream in = socket.getInputStream()) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException cut) {
            return "";
        }
    }

    @Test
    void connections_that_say_nothing_keep_nobody_else_out() throws Exception {
        End accepted = new End();
        End dialled = new End();
        Transport.Listener listener =
                transport(TestKeys.device(), GROUP).listen(PeerAddress.parse("127.0.0.1:0"), accepted::connected);
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                silent.add(new Socket(
                        InetAddress.getLoopbackAddress(), listener.address().port()));
            }
            transport(TestKeys.device(), GROUP).dial(listener.address().toString(), dialled);
            assertThat(dialled.link().isDialler()).isTrue();
            assertThat(accepted.link().isDialler()).isFalse();
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void a_port_may_be_open_to_other_machines_only_with_a_key() {
        PeerAddress everywhere = PeerAddress.parse("0.0.0.0:0");
        assertThatThrownBy(() -> transport(TestKeys.device(), null).listen(everywhere, link -> new End()))
                .hasMessageContaining("0.0.0.0:0 is not a loopback address");
        assertThat(transport(TestKeys.device(), GROUP)
                        .listen(everywhere, link -> new End())
                        .address()
                        .port())
                .isPositive();
    }

    @Test
    void what_is_no_key_is_refused_without_being_repeated() {
        assertThatThrownBy(() -> SharedKey.parse("hunter2!"))
                .isInstanceOf(IbidException.class)
                .hasMessage("the shared key cannot be used: it is not base64");
        assertThatThrownBy(() -> SharedKey.parse("aHVudGVyMg=="))
                .hasMessage("the shared key cannot be used: it is not a P-256 private key in PKCS#8");
        assertThatThrownBy(() -> SharedKey.parse(TestKeys.shared(TestKeys.pair("secp384r1"))))
                .hasMessageContaining("another curve than P-256");
        assertThat(SharedKey.parse("-----BEGIN PRIVATE KEY-----\n" + GROUP + "\n-----END PRIVATE KEY-----\n"))
                .hasToString("SharedKey");
    }
}
