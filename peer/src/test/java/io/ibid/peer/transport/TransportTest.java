package io.ibid.peer.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.env.Link;
import io.ibid.core.env.Links;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransportTest {
    private static final PeerAddress ANY_PORT = PeerAddress.parse("127.0.0.1:0");

    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    private final Transport transport = new Transport(loop, "t", TestKeys.device(), "pk", null);

    @AfterEach
    void close() {
        transport.close();
        loop.shutdownNow();
    }

    /** Writes down what it is told. */
    private static final class Recorder implements Link.Handler, Links.Dialler {
        final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
        final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
        final BlockingQueue<Link> links = new LinkedBlockingQueue<>();
        final BlockingQueue<String> drains = new LinkedBlockingQueue<>();

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
        public void drained() {
            drains.add("drained");
        }

        @Override
        public void closed(String reason) {
            ends.add(reason);
        }
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        @Nullable T next = queue.poll(10, TimeUnit.SECONDS);
        assertThat(next).as("an event within 10 s").isNotNull();
        return next;
    }

    private static byte[] frame(int length, boolean compressible) {
        byte[] frame = new byte[length];
        if (!compressible) {
            new Random(length).nextBytes(frame);
        }
        frame[0] = 0;
        frame[1] = 0x10;
        return frame;
    }

    private record Pair(Recorder dialling, Link dialled, Recorder accepting, Link accepted) {}

    private Pair connect() throws InterruptedException {
        Recorder accepting = new Recorder();
        Recorder dialling = new Recorder();
        Transport.Listener listener = transport.listen(ANY_PORT, accepting::connected);
        transport.dial(listener.address().toString(), dialling);
        return new Pair(dialling, next(dialling.links), accepting, next(accepting.links));
    }

    @Test
    void frames_of_all_sizes_arrive_whole_and_in_order() throws Exception {
        Pair pair = connect();
        int[] sizes = {2, 3, 255, 257, 258, 259, 511, 512, 513, 4096, 65_536, Transport.FRAME_BYTES_MAX};
        loop.execute(() -> {
            for (int size : sizes) {
                pair.dialled().send(frame(size, false), true);
                pair.dialled().send(frame(size, true), true);
                pair.dialled().send(frame(size, true), false);
            }
        });
        for (int size : sizes) {
            assertThat(next(pair.accepting().frames)).isEqualTo(frame(size, false));
            assertThat(next(pair.accepting().frames)).isEqualTo(frame(size, true));
            assertThat(next(pair.accepting().frames)).isEqualTo(frame(size, true));
        }
        next(pair.dialling().drains);
        assertThat(pair.dialled().queuedBytes()).isZero();
        assertThat(pair.dialled().isDialler()).isTrue();
        assertThat(pair.accepted().isDialler()).isFalse();
        assertThat(pair.accepted().isLoopback()).isTrue();
    }

    @Test
    void bytes_are_counted_as_they_travel() throws Exception {
        Pair pair = connect();
        loop.execute(() -> pair.dialled().send(frame(10_000, true), true));
        next(pair.accepting().frames);
        next(pair.dialling().drains);
        assertThat(pair.dialled().sentBytes())
                .isLessThan(200)
                .isEqualTo(pair.accepted().receivedBytes());
        loop.execute(() -> pair.accepted().send(frame(20, false), true));
        next(pair.dialling().frames);
        assertThat(pair.dialled().receivedBytes()).isEqualTo(24);
    }

    @Test
    void a_closed_link_delivers_what_was_queued_before() throws Exception {
        Pair pair = connect();
        loop.execute(() -> {
            pair.accepted().send(frame(500_000, false), true);
            pair.accepted().close("enough");
            pair.accepted().send(frame(10, false), true);
            // What the partner still sends must not reset the connection under the last frames.
            pair.dialled().send(frame(900_000, false), true);
        });
        assertThat(next(pair.dialling().frames)).hasSize(500_000);
        assertThat(next(pair.dialling().ends)).isEqualTo("closed by the partner");
        assertThat(next(pair.accepting().ends)).isEqualTo("enough");
        assertThat(pair.dialling().frames).isEmpty();
        assertThat(pair.accepting().frames).isEmpty();
    }

    @Test
    void garbage_closes_its_own_connection_and_no_other() throws Exception {
        Recorder accepting = new Recorder();
        Transport.Listener listener = transport.listen(ANY_PORT, accepting::connected);
        Recorder dialling = new Recorder();
        transport.dial(listener.address().toString(), dialling);
        Link good = next(dialling.links);
        next(accepting.links);

        Recorder[] victim = new Recorder[1];
        Transport.Listener other = transport.listen(ANY_PORT, link -> {
            victim[0] = new Recorder();
            victim[0].links.add(link);
            accepting.links.add(link);
            return victim[0];
        });
        String[] named = {
            "1195725856 bytes",
            "0 bytes",
            "does not declare its size",
            "declares 4194303",
            "malformed",
            "inside a frame"
        };
        byte[][] garbage = {
            "GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII),
            {0, 0, 0, 0},
            {0, 0, 0, 3, 0, 0x11, (byte) 0x80},
            {0, 0, 0, 6, 0, 0x11, (byte) 0xff, (byte) 0xff, (byte) 0xff, 1},
            {0, 0, 0, 6, 0, 0x11, 100, 1, 2, 3},
            {0, 0, 1, 0, 0, 0x10, 1},
        };
        for (int i = 0; i < garbage.length; i++) {
            try (Socket hostile =
                    new Socket(InetAddress.getLoopbackAddress(), other.address().port())) {
                next(accepting.links);
                hostile.getOutputStream().write(garbage[i]);
                hostile.shutdownOutput();
                assertThat(next(victim[0].ends)).contains(named[i]);
                assertThat(victim[0].frames).isEmpty();
            }
        }
        loop.execute(() -> good.send(frame(10, false), true));
        assertThat(next(accepting.frames)).hasSize(10);
    }

    @Test
    void a_partner_that_does_not_read_is_cut() throws Exception {
        Recorder accepting = new Recorder();
        Transport.Listener listener = transport.listen(ANY_PORT, accepting::connected);
        try (Socket lazy =
                new Socket(InetAddress.getLoopbackAddress(), listener.address().port())) {
            Link link = next(accepting.links);
            loop.execute(() -> {
                for (int i = 0; i < 40; i++) {
                    link.send(frame(Transport.FRAME_BYTES_MAX, false), false);
                }
            });
            assertThat(next(accepting.ends)).contains("the partner does not read");
            assertThat(lazy.isConnected()).isTrue();
        }
    }

    @Test
    void a_frame_that_the_loop_has_not_taken_stops_the_reading_thread() throws Exception {
        Recorder accepting = new Recorder();
        Transport.Listener listener = transport.listen(ANY_PORT, accepting::connected);
        try (Socket flood =
                new Socket(InetAddress.getLoopbackAddress(), listener.address().port())) {
            Link link = next(accepting.links);
            CountDownLatch release = new CountDownLatch(1);
            loop.execute(() -> awaitQuietly(release));
            byte[] megabyte = new byte[4 + Transport.FRAME_BYTES_MAX];
            megabyte[1] = 0x10;
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < 64; i++) {
                        flood.getOutputStream().write(megabyte);
                    }
                } catch (IOException closed) {
                    throw new UncheckedIOException(closed);
                }
            });
            writer.join(Duration.ofMillis(500));
            assertThat(writer.isAlive()).isTrue();
            assertThat(link.receivedBytes()).isLessThan(8L << 20);
            release.countDown();
            writer.join(Duration.ofSeconds(10));
            assertThat(writer.isAlive()).isFalse();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_port_in_use_is_named() {
        Transport.Listener listener = transport.listen(ANY_PORT, new Recorder()::connected);
        assertThatThrownBy(() -> transport.listen(listener.address(), new Recorder()::connected))
                .isInstanceOfSatisfying(
                        IbidException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TRANSPORT_LISTEN_FAILED))
                .hasMessageContaining(
                        "cannot listen on 127.0.0.1:" + listener.address().port())
                .hasMessageContaining("in use");
        listener.close();
        transport.listen(listener.address(), new Recorder()::connected).close();
    }

    @Test
    void beyond_loopback_nothing_is_opened_without_identities() throws Exception {
        assertThatThrownBy(() -> transport.listen(PeerAddress.parse("0.0.0.0:0"), new Recorder()::connected))
                .isInstanceOfSatisfying(
                        IbidException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TRANSPORT_IDENTITY_REQUIRED))
                .hasMessageContaining("0.0.0.0:0");
        Recorder dialling = new Recorder();
        transport.dial("192.0.2.1:4040", dialling);
        assertThat(next(dialling.ends)).contains("192.0.2.1:4040 is not a loopback address");
    }

    @Test
    void a_failed_dial_says_why() throws Exception {
        Recorder dialling = new Recorder();
        ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        unused.close();
        String address = "127.0.0.1:" + unused.getLocalPort();
        transport.dial(address, dialling);
        assertThat(next(dialling.ends)).contains("cannot connect to " + address).contains("refused");
        transport.dial("ws://127.0.0.1:1", dialling);
        assertThat(next(dialling.ends)).contains("nobody has logged in there");
        transport.dial("127.0.0.1", dialling);
        assertThat(next(dialling.ends)).contains("invalid peer address \"127.0.0.1\"");
    }

    @Test
    void closing_the_transport_ends_links_and_ports() throws Exception {
        Pair pair = connect();
        transport.close();
        next(pair.dialling().ends);
        next(pair.accepting().ends);
        Recorder dialling = new Recorder();
        transport.dial(pair.dialled().remoteAddress(), dialling);
        assertThat(next(dialling.ends)).isNotBlank();
    }

    @Test
    void a_killed_partner_ends_the_link() throws Exception {
        Recorder accepting = new Recorder();
        Transport.Listener listener = transport.listen(ANY_PORT, accepting::connected);
        Socket partner =
                new Socket(InetAddress.getLoopbackAddress(), listener.address().port());
        Link link = next(accepting.links);
        loop.execute(() -> link.send(frame(100, false), true));
        InputStream in = partner.getInputStream();
        assertThat(in.readNBytes(104)).isEqualTo(withLength(frame(100, false)));
        partner.setSoLinger(true, 0);
        partner.close();
        assertThat(next(accepting.ends)).isNotBlank();
    }

    private static byte[] withLength(byte[] frame) {
        byte[] out = new byte[4 + frame.length];
        out[3] = (byte) frame.length;
        System.arraycopy(frame, 0, out, 4, frame.length);
        return Arrays.copyOf(out, out.length);
    }

    @Test
    void addresses_are_read_strictly() {
        assertThat(PeerAddress.parse("[::1]:4040"))
                .isEqualTo(new PeerAddress("::1", 4040))
                .hasToString("[::1]:4040");
        assertThat(PeerAddress.parse("localhost:0"))
                .isEqualTo(new PeerAddress("localhost", 0))
                .hasToString("localhost:0");
        for (String bad :
                new String[] {"", "host", ":1", "host:", "host:65536", "host:-1", "::1:4040", "[::1]", "a b:x", "[]:1"
                }) {
            assertThatThrownBy(() -> PeerAddress.parse(bad))
                    .isInstanceOfSatisfying(
                            IbidException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.VALIDATION))
                    .hasMessageContaining("\"" + bad + "\"");
        }
    }
}
