package io.ibid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.store.Finding;
import io.ibid.peer.runtime.DatabaseOptions;
import io.ibid.peer.runtime.Inspection;
import io.ibid.serialization.DittoCborSerializable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attachments as an application sees them, in both dialects, on real disks and sockets. */
@Timeout(60)
class DittoAttachmentTest {
    @TempDir
    Path directory;

    private final List<Ditto> open = new ArrayList<>();
    private int port;

    @AfterEach
    void close() {
        open.forEach(Ditto::close);
    }

    private Ditto open(String name) {
        Ditto ditto = DittoFactory.create(new DittoConfig.Builder("photos")
                .persistenceDirectory(directory.resolve(name).toFile())
                .build());
        open.add(ditto);
        return ditto;
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** Opens a listener and a dialler that both want all photos. */
    private Ditto[] pair() throws Exception {
        Ditto first = open("first");
        Ditto second = open("second");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        first.updateTransportConfig(config ->
                config.listen().tcp().isEnabled(true).interfaceIp("127.0.0.1").port(port));
        second.updateTransportConfig(config -> config.connect().addTcpServers("127.0.0.1:" + port));
        for (Ditto ditto : open) {
            ditto.sync.registerSubscription("SELECT * FROM photos");
        }
        first.sync.start();
        return new Ditto[] {first, second};
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_536, 262_144, 262_145, 3_000_000})
    void what_goes_in_comes_out(int length) throws Exception {
        Ditto ditto = open("one");
        byte[] photo = bytes(length);
        Path file = Files.write(directory.resolve("photo.jpg"), photo);
        DittoAttachment fromStream = ditto.getStore()
                .newAttachment(new ByteArrayInputStream(photo))
                .toCompletableFuture()
                .get();
        try (DittoAttachment fromPath = ditto.store.newAttachment(file.toString(), Map.of("name", "cat"))) {
            assertThat(fromPath.getId()).hasSize(46).isEqualTo(fromStream.getId());
            assertThat(fromPath.getLength().longValue()).isEqualTo(length);
            assertThat(fromPath.getMetadata().get("name").asString()).isEqualTo("cat");
            assertThat(fromPath.getData()).isEqualTo(photo);
            try (InputStream in = fromStream.getInputStream()) {
                fromStream.close();
                assertThat(in.readAllBytes()).isEqualTo(photo);
            }
            Path copy = directory.resolve("copy.jpg");
            fromPath.copyToPath(copy.toString());
            assertThat(copy).hasBinaryContent(photo);
            assertThatThrownBy(() -> fromPath.copyToPath(copy.toString()))
                    .isInstanceOf(DittoException.class)
                    .hasMessageContaining(copy.toString())
                    .extracting("code")
                    .isEqualTo("io/already-exists");
        }
    }

    @Test
    void the_document_holds_the_token_and_the_content_is_found_by_it() throws Exception {
        Ditto ditto = open("one");
        byte[] photo = bytes(300_000);
        try (DittoAttachment attachment =
                ditto.store.newAttachment(new ByteArrayInputStream(photo), Map.of("name", "cat"))) {
            ditto.store.execute(
                    "INSERT INTO photos DOCUMENTS (:photo)", Map.of("photo", Map.of("_id", "p", "image", attachment)));
        }
        DittoCborSerializable.Dictionary photoOf = ditto.store
                .execute("SELECT * FROM photos")
                .getItems()
                .getFirst()
                .getValue();
        DittoAttachmentToken token = photoOf.get("image").asAttachmentToken();
        assertThat(token.getMetadata().get("name").asString()).isEqualTo("cat");
        assertThat(ditto.store
                        .execute(
                                "SELECT image.len AS len FROM photos WHERE image.id = :id", Map.of("id", token.getId()))
                        .getItems())
                .hasSize(1);
        assertThat(token).isEqualTo(DittoAttachmentToken.of(photoOf.get("image").asDictionary()));
        DittoAttachmentFetchResult result =
                ditto.getStore().fetchAttachment(token).toCompletableFuture().get();
        assertThat(result.asDeleted()).isNull();
        assertThat(result.asCompleted().getAttachment().getData()).isEqualTo(photo);
        assertThat(ditto.getStore().getAttachmentFetchers()).isEmpty();
    }

    @Test
    void a_content_comes_from_the_other_peer_with_progress_and_is_there_after_a_restart() throws Exception {
        Ditto[] peers = pair();
        byte[] video = bytes(20_000_000);
        Path file = Files.write(directory.resolve("video.mp4"), video);
        try (DittoAttachment attachment = peers[0].store.newAttachment(file)) {
            peers[0].store.execute(
                    "INSERT INTO photos DOCUMENTS (:p)", Map.of("p", Map.of("_id", "v", "image", attachment)));
        }
        DittoAttachmentToken token = awaitToken(peers);
        List<Long> progress = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<DittoAttachment> completed = new CompletableFuture<>();
        DittoAttachmentFetcher fetcher = peers[1].store.fetchAttachment(token, event -> {
            if (event.asProgress() != null) {
                progress.add(event.asProgress().getDownloadedBytes().longValue());
            } else if (event.asCompleted() != null) {
                completed.complete(event.asCompleted().getAttachment());
            }
        });
        assertThat(completed.get(30, TimeUnit.SECONDS).getData()).isEqualTo(video);
        assertThat(progress).isSorted().isNotEmpty();
        assertThat(fetcher.isClosed()).isTrue();
        peers[1].close();
        Ditto again = open("second");
        assertThat(again.getStore()
                        .fetchAttachment(token)
                        .toCompletableFuture()
                        .get()
                        .asCompleted()
                        .getAttachment()
                        .getData())
                .isEqualTo(video);
    }

