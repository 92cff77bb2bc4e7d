package io.ibid.bench.store;

import io.ibid.bench.BenchmarkFailure;
import io.ibid.bench.Documents;
import io.ibid.peer.rocksdb.Profile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * How large the entries are that our store writes for a document, so that RocksDB alone can be given the same work. They are read out of
 * a store that ours wrote.
 *
 * @param documentKeyBytes mean length of the keys in the table of documents
 * @param documentValueBytes mean length of the values there
 * @param changeKeyBytes mean length of the keys in the change index
 * @param changeValueBytes mean length of the values there
 */
public record PutSizes(int documentKeyBytes, int documentValueBytes, int changeKeyBytes, int changeValueBytes) {

    private static final int SAMPLE = 1_000;

    /** Writes a sample with our store into {@code folder} and looks at its entries. */
    public static PutSizes learn(Path folder) {
        return learn(folder, new Documents(1).next(SAMPLE));
    }

    /** Likewise, of 1,000 documents of the caller's. */
    public static PutSizes learn(Path folder, List<Documents.Document> sample) {
        try (IbidSide ours = new IbidSide(folder, Profile.SMALL)) {
            ours.insert(sample);
        }
        try (Options options = new Options();
                RocksDB database = RocksDB.openReadOnly(
                        options, folder.resolve("ditto_store").toString())) {
            int[] documents = meanSizes(database, (byte) 'D');
            int[] changes = meanSizes(database, (byte) 'L');
            return new PutSizes(documents[0], documents[1], changes[0], changes[1]);
        } catch (RocksDBException cause) {
            throw new BenchmarkFailure("cannot read what ours wrote: " + cause.getMessage(), cause);
        }
    }

    private static int[] meanSizes(RocksDB database, byte table) {
        long keyBytes = 0;
        long valueBytes = 0;
        int entries = 0;
        try (RocksIterator iterator = database.newIterator()) {
            for (iterator.seek(new byte[] {table}); iterator.isValid() && iterator.key()[0] == table; iterator.next()) {
                keyBytes += iterator.key().length;
                valueBytes += iterator.value().length;
                entries++;
            }
        }
        if (entries != SAMPLE) {
            throw new BenchmarkFailure(
                    "ours wrote " + entries + " entries " + (char) table + " for " + SAMPLE + " documents");
        }
        return new int[] {(int) (keyBytes / entries), (int) (valueBytes / entries)};
    }

    public byte[] documentKey(String id) {
        return padded(ByteBuffer.allocate(documentKeyBytes).put((byte) 'D').put((byte) 1), id);
    }

    public byte[] changeKey(long commit, String id) {
        return padded(
                ByteBuffer.allocate(changeKeyBytes)
                        .put((byte) 'L')
                        .put((byte) 1)
                        .putLong(commit),
                id);
    }

    @SuppressWarnings("ByteBufferBackingArray") // both callers allocate it
    private static byte[] padded(ByteBuffer key, String id) {
        byte[] text = id.getBytes(StandardCharsets.US_ASCII);
        return key.put(text, 0, Math.min(text.length, key.remaining())).array();
    }

    /** The document's text, cut off or repeated to the size of a record: real content, so that compression has real work. */
    public byte[] documentValue(String json) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        byte[] value = Arrays.copyOf(text, documentValueBytes);
        for (int filled = text.length; filled < value.length; filled += text.length) {
            System.arraycopy(text, 0, value, filled, Math.min(text.length, value.length - filled));
        }
        return value;
    }

    public byte[] changeValue() {
        return new byte[changeValueBytes];
    }
}
