package io.ibid.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.cli.client.LocalStatementClient;
import io.ibid.core.value.Value;
import io.ibid.peer.runtime.DatabaseOptions;
import io.ibid.peer.runtime.ExecuteOptions;
import io.ibid.peer.runtime.OpenDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell at a terminal, on a database in memory. */
class PromptTest {
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";
    private static final String CTRL_P = "\u0010";

    private final OpenDatabase database = OpenDatabase.open(DatabaseOptions.peer(null, "demo"));
    private final LocalStatementClient client = new LocalStatementClient(database);

    @TempDir
    private Path folder;

    @BeforeEach
    void fill() {
        execute("INSERT INTO cars DOCUMENTS ({'_id': 1, 'make': 'Škoda', 'engine': {'kw': 90}}), "
                + "({'_id': 2, 'make': '東京', 'engine': {'kw': 50}})");
    }

    private void execute(String statement) {
        database.execute(statement, Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE).close();
    }

    @AfterEach
    void close() {
        client.close();
    }

    private Typist sit(String type, int columns) throws Exception {
        return Typist.at(type, columns, client, folder.resolve("history"));
    }

    @Test
    void a_statement_that_is_whole_runs_and_ctrl_d_leaves() throws Exception {
        try (Typist typist = sit("xterm-256color", 80)) {
            typist.enter("SELECT make, engine.kw FROM cars ORDER BY _id");
            assertThat(typist.shown()).contains("""
                    ibid> SELECT make, engine.kw FROM cars ORDER BY _id
                    make   kw
                    ─────  ──
                    Škoda  90
                    東京   50
                    (2 rows),\s""");
            typist.press(CTRL_D);
            typist.awaitEnd();
        }
    }

    @Test
    void a_statement_may_take_several_lines() throws Exception {
        try (Typist typist = sit("xterm-256color", 80)) {
            typist.type("SELECT make\r", "...");
            typist.type("FROM cars WHERE\r", "...");
            typist.enter("_id = 1");
            assertThat(typist.shown()).contains("Škoda\n(1 row), ");
            typist.type("SELECT 'a\r", "...");
            typist.enter("b' AS x; SELECT 5 AS five");
            assertThat(typist.shown()).contains("a\\nb\n(1 row), ").contains("five\n────\n   5\n(1 row), ");
        }
    }

    @Test
    void an_empty_line_ends_a_statement_that_lacks_something() throws Exception {
        try (Typist typist = sit("xterm-256color", 80)) {
            typist.type("SELECT * FROM\r", "...");
            typist.enter("");
            assertThat(typist.shown()).contains("end of statement (line 1, column 14)");
        }
    }

    @Test
    void an_error_shows_its_place_and_ends_nothing() throws Exception {
        try (Typist typist = sit("xterm-256color", 100)) {
            typist.enter("SELECT * FORM cars");
            assertThat(typist.shown()).contains("""
                    error: expected end of statement, found FORM, did you mean FROM? (line 1, column 10)
                    SELECT * FORM cars
                             ^
                    """);
            typist.enter("SELECT COUNT(*) AS n FROM cars");
            assertThat(typist.shown()).contains("(1 row)");
        }
    }

    @Test
    void tab_completes_words_collections_fields_and_dot_commands() throws Exception {
        try (Typist typist = sit("xterm-256color", 80)) {
            typist.type("sel\t", "ibid> select");
            typist.type("* FROM ca\t", "FROM cars");
            typist.type("WHERE eng\t", "WHERE engine");
            typist.type(".\t", "WHERE engine.kw");
            typist.enter("> 60");
            assertThat(typist.shown()).contains("Škoda").contains("(1 row)");
            typist.type(".coll\t", "ibid> .collections");
            typist.enter("");
            typist.type("SELECT * FROM cars c WHERE c.m\t", "WHERE c.make");
            typist.enter("= '東京'");
            typist.type("SELECT * FROM system:du\t", "FROM system:dual");
            typist.enter("");
            typist.enter(".set colour \"red\"");
            typist.type("SELECT * FROM cars WHERE make = :c\t", ":colour");
        }
    }

    @Test
    void ctrl_c_throws_away_what_was_typed() throws Exception {
        try (Typist typist = sit("xterm-256color", 80)) {
            typist.type("SELECT * FORM cars" + CTRL_C, "\nibid> ");
            typist.type(CTRL_C, "Ctrl-D leaves.");
            typist.press(".quit\r");
            typist.awaitEnd();
        }
    }

