package io.ibid.bench.sync;

import io.ibid.bench.BenchmarkFailure;
import io.ibid.bench.Documents.Document;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The sending end of the reference: writes documents to whoever connects, as fast as the socket takes them. */
final class RawStream implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 << 10;
    private static final int BATCH = 1_000;

    private final ServerSocket server;
    private final Thread thread;
    private volatile @Nullable IOException failure;

    RawStream(List<Document> documents) throws IOException {
        this(documents.size(), new Given(documents));
    }

    /** @param next makes so many more documents, at most a few thousand at once */
    RawStream(int documents, IntFunction<List<Document>> next) throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        thread = Thread.ofPlatform().daemon().name("bench-raw").start(() -> send(documents, next));
    }

    int port() {
        return server.getLocalPort();
    }

    /** Documents that are there already, one part after another. */
    private static final class Given implements IntFunction<List<Document>> {
        private final List<Document> documents;
        private int at;

        Given(List<Document> documents) {
            this.documents = documents;
        }

        @Override
        public List<Document> apply(int count) {
            at += count;
            return documents.subList(at - count, at);
        }
    }

    private void send(int documents, IntFunction<List<Document>> next) {
        try (Socket socket = server.accept();
                DataOutputStream out =
                        new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES))) {
            for (int left = documents; left > 0; left -= BATCH) {
                for (Document document : next.apply(Math.min(left, BATCH))) {
                    RawReceiver.write(out, document.id(), document.json());
                }
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw new BenchmarkFailure("the raw stream failed: " + failure.getMessage(), failure);
        }
    }
}
