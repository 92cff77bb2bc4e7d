package io.ibid.cli.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.ibid.core.value.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a peer tells of its partners, while these come, fall behind and vanish. */
@Timeout(150)
class StatusTest {
    private static final String INFO = "SELECT * FROM system:data_sync_info";
    private static final String PEERS = "SELECT * FROM system:sync_peers";

    @TempDir
    private Path folder;

    @Test
    void an_app_sees_when_the_server_has_its_change_and_when_the_server_is_gone() throws Exception {
        try (Team team = new Team(folder)) {
            Child server = team.server("server");
            SlowCable cable = team.cableTo(server);
            Child peer = team.peer("peer", "--connect", cable.address());
            assertThat(team.await(peer, INFO, isStatus("Connected")).getFirst().get("is_ditto_server"))
                    .isEqualTo(Value.TRUE);

            for (int i = 0; i < 3; i++) {
                long commit = commit(peer, "INSERT INTO cars DOCUMENTS ({'_id': 'c" + i + "'})");
                team.await(peer, INFO, rows -> synced(rows) >= commit, 1_000);
                assertThat(server.http()
                                .require("SELECT * FROM cars WHERE _id = 'c" + i + "'")
                                .items())
                        .as("what is told to be there is there")
                        .hasSize(1);
            }
            long nothing = commit(peer, "UPDATE cars SET colour = 'red' WHERE _id = 'nobody'");
            assertThat(synced(peer.http().require(INFO).items()))
                    .as("a statement that changed nothing is confirmed already")
                    .isGreaterThanOrEqualTo(nothing);

            // A broken link.
            cable.cut();
            team.await(peer, INFO, isStatus("Not Connected"), 5_000);
            long last = synced(peer.http().require(INFO).items());
            peer.http().require("INSERT INTO cars DOCUMENTS ({'_id': 'd1', 'n': 1}), ({'_id': 'd2', 'n': 2})");
            long waiting = commit(peer, "UPDATE cars SET n = 3 WHERE _id = 'd1'");
            List<Value.Struct> behind =
                    team.await(peer, PEERS, rows -> Team.number(rows.getFirst(), "lag.commits") == 2);
            assertThat(Team.number(behind.getFirst(), "lag.documents")).isEqualTo(2);
            assertThat(Team.number(behind.getFirst(), "lag.bytes")).isBetween(60L, 1_000L);
            assertThat(synced(peer.http().require(INFO).items())).isEqualTo(last);
            cable.mend();
            team.await(peer, INFO, rows -> synced(rows) >= waiting);
            team.await(peer, PEERS, rows -> Team.number(rows.getFirst(), "lag.documents") == 0);

            // A server that is silent, and one that is dead.
            server.freeze();
            team.await(peer, INFO, isStatus("Not Connected"), 15_000);
            assertThat(peer.http().require(PEERS).items().getFirst().get("last_error"))
                    .asString()
                    .contains("silent");
            server.thaw();
            team.await(peer, INFO, isStatus("Connected"));
            server.kill();
            team.await(peer, INFO, isStatus("Not Connected"), 5_000);
        }
    }

    @Test
    void rows_of_sync_have_the_fields_that_tools_expect() throws Exception {
        try (Team team = new Team(folder)) {
            Child server = team.server("server");
            Child peer = team.peer("peer", "--connect", server.peerAddress(), "--subscribe", "SELECT * FROM cars");
            server.http().require("INSERT INTO cars DOCUMENTS ({'_id': 1})");
            Value.Struct info = team.await(
                            peer,
                            INFO,
                            rows -> rows.size() == 1
                                    && field(rows.getFirst(), "documents", "last_update_received_time")
                                            instanceof Value.Int)
                    .getFirst();
            assertThat(names(info)).containsExactly("_id", "documents", "is_ditto_server");
            assertThat(names((Value.Struct) info.get("documents")))
                    .containsExactly(
                            "last_update_received_time", "sync_session_status", "synced_up_to_local_commit_id");
            assertThat(Team.number(info, "documents.last_update_received_time"))
                    .as("seconds")
                    .isCloseTo(System.currentTimeMillis() / 1_000, offset(60L));

            assertThat(names(peer.http().require(PEERS).items().getFirst()))
                    .containsExactly(
                            "_id",
                            "address",
                            "causal_gaps",
                            "lag",
                            "last_commit_acked",
                            "last_error",
                            "received",
                            "role",
                            "sent",
                            "status",
                            "store_id",
                            "transport",
                            "withheld");
            assertThat(server.http().execute(INFO, Value.Struct.EMPTY).status()).isEqualTo(400);
            assertThat(team.command(server, "status")).contains("1 peer", "Connected");
        }
    }

    private static Predicate<List<Value.Struct>> isStatus(String status) {
        return rows -> rows.size() == 1
                && field(rows.getFirst(), "documents", "sync_session_status").equals(Value.of(status));
    }

    private static Value field(Value.Struct row, String name, String inner) {
        return row.get(name) instanceof Value.Struct fields ? fields.get(inner) : Value.MISSING;
    }

    private static List<String> names(Value.Struct row) {
        return IntStream.range(0, row.size()).mapToObj(row::name).toList();
    }

    private static long synced(List<Value.Struct> rows) {
        return Team.number(rows.getFirst(), "documents.synced_up_to_local_commit_id");
    }

    private static long commit(Child member, String statement) throws IOException {
        return Team.number(member.http().require(statement).json(), "commitId");
    }
}