    @Test
    void ctrl_c_stops_the_statement_that_runs() throws Exception {
        StringBuilder many = new StringBuilder("INSERT INTO many DOCUMENTS ({'n':0})");
        for (int i = 1; i < 3_000; i++) {
            many.append(",({'n':").append(i).append("})");
        }
        execute(many.toString());
        try (Typist typist = sit("xterm-256color", 80)) {
            // Minutes of work, a row at a time.
            String endless =
                    "SELECT COUNT(*) FROM many WHERE ANY a IN split(repeat('a,', 30000), ',') SATISFIES a LIKE '%y%' END";
            typist.press(endless + "\r");
            Thread.sleep(300);
            typist.interrupt();
            typist.await("error: The statement was cancelled");
            typist.enter("SELECT 7 AS seven");
            assertThat(typist.shown()).contains("seven\n─────\n    7");
        }
    }

    @Test
    void what_was_entered_is_there_the_next_time_and_only_for_its_owner() throws Exception {
        try (Typist typist = sit("xterm-256color", 80)) {
            typist.enter("SELECT 'remember me' AS x");
            typist.press(CTRL_D);
            typist.awaitEnd();
        }
        Path history = folder.resolve("history");
        assertThat(history).content().contains("SELECT 'remember me' AS x");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
                .isEqualTo("rw-------");
        try (Typist typist = sit("xterm-256color", 80)) {
            typist.type(CTRL_P, "ibid> SELECT 'remember me' AS x");
        }
    }

    @Test
    void a_watched_result_is_drawn_again_when_it_changes() throws Exception {
        try (Typist typist = sit("xterm-256color", 60)) {
            typist.type(".watch SELECT make FROM cars ORDER BY _id\r", "2 rows, commit 1, 0 changes");
            execute("INSERT INTO trains DOCUMENTS ({'_id': 1})");
            execute("INSERT INTO cars DOCUMENTS ({'_id': 3, 'make': 'Trabant'})");
            typist.await("3 rows, commit 3, 1 change at");
            assertThat(typist.shown()).startsWith("""

                    SELECT make FROM cars ORDER BY _id

                    make
                    ───────
                    Škoda
                    東京
                    Trabant
                    """);
            typist.type("q", "\nibid> ");
            // What was seen last stays on the screen, below what was there before.
            assertThat(typist.shown())
                    .contains("ibid> .watch")
                    .contains("Trabant\n(3 rows, commit 3, 1 change)\nibid> ");
        }
    }

    @Test
    void ctrl_c_ends_a_watch() throws Exception {
        try (Typist typist = sit("xterm-256color", 60)) {
            typist.type(".watch SELECT make FROM cars\r", "0 changes");
            typist.interrupt();
            typist.await("(2 rows, commit 1, 0 changes)\nibid> ");
        }
    }

    @Test
    void a_query_that_cannot_be_watched_is_told() throws Exception {
        try (Typist typist = sit("xterm-256color", 60)) {
            typist.enter(".watch SELECT * FROM cars WHERE _id = :id");
            assertThat(typist.shown()).contains("error: Parameter id was not provided");
            typist.enter(".watch");
            assertThat(typist.shown()).contains("error: it is written .watch SELECT …");
        }
    }

    @Test
    void a_dumb_terminal_is_served() throws Exception {
        try (Typist typist = sit("dumb", 60)) {
            typist.enter("SELECT make FROM cars WHERE _id = 1");
            assertThat(typist.shown()).contains("(1 row)");
            typist.type(".watch SELECT make FROM cars\r", "(2 rows, commit 1, 0 changes)");
            execute("DELETE FROM cars WHERE _id = 1");
            typist.await("(1 row, commit 2, 1 change)");
            typist.type("q", "\nibid> ");
        }
    }

    @Test
    void a_narrow_terminal_gets_one_field_a_line() throws Exception {
        execute(
                "UPDATE cars SET a = 'long enough', b = 'long enough', c = 'long enough', d = 'long enough' WHERE _id = 1");
        try (Typist typist = sit("xterm-256color", 30)) {
            typist.enter("SELECT * FROM cars WHERE _id = 1");
            assertThat(typist.shown()).contains("── row 1 ─").contains("make    Škoda");
        }
    }

    @Test
    void warnings_stand_below_the_result() throws Exception {
        try (Typist typist = Typist.at("xterm-256color", 100, client, null)) {
            typist.enter("SELECT * FROM cars USE IDS 1.5");
            assertThat(typist.shown()).containsPattern("\\(0 rows\\), \\d+ ms\\nwarning: ");
        }
    }
}