    private static DittoAttachmentToken awaitToken(Ditto[] peers) throws Exception {
        peers[1].sync.start();
        for (int i = 0; i < 300; i++) {
            var items = peers[1].store.execute("SELECT * FROM photos").getItems();
            if (!items.isEmpty()) {
                return items.getFirst().getValue().get("image").asAttachmentToken();
            }
            Thread.sleep(20);
        }
        throw new AssertionError("the document has not come");
    }

    @Test
    void a_fetch_without_a_source_waits_until_it_is_closed() throws Exception {
        Ditto ditto = open("one");
        DittoAttachmentToken token =
                DittoAttachmentToken.of(Map.of("id", "RUEAAQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHw", "len", 5));
        CompletableFuture<DittoAttachmentFetchResult> stage =
                ditto.getStore().fetchAttachment(token).toCompletableFuture();
        DittoAttachmentFetcher fetcher =
                ditto.getStore().getAttachmentFetchers().iterator().next();
        assertThat(fetcher.getToken()).isEqualTo(token);
        fetcher.close();
        assertThatThrownBy(stage::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .extracting("code")
                .isEqualTo("store/failed-to-fetch-attachment");
        CompletableFuture<DittoAttachmentFetchResult> cancelled =
                ditto.getStore().fetchAttachment(token).toCompletableFuture();
        cancelled.cancel(true);
        assertThat(ditto.getStore().getAttachmentFetchers()).isEmpty();
        CompletableFuture<DittoAttachmentFetchResult> open =
                ditto.getStore().fetchAttachment(token).toCompletableFuture();
        ditto.close();
        assertThatThrownBy(() -> open.get(5, TimeUnit.SECONDS))
                .cause()
                .extracting("code")
                .isEqualTo("store/closed");
    }

    @Test
    void what_cannot_be_an_attachment_is_refused_with_its_name() throws Exception {
        Ditto ditto = open("one");
        Path missing = directory.resolve("missing.jpg");
        assertThatThrownBy(() -> ditto.store.newAttachment(missing.toString()))
                .hasMessageContaining("missing.jpg")
                .extracting("code")
                .isEqualTo("store/attachment-file-not-found");
        assertThatThrownBy(() -> ditto.getStore()
                        .newAttachment(missing.toString())
                        .toCompletableFuture()
                        .join())
                .cause()
                .isInstanceOf(DittoException.StoreException.class);
        assertThatThrownBy(() -> ditto.store.newAttachment(new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the camera is gone");
                    }

                    @Override
                    public int read(byte[] into, int offset, int length) throws IOException {
                        return read();
                    }
                }))
                .hasMessageContaining("the camera is gone")
                .extracting("code")
                .isEqualTo("store/failed-to-create-attachment");
        assertThatThrownBy(() -> DittoAttachmentToken.of(Map.of("id", "cat", "len", 1)))
                .extracting("code")
                .isEqualTo("store/attachment-token-invalid");
        assertThatThrownBy(() -> ditto.store.newAttachment(new ByteArrayInputStream(new byte[1]), Map.of("size", 1)))
                .hasMessageContaining("size");
        assertThat(files()).isEmpty();
    }

    private List<String> files() throws IOException {
        Path attachments = directory.resolve("one/ditto_attachments");
        if (!Files.isDirectory(attachments)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(attachments)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void the_check_names_each_content_that_is_not_what_it_was() throws Exception {
        Ditto ditto = open("one");
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            try (DittoAttachment attachment = ditto.store.newAttachment(new ByteArrayInputStream(bytes(300_000 + i)))) {
                ids.add(attachment.getId());
            }
        }
        ditto.close();
        DatabaseOptions options = DatabaseOptions.peer(directory.resolve("one"), "photos");
        assertThat(Inspection.run(options)).isEmpty();
        Path files = directory.resolve("one/ditto_attachments");
        byte[] spoilt = Files.readAllBytes(files.resolve(ids.get(0)));
        spoilt[200_000] ^= 1;
        Files.write(files.resolve(ids.get(0)), spoilt);
        Files.write(files.resolve(ids.get(1)), Arrays.copyOf(spoilt, 1_000));
        Files.delete(files.resolve(ids.get(2)));
        assertThat(Inspection.run(options))
                .extracting(Finding::toString)
                .anySatisfy(line -> assertThat(line).contains(ids.get(0), "bytes from 196608"))
                .anySatisfy(line -> assertThat(line).contains(ids.get(1), "1000 bytes instead of 300001"))
                .anySatisfy(line -> assertThat(line).contains(ids.get(2), "file is missing"))
                .hasSize(3);
    }
}
