package io.ibid.bench.sdk;

import io.ibid.Ditto;
import io.ibid.DittoAttachment;
import io.ibid.DittoAttachmentFetchResult;
import io.ibid.DittoAttachmentToken;
import io.ibid.DittoConfig;
import io.ibid.DittoException;
import io.ibid.DittoFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** The child process: a peer with a large attachment, and on demand another one that fetches it, or the same by hand. */
final class AttachmentWork {
    private static final int BLOCK_BYTES = 64 << 10;
    private static final String DATABASE = "photos";
    private static final String ALL = "SELECT * FROM photos";

    private final Path folder;
    private final Path file;
    private final int port;
    private final Ditto supplier;
    private int fetched;

    private AttachmentWork(Path folder, long bytes) throws IOException, DittoException {
        this.folder = folder;
        this.file = folder.resolve("video");
        write(file, bytes);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
        supplier = open("supplier");
        supplier.updateTransportConfig(config ->
                config.listen().tcp().isEnabled(true).interfaceIp("127.0.0.1").port(port));
        try (DittoAttachment video = supplier.store.newAttachment(file)) {
            supplier.store.execute(
                    "INSERT INTO photos DOCUMENTS (:p) ON ID CONFLICT DO UPDATE",
                    Map.of("p", Map.of("_id", "video", "image", video)));
        }
        supplier.sync.start();
    }

    private Ditto open(String name) {
        return DittoFactory.create(new DittoConfig.Builder(DATABASE)
                .persistenceDirectory(folder.resolve(name).toFile())
                .build());
    }

    /** Bytes that do not repeat from block to block. */
    private static void write(Path file, long length) throws IOException {
        byte[] block = new byte[BLOCK_BYTES];
        new Random(1).nextBytes(block);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long at = 0; at < length; at += block.length) {
                block[(int) (at / block.length % block.length)]++;
                out.write(block, 0, (int) Math.min(block.length, length - at));
            }
        }
    }

    private double fetch() throws IOException, DittoException, InterruptedException, ExecutionException {
        String name = "receiver" + fetched++;
        try (Ditto receiver = open(name)) {
            receiver.updateTransportConfig(config -> config.connect().addTcpServers("127.0.0.1:" + port));
            CompletableFuture<DittoAttachmentToken> found = new CompletableFuture<>();
            receiver.store.registerObserver(ALL, result -> {
                if (!result.getItems().isEmpty()) {
                    found.complete(Objects.requireNonNull(
                            result.getItems().getFirst().getValue().get("image").asAttachmentTokenOrNull()));
                }
            });
            receiver.sync.registerSubscription(ALL);
            receiver.sync.start();
            DittoAttachmentToken token = found.get();
            long startedNs = System.nanoTime();
            DittoAttachmentFetchResult result = receiver.getStore()
                    .fetchAttachment(token)
                    .toCompletableFuture()
                    .get();
            try (DittoAttachment video =
                    Objects.requireNonNull(result.asCompleted()).getAttachment()) {
                return rate(startedNs, video.getLength().longValue());
            }
        } finally {
            delete(folder.resolve(name));
        }
    }

    private static double rate(long startedNs, long bytes) {
        return bytes * 1e3 / (System.nanoTime() - startedNs);
    }

    private double bare() throws IOException, NoSuchAlgorithmException {
        Path copy = folder.resolve("copy");
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread sender = Thread.ofPlatform().start(() -> send(server.getLocalPort()));
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] block = new byte[BLOCK_BYTES];
            long startedNs = System.nanoTime();
            try (Socket socket = server.accept();
                    InputStream in = socket.getInputStream();
                    OutputStream out = Files.newOutputStream(copy)) {
                for (int count = in.read(block); count >= 0; count = in.read(block)) {
                    sha256.update(block, 0, count);
                    out.write(block, 0, count);
                }
            }
            sha256.digest();
            double rate = rate(startedNs, Files.size(copy));
            join(sender);
            return rate;
        } finally {
            Files.delete(copy);
        }
    }

    private void send(int to) {
        byte[] block = new byte[BLOCK_BYTES];
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), to);
                OutputStream out = socket.getOutputStream();
                InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                out.write(block, 0, count);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    public static void main(String[] arguments) throws Exception {
        AttachmentWork work = new AttachmentWork(Path.of(arguments[0]), Long.parseLong(arguments[1]));
        try (BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                System.out.println("rate " + (line.equals("fetch") ? work.fetch() : work.bare()));
            }
        }
        work.supplier.close();
    }
}
