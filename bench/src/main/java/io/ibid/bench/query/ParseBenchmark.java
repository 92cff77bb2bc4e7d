package io.ibid.bench.query;

import io.ibid.bench.Benchmark;
import io.ibid.bench.BenchmarkFailure;
import io.ibid.bench.Better;
import io.ibid.bench.Measurement;
import io.ibid.bench.Rounds;
import io.ibid.bench.Settings;
import io.ibid.core.query.Statement;
import io.ibid.core.query.StatementOptions;
import io.ibid.core.query.syntax.Parser;
import java.io.IOException;
import java.util.List;

/**
 * How long a statement takes that no cache knows, from text to tree, and from text to what can be executed: microseconds a statement,
 * mean of the statements of the other rows. SQLite prepares the same ones in its own words.
 */
record ParseBenchmark(String name) implements Benchmark {
    private static final double PARSE_GOAL_US = 2;
    private static final int SLICES = 4;
    private static final int REPEATS = 4_000;
    private static final int SQLITE_REPEATS = 400;

    private static final List<String> STATEMENTS = List.of(
            "SELECT * FROM orders WHERE _id = :id",
            "SELECT * FROM orders WHERE quantity = :quantity AND rating = :rating",
            "SELECT _id, price FROM orders WHERE quantity = :quantity AND rating = :rating",
            "SELECT * FROM orders WHERE price >= :price ORDER BY price LIMIT 20",
            "SELECT _id FROM orders WHERE address.city = :city AND address.zip < :zip",
            "SELECT state, COUNT(*) AS count, SUM(price) AS total, AVG(weight) AS mean FROM orders GROUP BY state",
            "UPDATE orders SET note = :note WHERE quantity = :quantity AND rating = :rating",
            "INSERT INTO orders DOCUMENTS (:documents)");

    private static final String OF_QUANTITY =
            " WHERE document ->> '$.quantity' = :quantity AND document ->> '$.rating' = :rating";

    private static final List<String> OF_SQLITE = List.of(
            "SELECT json(document) FROM orders WHERE id = :id",
            "SELECT json(document) FROM orders" + OF_QUANTITY,
            "SELECT id, document ->> '$.price' FROM orders" + OF_QUANTITY,
            "SELECT json(document) FROM orders WHERE document ->> '$.price' >= :price"
                    + " ORDER BY document ->> '$.price' LIMIT 20",
            "SELECT id FROM orders WHERE document ->> '$.address.city' = :city AND document ->> '$.address.zip' < :zip",
            "SELECT document ->> '$.state', COUNT(*), SUM(document ->> '$.price'), AVG(document ->> '$.weight')"
                    + " FROM orders GROUP BY document ->> '$.state'",
            "UPDATE orders SET document = jsonb_set(document, '$.note', :note)" + OF_QUANTITY,
            "INSERT INTO orders (id, document) VALUES (:id, jsonb(:document))");

    @Override
    public List<Measurement> run(Settings settings) throws IOException, InterruptedException {
        try (SqliteSide sqlite = new SqliteSide(settings.folder().resolve("sqlite"))) {
            sqlite.index();
            Rounds rounds = Rounds.take(
                    settings.rounds(),
                    SLICES,
                    Better.LOWER,
                    List.of(slice -> parsed(), slice -> sqlite(sqlite), slice -> prepared()));
            return List.of(
                    rounds.bounded(name, "sqlite-prepare", 1, "us", Better.LOWER, PARSE_GOAL_US),
                    rounds.from(2).compare(name + "-and-plan", "sqlite-prepare", 1, "us", Better.LOWER, null));
        }
    }

    private static double parsed() {
        long trees = 0;
        long start = System.nanoTime();
        for (int i = 0; i < REPEATS; i++) {
            for (String statement : STATEMENTS) {
                trees += Parser.parse(statement).at() >= 0 ? 1 : 0;
            }
        }
        return micros(System.nanoTime() - start, trees);
    }

    private static double prepared() {
        long statements = 0;
        long start = System.nanoTime();
        for (int i = 0; i < REPEATS; i++) {
            for (String statement : STATEMENTS) {
                Statement prepared = Statement.prepare(statement, StatementOptions.FLEXIBLE);
                statements += prepared.text().equals(statement) ? 1 : 0;
            }
        }
        return micros(System.nanoTime() - start, statements);
    }

    private static double sqlite(SqliteSide sqlite) {
        long nanos = 0;
        for (int i = 0; i < SQLITE_REPEATS; i++) {
            for (String statement : OF_SQLITE) {
                nanos += sqlite.prepareNanos(statement);
            }
        }
        return micros(nanos, (long) SQLITE_REPEATS * OF_SQLITE.size());
    }

    private static double micros(long nanos, long statements) {
        if (statements == 0) {
            throw new BenchmarkFailure("no statement was parsed");
        }
        return nanos / 1e3 / statements;
    }
}
