package io.ibid.bench.sync;

import io.ibid.bench.store.PutSizes;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.rocksdb.CompressionType;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * What the physics of a first sync cost: a stream of documents from a socket, the puts that our store makes for them, one sync at the
 * end. No causality, no resuming, no query language.
 */
final class RawReceiver {

    private static final int BATCH = 1_000;
    private static final int SOCKET_BUFFER_BYTES = 64 << 10;
    private static final int WRITE_BUFFER_BYTES = 4 << 20;

    private RawReceiver() {}

    /** Gives nanoseconds from the dialling to the sync. */
    static long receive(Path folder, int port, int documents, PutSizes sizes) throws IOException, RocksDBException {
        Files.createDirectories(folder);
        try (Options options = new Options()
                        .setCreateIfMissing(true)
                        .setWriteBufferSize(WRITE_BUFFER_BYTES)
                        .setCompressionType(CompressionType.LZ4_COMPRESSION);
                WriteOptions unsynced = new WriteOptions();
                RocksDB database = RocksDB.open(options, folder.toString())) {
            long start = System.nanoTime();
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                    DataInputStream in = new DataInputStream(
                            new BufferedInputStream(socket.getInputStream(), SOCKET_BUFFER_BYTES))) {
                for (int done = 0; done < documents; done += BATCH) {
                    try (WriteBatch batch = new WriteBatch()) {
                        for (int i = done; i < Math.min(documents, done + BATCH); i++) {
                            put(batch, in, sizes);
                        }
                        database.write(unsynced, batch);
                    }
                }
                database.syncWal();
            }
            return System.nanoTime() - start;
        }
    }

    private static void put(WriteBatch batch, DataInputStream in, PutSizes sizes) throws IOException, RocksDBException {
        String id = in.readUTF();
        byte[] json = in.readNBytes(in.readInt());
        batch.put(sizes.documentKey(id), Arrays.copyOf(json, sizes.documentValueBytes()));
        batch.put(sizes.changeKey(1, id), sizes.changeValue());
    }

    /** What {@link RawStream} sends for one document. */
    static void write(java.io.DataOutputStream out, String id, String json) throws IOException {
        out.writeUTF(id);
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
