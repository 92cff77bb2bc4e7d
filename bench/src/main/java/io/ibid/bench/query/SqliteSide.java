package io.ibid.bench.query;

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
import java.sql.Statement;
import java.util.List;

/**
 * SQLite as an app would use it for documents that it queries: binary JSON in a column, indexes on expressions, prepared statements, a
 * write-ahead log with a sync at every commit, and as much cache as ours has. A whole document is parsed once, by Jackson.
 */
final class SqliteSide implements QuerySide {
    private static final int CACHE_KIB = 16 << 10;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PRICE = "document ->> '$.price'";
    private static final String OF_QUANTITY =
            " FROM orders WHERE document ->> '$.quantity' = ? AND document ->> '$.rating' = ?";

    static final String JOINED = "SELECT a.id, b.document ->> '$.price', b.document ->> '$.weight' FROM orders a"
            + " JOIN orders b ON b.document ->> '$.price' = a.document ->> '$.price'"
            + " WHERE a.document ->> '$.quantity' = ? AND a.document ->> '$.rating' = ?";

    private final Path file;
    private final Connection connection;
    private final PreparedStatement insert;
    private final PreparedStatement byId;
    private final PreparedStatement equal;
    private final PreparedStatement covered;
    private final PreparedStatement cheapest;
    private final PreparedStatement filtered;
    private final PreparedStatement grouped;
    private final PreparedStatement joined;
    private final PreparedStatement update;

    SqliteSide(Path folder) {
        file = folder.resolve("bench.sqlite");
        try {
            connection = SqliteFile.open(file, setup -> {
                setup.execute("PRAGMA cache_size=-" + CACHE_KIB);
                setup.execute("CREATE TABLE orders (id TEXT PRIMARY KEY NOT NULL, document BLOB NOT NULL)");
            });
            insert = connection.prepareStatement("INSERT INTO orders (id, document) VALUES (?, jsonb(?))");
            byId = connection.prepareStatement("SELECT json(document) FROM orders WHERE id = ?");
            equal = connection.prepareStatement("SELECT json(document)" + OF_QUANTITY);
            covered = connection.prepareStatement("SELECT id, " + PRICE + OF_QUANTITY);
            cheapest = connection.prepareStatement(
                    "SELECT json(document) FROM orders WHERE " + PRICE + " >= ? ORDER BY " + PRICE + " LIMIT 20");
            filtered = connection.prepareStatement("SELECT id FROM orders"
                    + " WHERE document ->> '$.address.city' = ? AND document ->> '$.address.zip' < ?");
            grouped = connection.prepareStatement("SELECT document ->> '$.state', COUNT(*), SUM(" + PRICE
                    + "), AVG(document ->> '$.weight') FROM orders GROUP BY document ->> '$.state'");
            joined = connection.prepareStatement(JOINED);
            update = connection.prepareStatement("UPDATE orders SET document = jsonb_set(document, '$.note', ?)"
                    + " WHERE document ->> '$.quantity' = ? AND document ->> '$.rating' = ?");
        } catch (SQLException | IOException cause) {
            throw new BenchmarkFailure("SQLite cannot open " + file + ": " + cause.getMessage(), cause);
        }
    }

    private void execute(String statement) throws SQLException {
        try (Statement setup = connection.createStatement()) {
            setup.execute(statement);
        }
    }

    @Override
    public void insert(List<Document> documents) {
        try {
            for (Document document : documents) {
                insert.setString(1, document.id());
                insert.setString(2, document.json());
                insert.executeUpdate();
            }
            connection.commit();
        } catch (SQLException cause) {
            throw SqliteFile.failure(cause);
        }
    }

    /** The first index has the id too, so that it answers {@link #covered} alone, as ours does. */
    @Override
    public void index() {
        try {
            execute("CREATE INDEX by_quantity ON orders"
                    + " (document ->> '$.quantity', document ->> '$.rating', document ->> '$.price', id)");
            execute("CREATE INDEX by_price ON orders (document ->> '$.price')");
            connection.commit();
        } catch (SQLException cause) {
            throw SqliteFile.failure(cause);
        }
    }

