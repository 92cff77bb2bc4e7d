package io.ibid.peer.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.query.StatementOptions;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import io.ibid.peer.rocksdb.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The four sync scopes on a device between a server, a small peer, and a relay that has no scopes of its own, over sockets:
 *
 * <pre>
 *   server ── device ── neighbour
 *                └───── relay ── far server
 * </pre>
 */
@Timeout(60)
class ScopesOverTcpTest {
    private static final List<String> COLLECTIONS = List.of("for_all", "for_servers", "for_peers", "for_nobody");
    private static final String SCOPES = "ALTER SYSTEM SET USER_COLLECTION_SYNC_SCOPES = {for_all: 'AllPeers',"
            + " for_servers: 'BigPeerOnly', for_peers: 'SmallPeersOnly', for_nobody: 'LocalPeerOnly'}";

    private final List<OpenDatabase> opened = new ArrayList<>();
    private final LogLines log = new LogLines("io.ibid.core.sync");
    private OpenDatabase server;
    private OpenDatabase device;
    private OpenDatabase neighbour;
    private OpenDatabase farServer;

    @BeforeEach
    void connect() {
        server = open(true);
        device = open(false);
        neighbour = open(false);
        OpenDatabase relay = open(false);
        farServer = open(true);
        execute(device, SCOPES);
        for (OpenDatabase database : List.of(server, farServer, device)) {
            database.startSync(List.of("127.0.0.1:0"), database == device ? server.listening() : List.of());
        }
        neighbour.startSync(List.of(), device.listening());
        relay.startSync(
                List.of(),
                List.of(device.listening().getFirst(), farServer.listening().getFirst()));
        await(() -> rows(device, "SELECT * FROM system:sync_peers WHERE status = 'Connected'")
                                .size()
                        == 3
                && rows(farServer, "SELECT * FROM system:sync_peers WHERE status = 'Connected'")
                                .size()
                        == 1);
    }

    @AfterEach
    void close() {
        opened.forEach(OpenDatabase::close);
        log.close();
    }

    @Test
    void each_partner_gets_what_its_kind_may_have_and_a_relay_passes_on_what_it_got() {
        write("old");
        for (OpenDatabase database : List.of(server, neighbour, farServer)) {
            await(() -> has(database, "for_all", "old"));
        }
        await(() -> has(server, "for_servers", "old"));
        await(() -> has(neighbour, "for_peers", "old"));
        await(() -> has(farServer, "for_peers", "old"));
        // Every partner says that it has everything that it may have: nothing is still on its way.
        await(this::isConfirmed);
        assertThat(collections(server)).containsExactly("for_all", "for_servers");
        assertThat(collections(neighbour)).containsExactly("for_all", "for_peers");
        assertThat(collections(farServer)).as("uploaded by the relay").containsExactly("for_all", "for_peers");

        write("more");
        await(this::isConfirmed);
        await(() -> has(server, "for_servers", "more") && has(neighbour, "for_peers", "more"));
        String keptAway = "for_servers";
        assertThat(log.lines().stream().filter(line -> line.startsWith("WARN") && line.contains(keptAway)))
                .as("once for each of the two small peers, however many documents")
                .hasSize(2);
        assertThat(rows(device, "SELECT withheld.scope AS n FROM system:sync_peers WHERE role = 'server'"))
                .containsExactly("{\"n\":4}");
        assertThat(rows(device, "SELECT value FROM system:system_info WHERE key = 'causal_gaps[for_nobody]'"))
                .as("two documents for three partners")
                .containsExactly("{\"value\":6}");
    }

    @Test
    void a_scope_that_opens_sends_the_older_documents_too_and_one_that_closes_recalls_nothing() {
        write("old");
        await(this::isConfirmed);
        execute(device, "ALTER SYSTEM SET USER_COLLECTION_SYNC_SCOPES = {for_all: 'LocalPeerOnly'}");
        for (String collection : List.of("for_servers", "for_peers", "for_nobody")) {
            await(() -> has(server, collection, "old"));
            await(() -> has(neighbour, collection, "old"));
        }
        write("new");
        await(this::isConfirmed);
        assertThat(has(server, "for_all", "old")).isTrue();
        assertThat(has(server, "for_all", "new")).isFalse();
        execute(device, "ALTER SYSTEM RESET USER_COLLECTION_SYNC_SCOPES");
        await(() -> has(server, "for_all", "new") && has(neighbour, "for_all", "new"));
    }

    private void write(String id) {
        COLLECTIONS.forEach(
                collection -> execute(device, "INSERT INTO " + collection + " DOCUMENTS ({'_id': '" + id + "'})"));
    }

    private boolean isConfirmed() {
        long head = device.publishedCommit();
        return rows(device, "SELECT * FROM system:sync_peers WHERE last_commit_acked >= " + head)
                        .size()
                == 3;
    }

    private static List<String> collections(OpenDatabase database) {
        return COLLECTIONS.stream()
                .filter(collection -> has(database, collection, "old"))
                .sorted()
                .toList();
    }

    private static boolean has(OpenDatabase database, String collection, String id) {
        return !rows(database, "SELECT * FROM " + collection + " WHERE _id = '" + id + "'")
                .isEmpty();
    }

    private OpenDatabase open(boolean isServer) {
        OpenDatabase database = OpenDatabase.open(new DatabaseOptions(
                null, "scopes", isServer ? Profile.SERVER : Profile.SMALL, isServer, 2, new TreeMap<>()));
        opened.add(database);
        if (!isServer) {
            COLLECTIONS.forEach(collection ->
                    database.subscribe("SELECT * FROM " + collection, Value.Struct.EMPTY, StatementOptions.FLEXIBLE));
        }
        return database;
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
        long deadlineNs = System.nanoTime() + 15_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still not so after 15 s").isLessThan(deadlineNs);
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
