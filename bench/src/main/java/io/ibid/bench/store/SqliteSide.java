package io.ibid.bench.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ibid.bench.BenchmarkFailure;
import io.ibid.bench.Documents.Document;
import io.ibid.bench.SqliteFile;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * SQLite as an app would use it for the same job: one table of an id and the document as JSON text, a write-ahead log, and a sync at
 * every commit. Threads share one connection and take turns, which is faster than one connection each: those find the database busy and
 * sleep.
 */
final class SqliteSide implements StoreSide {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Connection connection;
    private final PreparedStatement insert;
    private final PreparedStatement update;
    private final PreparedStatement select;

    /** @param rowid whether the table has SQLite's hidden number as its key, and the id in an index; else it is a tree by id */
    SqliteSide(Path folder, boolean rowid) {
        file = folder.resolve("bench.sqlite");
        try {
            connection = SqliteFile.open(
                    file,
                    setup -> setup.execute(
                            "CREATE TABLE IF NOT EXISTS orders (id TEXT PRIMARY KEY NOT NULL, document TEXT NOT NULL)"
                                    + (rowid ? "" : " WITHOUT ROWID")));
            insert = connection.prepareStatement("INSERT INTO orders (id, document) VALUES (?, ?)");
            update = connection.prepareStatement(
                    "UPDATE orders SET document = json_set(document, '$.counter', ?) WHERE id = ?");
            select = connection.prepareStatement("SELECT document FROM orders WHERE id = ?");
        } catch (SQLException | IOException cause) {
            throw new BenchmarkFailure("SQLite cannot open " + file + ": " + cause.getMessage(), cause);
        }
    }

    @Override
    public void insert(List<Document> documents) {
        insertTimed(documents);
    }

    /** Inserts in one transaction; returns the nanoseconds that its commit took. */
    synchronized long insertTimed(List<Document> documents) {
        try {
            for (Document document : documents) {
                insert.setString(1, document.id());
                insert.setString(2, document.json());
                insert.executeUpdate();
            }
            long start = System.nanoTime();
            connection.commit();
            return System.nanoTime() - start;
        } catch (SQLException cause) {
            throw SqliteFile.failure(cause);
        }
    }

    @Override
    public synchronized void update(String id, long value) {
        try {
            update.setLong(1, value);
            update.setString(2, id);
            if (update.executeUpdate() != 1) {
                throw new BenchmarkFailure("SQLite did not find " + id);
            }
            connection.commit();
        } catch (SQLException cause) {
            throw SqliteFile.failure(cause);
        }
    }

    @Override
    public synchronized int select(String id) {
        try {
            select.setString(1, id);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    throw new BenchmarkFailure("SQLite did not find " + id);
                }
                JsonNode document = JSON.readTree(rows.getString(1));
                int fields = 0;
                for (JsonNode field : document) {
                    if (!field.isMissingNode()) {
                        fields++;
                    }
                }
                return fields;
            }
        } catch (SQLException | JsonProcessingException cause) {
            throw SqliteFile.failure(cause);
        }
    }

    /** Settings are read back; that SQLite's commits take as long as the disk does is for {@link DiskFloor} to check. */
    @Override
    public synchronized void checkDurability(int threads) {
        SqliteFile.checkDurability(connection);
    }

    @Override
    public synchronized void close() {
        SqliteFile.close(connection);
    }
}
