package io.ibid.cli.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.cli.judge.JudgedStatements.Pair;
import io.ibid.core.query.ResultRow;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import io.ibid.peer.runtime.DatabaseOptions;
import io.ibid.peer.runtime.ExecuteOptions;
import io.ibid.peer.runtime.Execution;
import io.ibid.peer.runtime.OpenDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A database by other people, asked the same over the same real documents with nested arrays and objects, answers the same rows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqliteJudgeTest {
    private static final boolean LONG = Boolean.getBoolean("ibid.long");
    private static final int STATEMENTS = LONG ? 50_000 : 2_500;
    /** One document in so many: SQLite takes its documents apart anew in each statement. */
    private static final int SHARE = LONG ? 4 : 20;

    private static final double ROUNDING = 1e-9;

    private final OpenDatabase database = OpenDatabase.open(DatabaseOptions.peer(null, "judge"));
    private Connection sqlite;

    @BeforeAll
    void fill() throws SQLException, IOException {
        sqlite = DriverManager.getConnection("jdbc:sqlite::memory:");
        try (Statement setup = sqlite.createStatement()) {
            setup.execute("PRAGMA case_sensitive_like = ON");
            setup.execute("CREATE TABLE features (id TEXT PRIMARY KEY, doc TEXT) WITHOUT ROWID");
            setup.execute("CREATE INDEX by_name ON features (json_extract(doc, '$.name'))");
        }
        List<Value> documents = new ArrayList<>();
        try (InputStream file = SqliteJudgeTest.class.getResourceAsStream("/io/ibid/cli/demo/web-features.jsonl.gz");
                PreparedStatement insert = sqlite.prepareStatement("INSERT INTO features VALUES (?, ?)")) {
            assertThat(file).isNotNull();
            List<String> lines = new String(new GZIPInputStream(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            for (int i = 0; i < lines.size(); i += SHARE) {
                Value.Struct document = (Value.Struct) Json.parse(lines.get(i));
                documents.add(document);
                insert.setString(1, ((Value.Text) document.get("_id")).value());
                insert.setString(2, lines.get(i));
                insert.executeUpdate();
            }
        }
        Value.Struct arguments = Value.Struct.builder()
                .put("documents", new Value.Array(documents))
                .build();
        run("INSERT INTO features DOCUMENTS (:documents)", arguments);
        for (String index : List.of("(name)", "(area, depth DESC)", "(depth, name)", "(status.deprecated)")) {
            run("CREATE INDEX `" + index + "` ON features " + index, Value.Struct.EMPTY);
        }
    }

    @AfterAll
    void close() throws SQLException {
        sqlite.close();
        database.close();
    }

    private List<Value.Struct> run(String statement, Value.Struct arguments) {
        List<Value.Struct> rows = new ArrayList<>();
        try (Execution execution = database.execute(statement, arguments, ExecuteOptions.STANDARD)) {
            for (ResultRow row = execution.next(); row != null; row = execution.next()) {
                rows.add(row.value());
            }
        }
        return rows;
    }

    private List<Value.Struct> ask(String statement) throws SQLException {
        List<Value.Struct> rows = new ArrayList<>();
        try (Statement query = sqlite.createStatement();
                ResultSet result = query.executeQuery(statement)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                Value.Struct.Builder row = Value.Struct.builder();
                for (int i = 1; i <= columns; i++) {
                    row.put(result.getMetaData().getColumnLabel(i), value(result.getObject(i)));
                }
                rows.add(row.build());
            }
        }
        return rows;
    }

    /** What SQLite calls NULL is absent here. */
    private static Value value(Object value) {
        return switch (value) {
            case null -> Value.MISSING;
            case Integer number -> Value.of(number);
            case Long number -> Value.of(number);
            case Double number -> Value.of(number);
            case String text -> Value.of(text);
            default -> throw new AssertionError(value.getClass() + " from SQLite");
        };
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void the_other_database_gives_the_same_rows() throws SQLException {
        long rows = 0;
        int withRows = 0;
        for (int seed = 0; seed < STATEMENTS; seed++) {
            Pair statement = new JudgedStatements(seed).select();
            List<Value.Struct> theirs = ask(statement.sql());
            List<Value.Struct> ours = run(statement.dql(), Value.Struct.EMPTY);
            if (!agree(ours, theirs)) {
                assertThat(shown(ours))
                        .as("seed %s: %s as %s", seed, statement.dql(), statement.sql())
                        .isEqualTo(shown(theirs));
            }
            rows += ours.size();
            withRows += ours.isEmpty() ? 0 : 1;
        }
        assertThat(withRows).isGreaterThan(STATEMENTS / 2);
        assertThat(rows).isGreaterThan(10L * STATEMENTS);
    }

    private static String shown(List<Value.Struct> rows) {
        return String.join("\n", rows.stream().map(Json::write).toList());
    }

    private static boolean agree(List<Value.Struct> ours, List<Value.Struct> theirs) {
        boolean same = ours.size() == theirs.size();
        for (int i = 0; same && i < ours.size(); i++) {
            TreeSet<String> names = new TreeSet<>();
            for (Value.Struct row : List.of(ours.get(i), theirs.get(i))) {
                for (int j = 0; j < row.size(); j++) {
                    names.add(row.name(j));
                }
            }
            Value.Struct our = ours.get(i);
            Value.Struct their = theirs.get(i);
            same = names.stream().allMatch(name -> agree(our.get(name), their.get(name)));
        }
        return same;
    }

    private static boolean agree(Value ours, Value theirs) {
        if (ours instanceof Value.Float(double x) && theirs instanceof Value.Float(double y)) {
            return Math.abs(x - y) <= ROUNDING * Math.max(1, Math.abs(x));
        }
        boolean nothing = ours.equals(Value.NULL) || ours.equals(Value.MISSING);
        return nothing ? theirs.equals(Value.MISSING) : ours.equals(theirs);
    }
}
