package io.ibid.peer.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import io.ibid.peer.rocksdb.Profile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rows of the system collections of an open database, and who may read them. */
class SystemCollectionsTest {
    private static final List<Caller> CALLERS = List.of(Caller.values());

    @TempDir
    Path directory;

    private OpenDatabase database =
            OpenDatabase.open(DatabaseOptions.peer(null, "t").under(new TreeMap<>()));

    @AfterEach
    void close() {
        database.close();
    }

    private void reopen(boolean server, Map<String, String> environment) {
        database.close();
        database = OpenDatabase.open(new DatabaseOptions(directory, "t", Profile.SMALL, server, 2, environment));
    }

    private List<Value.Struct> rows(String statement, Caller caller) {
        ExecuteOptions how = new ExecuteOptions(null, 0, () -> false, caller);
        try (Execution execution = database.execute(statement, Value.Struct.EMPTY, how)) {
            return execution.rest().stream().map(row -> row.value()).toList();
        }
    }

    private String run(String statement) {
        return String.join(
                "\n", rows(statement, Caller.SDK).stream().map(Json::write).toList());
    }

    private String refused(String statement, Caller caller) {
        IbidException refusal = catchThrowableOfType(IbidException.class, () -> rows(statement, caller));
        assertThat(refusal.code()).isEqualTo(ErrorCode.QUERY_UNSUPPORTED);
        return refusal.getMessage().lines().findFirst().orElseThrow();
    }

    @Test
    void every_row_of_every_collection_has_an_id() {
        reopen(false, new TreeMap<>());
        List<Value.Struct> names =
                rows("SELECT name FROM system:all_collections WHERE datasource = 'system'", Caller.SDK);
        assertThat(names).hasSizeGreaterThan(12);
        for (Value.Struct row : names) {
            String name = ((Value.Text) row.get("name")).value();
            for (Value.Struct found : rows("SELECT * FROM system:" + name, Caller.SDK)) {
                assertThat(found.get("_id")).as(name).isInstanceOf(Value.Text.class);
            }
        }
    }

    @Test
    void vitals_are_one_row() {
        run("SELECT 1");
        Value.Struct row = rows("SELECT * FROM system:vitals", Caller.SDK).getFirst();
        assertThat(row.get("_id")).isEqualTo(Value.of("vitals"));
        assertThat(row.get("uptime")).isInstanceOf(Value.Int.class);
        assertThat(row.get("cores")).isEqualTo(Value.of(Runtime.getRuntime().availableProcessors()));
        assertThat(((Value.Int) row.get("memoryUsage")).value()).isPositive();
        assertThat(row.get("requestsActive")).isEqualTo(Value.of(1));
        assertThat(row.get("requestsCompleted")).isEqualTo(Value.of(1));
    }

    @Test
    void metrics_say_that_they_are_off_or_what_they_count() {
        assertThat(run("SELECT * FROM system:metrics")).isEqualTo("{\"_id\":\"status\",\"status\":\"disabled\"}");
        reopen(false, Map.of("DITTO_METRICS_EXPORTER_VIRTUAL_COLLECTION_ENABLED", "true"));
        run("INSERT INTO c DOCUMENTS ({'_id': 1})");
        assertThat(run("SELECT * FROM system:metrics WHERE name IN ('commits', 'requests_completed')"))
                .isEqualTo("""
                        {"_id":"commits","name":"commits","type":"counter","value":1}
                        {"_id":"requests_completed","name":"requests_completed","type":"counter","value":1}""");
    }

