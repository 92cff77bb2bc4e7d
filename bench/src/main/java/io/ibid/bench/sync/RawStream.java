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
import org.jspecify.annotations.Nullable;

/** The sending end of the reference: writes documents to whoever connects, as fast as the socket takes them. */
final class RawStream implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 << 10;

    private final ServerSocket server;
    private final Thread thread;
    private volatile @Nullable IOException failure;

    RawStream(List<Document> documents) throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        thread = Thread.ofPlatform().daemon().name("bench-raw").start(() -> send(documents));
    }

    int port() {
        return server.getLocalPort();
    }

    private void send(List<Document> documents) {
        try (Socket socket = server.accept();
                DataOutputStream out =
                        new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES))) {
            for (Document document : documents) {
                RawReceiver.write(out, document.id(), document.json());
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