    @Override
    public long byId(String id) {
        return sum(byId, to -> to.setString(1, id), SqliteSide::document);
    }

    @Override
    public long equal(int quantity, int rating) {
        return sum(equal, ofQuantity(quantity, rating), SqliteSide::document);
    }

    @Override
    public long covered(int quantity, int rating) {
        return sum(
                covered,
                ofQuantity(quantity, rating),
                row -> row.getString(1).hashCode() + QuerySide.cents(row.getDouble(2)));
    }

    @Override
    public long cheapest(double price) {
        return sum(cheapest, to -> to.setDouble(1, price), row -> {
            JsonNode document = parsed(row);
            return QuerySide.document(document.size(), document.path("price").doubleValue(), 0);
        });
    }

    @Override
    public long filtered(String city, int zip) {
        return sum(
                filtered,
                to -> {
                    to.setString(1, city);
                    to.setInt(2, zip);
                },
                row -> row.getString(1).hashCode());
    }

    @Override
    public long grouped() {
        return sum(
                grouped,
                to -> {},
                row -> QuerySide.group(row.getString(1), row.getLong(2), row.getDouble(3), row.getDouble(4)));
    }

    @Override
    public long joined(int quantity, int rating) {
        return sum(
                joined,
                ofQuantity(quantity, rating),
                row -> row.getString(1).hashCode() + QuerySide.document(0, row.getDouble(2), row.getLong(3)));
    }

    @Override
    public long update(int quantity, int rating, String note) {
        try {
            update.setString(1, note);
            update.setInt(2, quantity);
            update.setInt(3, rating);
            long updated = update.executeUpdate();
            connection.commit();
            return updated;
        } catch (SQLException cause) {
            throw SqliteFile.failure(cause);
        }
    }

    private static Binding ofQuantity(int quantity, int rating) {
        return to -> {
            to.setInt(1, quantity);
            to.setInt(2, rating);
        };
    }

    private static JsonNode parsed(ResultSet row) throws SQLException {
        try {
            return JSON.readTree(row.getString(1));
        } catch (JsonProcessingException cause) {
            throw new BenchmarkFailure("SQLite answered no JSON: " + cause.getMessage(), cause);
        }
    }

    private static long document(ResultSet row) throws SQLException {
        JsonNode document = parsed(row);
        int fields = 0;
        for (JsonNode field : document) {
            fields += field.isMissingNode() ? 0 : 1;
        }
        return QuerySide.document(
                fields,
                document.path("price").doubleValue(),
                document.path("weight").longValue());
    }

    private interface Binding {
        void to(PreparedStatement statement) throws SQLException;
    }

    private interface RowSum {
        long of(ResultSet row) throws SQLException;
    }

    private static long sum(PreparedStatement query, Binding binding, RowSum each) {
        long sum = 0;
        try {
            binding.to(query);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    sum += each.of(rows);
                }
            }
            return sum;
        } catch (SQLException cause) {
            throw SqliteFile.failure(cause);
        }
    }

    /** How it would run a statement of these, in its own words. */
    String plan(String statement) {
        StringBuilder plan = new StringBuilder();
        try (Statement explain = connection.createStatement();
                ResultSet rows = explain.executeQuery("EXPLAIN QUERY PLAN " + statement)) {
            while (rows.next()) {
                plan.append(rows.getString("detail")).append('\n');
            }
        } catch (SQLException cause) {
            throw SqliteFile.failure(cause);
        }
        return plan.toString();
    }

    /** Prepares a statement anew; returns the nanoseconds that it took. */
    long prepareNanos(String statement) {
        long start = System.nanoTime();
        try (PreparedStatement prepared = connection.prepareStatement(statement)) {
            long nanos = System.nanoTime() - start;
            return prepared.isClosed() ? 0 : nanos;
        } catch (SQLException cause) {
            throw SqliteFile.failure(cause);
        }
    }

    @Override
    public void checkDurability() {
        SqliteFile.checkDurability(connection);
    }

    @Override
    public void close() {
        SqliteFile.close(connection);
    }
}
