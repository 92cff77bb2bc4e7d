package io.ibid.peer.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenDatabaseTest {
    @TempDir
    Path directory;

    @Test
    void what_was_inserted_is_read_back_also_after_reopening() {
        try (OpenDatabase database = open()) {
            assertThat(commit(
                            database,
                            "INSERT INTO cars DOCUMENTS ({'_id': 'a', 'color': 'red', 'engine': {'hp': 90}})"))
                    .isEqualTo(1);
            assertThat(rows(database, "SELECT * FROM cars WHERE engine.hp > 80"))
                    .containsExactly("{\"_id\":\"a\",\"color\":\"red\",\"engine\":{\"hp\":90}}");
        }
        try (OpenDatabase database = open()) {
            assertThat(rows(database, "SELECT color FROM cars")).containsExactly("{\"color\":\"red\"}");
        }
    }

    @Test
    void sequential_commits_of_one_thread_cost_at_least_one_sync_each() {
        try (OpenDatabase database = open()) {
            long before = database.syncs();
            for (int i = 0; i < 50; i++) {
                commit(database, "INSERT INTO c DOCUMENTS ({'n': " + i + "})");
            }
            assertThat(database.syncs() - before).isGreaterThanOrEqualTo(50);
        }
    }

    @Test
    void a_statement_that_changes_nothing_reports_the_newest_commit() {
        try (OpenDatabase database = open()) {
            long inserted = commit(database, "INSERT INTO c DOCUMENTS ({'_id': 1})");
            assertThat(commit(database, "UPDATE c SET x = 1 WHERE _id = 2")).isEqualTo(inserted);
        }
    }

    @Test
    void many_threads_write_at_once_and_nothing_is_lost() throws Exception {
        try (OpenDatabase database = open()) {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                int thread = t;
                threads.add(Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < 100; i++) {
                        commit(database, "INSERT INTO c DOCUMENTS ({'_id': 'd" + thread + "-" + i + "'})");
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(rows(database, "SELECT COUNT(*) AS n FROM c")).containsExactly("{\"n\":800}");
        }
    }

    @Test
    void an_observer_gets_the_first_result_and_then_the_newest_after_each_change() throws Exception {
        BlockingQueue<List<String>> seen = new LinkedBlockingQueue<>();
        try (OpenDatabase database = open();
                Observer observer = database.observe(
                        "SELECT n FROM c WHERE n > 0 ORDER BY n",
                        Value.Struct.EMPTY,
                        ExecuteOptions.FLEXIBLE,
                        execution -> seen.add(json(execution)))) {
            assertThat(seen.poll(5, TimeUnit.SECONDS)).isEmpty();
            commit(database, "INSERT INTO c DOCUMENTS ({'_id': 1, 'n': 5})");
            assertThat(seen.poll(5, TimeUnit.SECONDS)).containsExactly("{\"n\":5}");
            commit(database, "INSERT INTO c DOCUMENTS ({'_id': 2, 'n': -5})");
            commit(database, "UPDATE c SET n = 7 WHERE _id = 1");
            assertThat(seen.poll(5, TimeUnit.SECONDS)).containsExactly("{\"n\":7}");
            assertThat(seen).isEmpty();
            assertThat(observer.isClosed()).isFalse();
        }
    }

    @Test
    void a_transaction_is_seen_whole_or_not_at_all() {
        try (OpenDatabase database = open()) {
            assertThatThrownBy(() -> database.transaction(scope -> {
                        scope.execute(
                                "INSERT INTO a DOCUMENTS ({'_id': 1})", Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE);
                        throw new IllegalStateException("changed my mind");
                    }))
                    .hasMessage("changed my mind");
            assertThat(rows(database, "SELECT * FROM a")).isEmpty();
            database.transaction(scope -> {
                scope.execute("INSERT INTO a DOCUMENTS ({'_id': 1})", Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE);
                scope.execute("INSERT INTO b DOCUMENTS ({'_id': 1})", Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE);
                return "done";
            });
            assertThat(rows(database, "SELECT * FROM a")).hasSize(1);
            assertThat(rows(database, "SELECT * FROM b")).hasSize(1);
        }
    }

    @Test
    void a_write_inside_a_transaction_of_the_same_thread_is_refused_instead_of_waiting_for_ever() {
        try (OpenDatabase database = open()) {
            assertThatThrownBy(() ->
                            database.transaction(scope -> commit(database, "INSERT INTO a DOCUMENTS ({'_id': 1})")))
                    .hasMessageContaining("transaction.execute");
        }
    }

    @Test
    void the_second_opener_of_a_directory_is_told_who_has_it() {
        try (OpenDatabase first = open()) {
            assertThat(first.databaseId()).isEqualTo("test");
            assertThatThrownBy(this::open).isInstanceOfSatisfying(IbidException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.STORE_DIRECTORY_LOCKED);
                assertThat(e).hasMessageContaining(directory.toString()).hasMessageContaining("this process");
            });
        }
    }

    @Test
    void a_directory_of_another_database_is_refused_with_both_names() {
        open().close();
        assertThatThrownBy(() -> OpenDatabase.open(DatabaseOptions.peer(directory, "other")))
                .hasMessageContaining("\"test\"")
                .hasMessageContaining("\"other\"");
    }

    private OpenDatabase open() {
        return OpenDatabase.open(DatabaseOptions.peer(directory, "test"));
    }

    private static long commit(OpenDatabase database, String statement) {
        try (Execution execution = database.execute(statement, Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE)) {
            return execution.commitId();
        }
    }

    private static List<String> rows(OpenDatabase database, String statement) {
        try (Execution execution = database.execute(statement, Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE)) {
            return json(execution);
        }
    }

    private static List<String> json(Execution execution) {
        return execution.rest().stream().map(row -> Json.write(row.value())).toList();
    }
}