    @Test
    void system_info_has_one_row_per_figure_and_takes_them_again_when_they_are_old() {
        reopen(false, Map.of("DITTO_TOMBSTONE_TTL_HOURS", "24"));
        run("INSERT INTO c DOCUMENTS ({'_id': 1}), ({'_id': 2})");
        String documents = "SELECT value FROM system:system_info WHERE _id = 'store:collection_num_docs[c]'";
        assertThat(run(documents)).isEqualTo("{\"value\":2}");
        run("INSERT INTO c DOCUMENTS ({'_id': 3})");
        assertThat(run(documents)).isEqualTo("{\"value\":2}");
        assertThat(run("SELECT namespace, key, value FROM system:system_info WHERE key LIKE 'non_default%'"))
                .isEqualTo("{\"key\":\"non_default_system_parameter[tombstone_ttl_hours]\",\"namespace\":\"core\","
                        + "\"value\":24}");
        assertThat(run("SELECT COUNT(*) AS n FROM system:system_info WHERE namespace = 'store' AND value >= 0"
                        + " AND key IN ('fs_usage_total', 'fs_usage_store', 'fs_usage_replication',"
                        + " 'fs_usage_attachment', 'fs_usage_auth', 'fs_device_available', 'fs_device_total')"))
                .isEqualTo("{\"n\":7}");
        assertThat(run("SELECT value > 0 AS some FROM system:system_info WHERE key = 'fs_usage_store'"))
                .isEqualTo("{\"some\":true}");
        assertThat(run("SELECT value FROM system:system_info WHERE key = 'is_connected_to_ditto_cloud'"))
                .isEqualTo("{\"value\":false}");
        assertThat(run("SELECT DISTINCT namespace FROM system:system_info ORDER BY namespace"))
                .isEqualTo("""
                        {"namespace":"core"}
                        {"namespace":"logs"}
                        {"namespace":"replication"}
                        {"namespace":"store"}
                        {"namespace":"sync_scopes"}""");
        run("ALTER SYSTEM SET system_info_sample_interval_secs = 1");
        long deadlineNs = System.nanoTime() + 10_000_000_000L;
        while (!run(documents).equals("{\"value\":3}")) {
            assertThat(System.nanoTime()).isLessThan(deadlineNs);
        }
    }

    @Test
    void nested_objects_of_rows_are_maps_which_strict_mode_hides() {
        String transport = "SELECT COUNT(value.listen) AS n FROM system:system_info WHERE key = 'transport_config'";
        assertThat(run(transport)).isEqualTo("{\"n\":1}");
        run("ALTER SYSTEM SET dql_strict_mode = true");
        assertThat(run(transport)).isEqualTo("{\"n\":0}");
        assertThat(run(transport.replace("system:system_info", "COLLECTION system:system_info (value MAP)")))
                .isEqualTo("{\"n\":1}");
    }

    @Test
    void transports_info_gives_the_open_ports() {
        assertThat(run("SELECT * FROM system:transports_info")).isEqualTo("{\"_id\":\"discovery_hint\",\"value\":[]}");
        database.startSync(List.of("127.0.0.1:0"), List.of());
        assertThat(run("SELECT * FROM system:transports_info")).contains("[\"127.0.0.1:");
    }

    @Test
    void data_sync_info_is_about_devices_with_a_disk() {
        String statement = "SELECT * FROM system:data_sync_info";
        assertThat(refused(statement, Caller.SDK))
                .isEqualTo("system:data_sync_info is not kept by a database in memory (line 1, column 1)");
        reopen(false, new TreeMap<>());
        for (Caller caller : CALLERS) {
            assertThat(rows(statement, caller)).isEmpty();
        }
        reopen(true, new TreeMap<>());
        assertThat(rows(statement, Caller.SDK)).isEmpty();
        for (Caller caller : CALLERS.subList(1, 4)) {
            assertThat(refused(statement, caller)).contains("is about a device and not answered by a server");
        }
    }

    @Test
    void a_key_of_a_role_may_do_what_its_role_says() {
        run("INSERT INTO c DOCUMENTS ({'_id': 1})");
        for (Caller caller : CALLERS) {
            assertThat(rows("SELECT _id FROM c", caller)).hasSize(1);
            assertThat(rows("SELECT * FROM system:vitals", caller)).hasSize(1);
            assertThat(rows("SELECT * FROM c JOIN system:vitals v ON v.cores > c.n OR c._id = 1", caller))
                    .hasSize(1);
        }
        assertThat(refused("INSERT INTO d SELECT c._id FROM c JOIN c b ON b._id = c._id", Caller.HTTP_READONLY))
                .contains("INSERT needs a key of the role readwrite or admin");
        for (String statement : List.of(
                "EVICT FROM c WHERE FALSE", "SHOW ALL", "ALTER SYSTEM RESET ALL", "DROP INDEX IF EXISTS i ON c")) {
            rows(statement, Caller.HTTP_ADMIN);
            assertThat(refused(statement, Caller.HTTP_READWRITE)).contains(" needs a key of the role admin");
            assertThat(refused(statement, Caller.HTTP_READONLY)).contains(" needs a key of the role admin");
        }
        for (String statement : List.of(
                "INSERT INTO c DOCUMENTS ({'_id': 1}) ON ID CONFLICT DO NOTHING",
                "UPDATE c SET n = 1",
                "DELETE FROM c WHERE FALSE")) {
            rows(statement, Caller.HTTP_READWRITE);
            assertThat(refused(statement, Caller.HTTP_READONLY))
                    .contains(" needs a key of the role readwrite or admin");
        }
    }
}
