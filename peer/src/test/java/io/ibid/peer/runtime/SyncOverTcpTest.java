package io.ibid.peer.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.query.StatementOptions;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import io.ibid.peer.rocksdb.Profile;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncOverTcpTest {
    private static final String LOOPBACK = "127.0.0.1:0";

    @Test
    void an_insert_of_one_database_arrives_in_another() {
        try (OpenDatabase one = open("t");
                OpenDatabase other = open("t")) {
            other.subscribe("SELECT * FROM c", Value.Struct.EMPTY, StatementOptions.FLEXIBLE);
            one.startSync(List.of(LOOPBACK), List.of());
            other.startSync(List.of(), one.listening());
            execute(one, "INSERT INTO c DOCUMENTS ({'_id': 1, 'a': {'b': 2}})");
            await(() -> rows(other, "SELECT * FROM c").equals(List.of("{\"_id\":1,\"a\":{\"b\":2}}")));
            execute(one, "UPDATE c SET a.b = 3 WHERE _id = 1");
            await(() -> rows(other, "SELECT a FROM c").equals(List.of("{\"a\":{\"b\":3}}")));
            execute(one, "DELETE FROM c");
            await(() -> rows(other, "SELECT * FROM c").isEmpty());
        }
    }

    @Test
    void documents_reach_a_peer_over_two_hops_and_a_server_takes_everything() {
        try (OpenDatabase first = open("t");
                OpenDatabase middle = open("t");
                OpenDatabase server =
                        OpenDatabase.open(new DatabaseOptions(null, "t", Profile.SERVER, true, 4, System.getenv()))) {
            middle.subscribe("SELECT * FROM c", Value.Struct.EMPTY, StatementOptions.FLEXIBLE);
            server.startSync(List.of(LOOPBACK), List.of());
            middle.startSync(List.of(LOOPBACK), server.listening());
            first.startSync(List.of(), middle.listening());
            execute(first, "INSERT INTO c DOCUMENTS ({'_id': 1})");
            await(() -> rows(server, "SELECT * FROM c").size() == 1);
        }
    }

    @Test
    void a_peer_without_subscription_receives_nothing() throws Exception {
        try (OpenDatabase one = open("t");
                OpenDatabase other = open("t")) {
            one.startSync(List.of(LOOPBACK), List.of());
            other.startSync(List.of(), one.listening());
            execute(one, "INSERT INTO c DOCUMENTS ({'_id': 1})");
            Thread.sleep(500);
            assertThat(rows(other, "SELECT * FROM c")).isEmpty();
        }
    }

    @Test
    void what_a_partner_has_acknowledged_is_known_when_the_database_is_opened_again(@TempDir Path folder) {
        DatabaseOptions options = DatabaseOptions.peer(folder, "t");
        String partner;
        try (OpenDatabase one = OpenDatabase.open(options);
                OpenDatabase other = open("t")) {
            partner = other.peerKey();
            other.subscribe("SELECT * FROM c", Value.Struct.EMPTY, StatementOptions.FLEXIBLE);
            one.startSync(List.of(LOOPBACK), List.of());
            other.startSync(List.of(), one.listening());
            execute(one, "INSERT INTO c DOCUMENTS ({'_id': 1})");
            await(() -> rows(one, "SELECT last_commit_acked AS a FROM system:sync_peers")
                    .equals(List.of("{\"a\":1}")));
        }
        try (OpenDatabase again = OpenDatabase.open(options)) {
            assertThat(rows(again, "SELECT _id, last_commit_acked AS a FROM system:sync_peers"))
                    .containsExactly("{\"_id\":\"" + partner + "\",\"a\":1}");
        }
    }

    @Test
    void peers_refuse_to_listen_beyond_this_machine() {
        try (OpenDatabase database = open("t")) {
            assertThatThrownBy(() -> database.startSync(List.of("0.0.0.0:0"), List.of()))
                    .hasMessageContaining("0.0.0.0:0");
            assertThat(database.listening()).isEmpty();
        }
    }

    private static OpenDatabase open(String id) {
        return OpenDatabase.open(DatabaseOptions.peer(null, id));
    }

    private static void execute(OpenDatabase database, String statement) {
        database.execute(statement, Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE).close();
    }

    private static List<String> rows(OpenDatabase database, String statement) {
        try (Execution execution = database.execute(statement, Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE)) {
            return execution.rest().stream().map(row -> Json.write(row.value())).toList();
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still not so after 10 s").isLessThan(deadlineNs);
            Thread.onSpinWait();
        }
    }
}
