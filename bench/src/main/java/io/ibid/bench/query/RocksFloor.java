package io.ibid.bench.query;

import io.ibid.bench.BenchmarkFailure;
import io.ibid.bench.Documents.Document;
import io.ibid.core.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * What RocksDB alone takes for the gets, walks and puts that a statement needs at least, with the settings of ours. Documents are their
 * JSON, which nobody parses; which documents an index would find is known beforehand. Its checksums mean nothing.
 */
final class RocksFloor implements QuerySide {
    private static final long CACHE_BYTES = 16 << 20;
    private static final long BUFFER_BYTES = 4 << 20;
    private static final int INDEXES = 2;

    private final LRUCache cache = new LRUCache(CACHE_BYTES);
    private final BloomFilter filter = new BloomFilter(10);
    private final Options options = new Options()
            .setCreateIfMissing(true)
            .setWriteBufferSize(BUFFER_BYTES)
            .setTargetFileSizeBase(BUFFER_BYTES)
            .setMaxBytesForLevelBase(4 * BUFFER_BYTES)
            .setCompressionType(CompressionType.LZ4_COMPRESSION)
            .setTableFormatConfig(
                    new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter));
    private final WriteOptions durable = new WriteOptions().setSync(true);
    private final RocksDB database;
    private final Map<Integer, List<byte[]>> byQuantity = new TreeMap<>();
    private final TreeMap<Double, byte[]> byPrice = new TreeMap<>();

    RocksFloor(Path folder) {
        try {
            Files.createDirectories(folder);
            database = RocksDB.open(options, folder.toString());
        } catch (RocksDBException | IOException cause) {
            throw new BenchmarkFailure("RocksDB cannot open " + folder + ": " + cause.getMessage(), cause);
        }
    }

    /** The document, an entry in the order of changes, and one for each index. */
    @Override
    public void insert(List<Document> documents) {
        try (WriteBatch batch = new WriteBatch()) {
            for (Document document : documents) {
                byte[] key = key('D', document.id());
                batch.put(key, document.json().getBytes(StandardCharsets.UTF_8));
                batch.put(key('L', document.id()), new byte[8]);
                int quantity =
                        Math.toIntExact(Math.round(number(document, "quantity") * 10 + number(document, "rating")));
                for (int index = 0; index < INDEXES; index++) {
                    batch.put(key('X', index + String.format("%03d", quantity) + document.id()), new byte[0]);
                }
                byQuantity
                        .computeIfAbsent(quantity, unused -> new ArrayList<>())
                        .add(key);
                byPrice.put(number(document, "price"), key);
            }
            database.write(durable, batch);
        } catch (RocksDBException cause) {
            throw failure(cause);
        }
    }

    private static double number(Document document, String name) {
        return switch (document.struct().get(name)) {
            case Value.Int(long value) -> value;
            case Value.Float(double value) -> value;
            case Value other -> throw new BenchmarkFailure(name + " is " + other);
        };
    }

    private static byte[] key(char table, String id) {
        return (table + id).getBytes(StandardCharsets.UTF_8);
    }

    /** The entries of the indexes are written with their documents. */
    @Override
    public void index() {}

    @Override
    public long byId(String id) {
        return get(key('D', id));
    }

    private long get(byte[] key) {
        try {
            byte[] value = database.get(key);
            if (value == null) {
                throw new BenchmarkFailure("RocksDB did not find a document");
            }
            return value.length;
        } catch (RocksDBException cause) {
            throw failure(cause);
        }
    }

    private List<byte[]> of(int quantity, int rating) {
        return byQuantity.getOrDefault(quantity * 10 + rating, List.of());
    }

    @Override
    public long equal(int quantity, int rating) {
        return of(quantity, rating).stream().mapToLong(this::get).sum();
    }

    @Override
    public long covered(int quantity, int rating) {
        return walk("X0" + String.format("%03d", quantity * 10 + rating));
    }

    @Override
    public long cheapest(double price) {
        long bytes = 0;
        Map.Entry<Double, byte[]> next = byPrice.ceilingEntry(price);
        for (int i = 0; i < 20 && next != null; i++) {
            bytes += get(next.getValue());
            next = byPrice.higherEntry(next.getKey());
        }
        return bytes;
    }

    @Override
    public long filtered(String city, int zip) {
        return walk("D");
    }

    @Override
    public long grouped() {
        return walk("D");
    }

    /** Each of the documents is at least its own partner. */
    @Override
    public long joined(int quantity, int rating) {
        return covered(quantity, rating) + equal(quantity, rating);
    }

    private long walk(String prefix) {
        byte[] from = prefix.getBytes(StandardCharsets.UTF_8);
        byte[] to = from.clone();
        to[to.length - 1]++;
        long bytes = 0;
        try (Slice end = new Slice(to);
                ReadOptions read = new ReadOptions().setIterateUpperBound(end);
                RocksIterator rows = database.newIterator(read)) {
            for (rows.seek(from); rows.isValid(); rows.next()) {
                bytes += rows.key().length + rows.value().length;
            }
            rows.status();
        } catch (RocksDBException cause) {
            throw failure(cause);
        }
        return bytes;
    }

    @Override
    public long update(int quantity, int rating, String note) {
        List<byte[]> keys = of(quantity, rating);
        try (WriteBatch batch = new WriteBatch()) {
            for (byte[] key : keys) {
                byte[] value = database.get(key);
                if (value == null) {
                    throw new BenchmarkFailure("RocksDB did not find a document");
                }
                batch.put(key, value);
                byte[] change = key.clone();
                change[0] = 'L';
                batch.put(change, note.getBytes(StandardCharsets.UTF_8));
            }
            database.write(durable, batch);
        } catch (RocksDBException cause) {
            throw failure(cause);
        }
        return keys.size();
    }

    /** Every write asks for its sync. */
    @Override
    public void checkDurability() {
        if (!durable.sync()) {
            throw new BenchmarkFailure("RocksDB does not sync");
        }
    }

    @Override
    public void close() {
        try (FlushOptions flush = new FlushOptions()) {
            database.flush(flush);
        } catch (RocksDBException cause) {
            throw failure(cause);
        } finally {
            database.close();
            durable.close();
            options.close();
            filter.close();
            cache.close();
        }
    }

    private static BenchmarkFailure failure(RocksDBException cause) {
        return new BenchmarkFailure("RocksDB failed: " + cause.getMessage(), cause);
    }
}
