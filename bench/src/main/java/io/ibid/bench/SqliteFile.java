package io.ibid.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** SQLite as the sides that measure against it open it: a write-ahead log with a sync at every commit. Stateless. */
public final class SqliteFile {
    private static final int SYNCHRONOUS_FULL = 2;

    private SqliteFile() {}

    /** What is done with a connection before its first transaction. */
    @FunctionalInterface
    public interface Setup {
        void run(Statement statement) throws SQLException;
    }

    /** Opens or makes the file; the connection commits when it is told to. */
    public static Connection open(Path file, Setup setup) throws SQLException, IOException {
        Files.createDirectories(file.getParent());
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=FULL");
            setup.run(statement);
        }
        checkDurability(connection);
        connection.setAutoCommit(false);
        return connection;
    }

    /**
     * Reads the settings back.
     *
     * @throws BenchmarkFailure when a commit would not be durable
     */
    public static void checkDurability(Connection connection) {
        try (Statement read = connection.createStatement()) {
            String journal = read.executeQuery("PRAGMA journal_mode").getString(1);
            int synchronous = read.executeQuery("PRAGMA synchronous").getInt(1);
            if (!journal.equals("wal") || synchronous != SYNCHRONOUS_FULL) {
                throw new BenchmarkFailure(
                        "SQLite runs with journal_mode " + journal + " and synchronous " + synchronous);
            }
        } catch (SQLException cause) {
            throw failure(cause);
        }
    }

    /** Ends the open transaction and closes. */
    public static void close(Connection connection) {
        try {
            connection.commit();
            connection.close();
        } catch (SQLException cause) {
            throw failure(cause);
        }
    }

    public static BenchmarkFailure failure(Exception cause) {
        return new BenchmarkFailure("SQLite failed: " + cause.getMessage(), cause);
    }
}
