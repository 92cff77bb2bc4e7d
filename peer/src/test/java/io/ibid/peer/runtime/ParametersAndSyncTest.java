package io.ibid.peer.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.query.StatementOptions;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** That the parameters about what comes from partners do what they say. */
@Timeout(60)
class ParametersAndSyncTest {
    private static final String LOOPBACK = "127.0.0.1:0";

    @Test
    void a_change_of_hide_husked_documents_reaches_running_observers_at_once() throws Exception {
        try (OpenDatabase one = open(null);
                OpenDatabase other = open(null)) {
            one.subscribe("SELECT * FROM c", Value.Struct.EMPTY, StatementOptions.FLEXIBLE);
            other.subscribe("SELECT * FROM c", Value.Struct.EMPTY, StatementOptions.FLEXIBLE);
            connect(one, other);
            run(one, "INSERT INTO c DOCUMENTS ({'_id': 1, 'a': 1})");
            await(other, "SELECT a FROM c", rows -> rows.equals(List.of("{\"a\":1}")));
            one.stopSync();
            other.stopSync();
            run(one, "DELETE FROM c");
            run(other, "UPDATE c SET a = 2");
            connect(one, other);
            await(one, "SELECT a FROM c", rows -> rows.equals(List.of("{\"a\":2}")));

            BlockingQueue<List<String>> kept = observed(one, "SELECT a FROM c ORDER BY a");
            BlockingQueue<List<String>> run = observed(one, "SELECT COUNT(*) AS n FROM c");
            assertThat(kept.poll(10, TimeUnit.SECONDS)).containsExactly("{\"a\":2}");
            assertThat(run.poll(10, TimeUnit.SECONDS)).containsExactly("{\"n\":1}");
            run(one, "ALTER SYSTEM SET hide_husked_documents = true");
            assertThat(kept.poll(10, TimeUnit.SECONDS)).isEmpty();
            assertThat(run.poll(10, TimeUnit.SECONDS)).containsExactly("{\"n\":0}");
            run(one, "ALTER SYSTEM RESET hide_husked_documents");
            assertThat(kept.poll(10, TimeUnit.SECONDS)).containsExactly("{\"a\":2}");
            assertThat(run.poll(10, TimeUnit.SECONDS)).containsExactly("{\"n\":1}");
        }
    }

    @Test
    void data_sync_info_tells_times_in_the_unit_that_was_set(@TempDir Path folder) {
        try (OpenDatabase one = open(folder);
                OpenDatabase other = open(null)) {
            one.subscribe("SELECT * FROM c", Value.Struct.EMPTY, StatementOptions.FLEXIBLE);
            connect(one, other);
            run(other, "INSERT INTO c DOCUMENTS ({'_id': 1})");
            String time = "SELECT documents.last_update_received_time AS t FROM system:data_sync_info";
            long nowS = System.currentTimeMillis() / 1_000;
            await(one, time, rows -> rows.size() == 1 && number(rows) > nowS - 60 && number(rows) < nowS + 60);
            long seconds = number(run(one, time));
            run(one, "ALTER SYSTEM SET data_sync_info_time_unit = 'MS'");
            assertThat(number(run(one, time)) / 1_000).isEqualTo(seconds);
            run(one, "ALTER SYSTEM RESET ALL");
            assertThat(number(run(one, time))).isEqualTo(seconds);
        }
    }

    @Test
    void system_info_counts_what_a_scope_keeps_away_from_partners() {
        try (OpenDatabase one = open(null);
                OpenDatabase other = open(null)) {
            run(one, "ALTER SYSTEM SET system_info_sample_interval_secs = 1");
            run(one, "ALTER SYSTEM SET user_collection_sync_scopes = {secret: 'LocalPeerOnly'}");
            other.subscribe("SELECT * FROM open", Value.Struct.EMPTY, StatementOptions.FLEXIBLE);
            other.subscribe("SELECT * FROM secret", Value.Struct.EMPTY, StatementOptions.FLEXIBLE);
            run(one, "INSERT INTO secret DOCUMENTS ({'_id': 1}), ({'_id': 2})");
            run(one, "INSERT INTO open DOCUMENTS ({'_id': 1})");
            connect(one, other);
            await(other, "SELECT * FROM open", rows -> rows.size() == 1);
            await(
                    one,
                    "SELECT key, value FROM system:system_info WHERE key LIKE 'causal%'",
                    rows -> rows.equals(List.of("{\"key\":\"causal_gaps[secret]\",\"value\":2}")));
            assertThat(run(other, "SELECT * FROM secret")).isEmpty();
        }
    }

    private static BlockingQueue<List<String>> observed(OpenDatabase database, String statement) {
        BlockingQueue<List<String>> seen = new LinkedBlockingQueue<>();
        database.observe(
                statement, Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE, execution -> seen.add(json(execution)));
        return seen;
    }

    private static OpenDatabase open(Path folder) {
        return OpenDatabase.open(DatabaseOptions.peer(folder, "t"));
    }

    private static void connect(OpenDatabase one, OpenDatabase other) {
        one.startSync(List.of(LOOPBACK), List.of());
        other.startSync(List.of(), one.listening());
    }

    private static List<String> run(OpenDatabase database, String statement) {
        try (Execution execution = database.execute(statement, Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE)) {
            return json(execution);
        }
    }

    private static List<String> json(Execution execution) {
        return execution.rest().stream().map(row -> Json.write(row.value())).toList();
    }

    /** The number in the only row. */
    private static long number(List<String> rows) {
        Value.Struct row = (Value.Struct) Json.parse(rows.getFirst());
        return row.get("t") instanceof Value.Int(long number) ? number : 0;
    }

    private static void await(OpenDatabase database, String statement, Predicate<List<String>> condition) {
        long deadlineNs = System.nanoTime() + 20_000_000_000L;
        List<String> rows = run(database, statement);
        while (!condition.test(rows)) {
            assertThat(System.nanoTime()).as("still %s", rows).isLessThan(deadlineNs);
            Thread.onSpinWait();
            rows = run(database, statement);
        }
    }
}
