package io.ibid.core.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** ALTER SYSTEM and SHOW over parameters in a map. */
class SettingsTest {
    private final Map<String, Value> values = new TreeMap<>();

    SettingsTest() {
        defaults();
    }

    private void defaults() {
        values.put("dql_strict_mode", Value.FALSE);
        values.put("dql_object_default", Value.of("REGISTER"));
        values.put("user_collection_sync_scopes", Value.Struct.EMPTY);
    }

    private final Settings settings = new Settings() {
        @Override
        public Setting set(String name, Value value) {
            if (!values.containsKey(name)) {
                throw new IbidException(ErrorCode.QUERY_EVALUATION, "unknown parameter '" + name + "'");
            }
            values.put(name, value);
            return new Setting(name, value, value.equals(Value.TRUE) ? "takes effect at the next start" : null);
        }

        @Override
        public Setting reset(String name) {
            show(name);
            defaults();
            return show(name);
        }

        @Override
        public List<Setting> resetAll() {
            defaults();
            return showAll();
        }

        @Override
        public Setting show(String name) {
            return set(name, values.getOrDefault(name, Value.NULL));
        }

        @Override
        public List<Setting> showAll() {
            return values.entrySet().stream()
                    .map(entry -> new Setting(entry.getKey(), entry.getValue(), null))
                    .toList();
        }
    };

    private Result execute(String text, String arguments) {
        return Statement.prepare(text, StatementOptions.FLEXIBLE)
                .execute(settings, (Value.Struct) Json.parse(arguments), Limits.of(0, 0));
    }

    private String run(String text) {
        return run(text, "{}");
    }

    private String run(String text, String arguments) {
        List<ResultRow> rows = execute(text, arguments).rest();
        assertThat(rows).hasSize(1);
        return Json.write(rows.getFirst().value());
    }

    @Test
    void parameters_are_set_shown_and_reset() {
        assertThat(run("ALTER SYSTEM SET DQL_STRICT_MODE = true")).isEqualTo("{\"dql_strict_mode\":true}");
        assertThat(run("SHOW DQL_STRICT_MODE")).isEqualTo("{\"dql_strict_mode\":true}");
        assertThat(run("alter system reset dql_strict_mode")).isEqualTo("{\"dql_strict_mode\":false}");
        assertThat(run("ALTER SYSTEM SET dql_object_default TO 'MAP'")).isEqualTo("{\"dql_object_default\":\"MAP\"}");
        assertThat(run("ALTER SYSTEM SET dql_object_default TO DEFAULT"))
                .isEqualTo("{\"dql_object_default\":\"REGISTER\"}");
        assertThat(run("SHOW ALL LIKE 'dql%'"))
                .isEqualTo("{\"dql_object_default\":\"REGISTER\",\"dql_strict_mode\":false}");
        assertThat(run("SHOW ALL ILIKE '%STRICT%'")).isEqualTo("{\"dql_strict_mode\":false}");
        assertThat(run("SHOW ALL LIKE 'x%'")).isEqualTo("{}");
        assertThat(run("ALTER SYSTEM RESET ALL")).isEqualTo(run("SHOW ALL"));
    }

    @Test
    void sync_scopes_may_have_bare_names() {
        assertThat(run("""
                        ALTER SYSTEM SET USER_COLLECTION_SYNC_SCOPES = {
                            collection_1: "BigPeerOnly",
                            'collection_2': "SmallPeersOnly",
                        }"""))
                .isEqualTo(
                        "{\"user_collection_sync_scopes\":{\"collection_1\":\"BigPeerOnly\",\"collection_2\":\"SmallPeersOnly\"}}");
        assertThat(run(
                        "ALTER SYSTEM SET USER_COLLECTION_SYNC_SCOPES TO :syncScopes",
                        "{\"syncScopes\":{\"a\":\"LocalPeerOnly\"}}"))
                .isEqualTo("{\"user_collection_sync_scopes\":{\"a\":\"LocalPeerOnly\"}}");
        assertThat(run("ALTER SYSTEM SET USER_COLLECTION_SYNC_SCOPES = {}"))
                .isEqualTo("{\"user_collection_sync_scopes\":{}}");
    }

    @Test
    void refusals_and_warnings_are_passed_on() {
        IbidException refused = catchThrowableOfType(IbidException.class, () -> run("ALTER SYSTEM SET nothing = 1"));
        assertThat(refused.getMessage()).startsWith("Query failed: `unknown parameter 'nothing'` (line 1, column 18)");
        refused = catchThrowableOfType(IbidException.class, () -> run("SHOW nothing"));
        assertThat(refused.getMessage()).startsWith("Query failed: `unknown parameter 'nothing'` (line 1, column 6)");
        refused = catchThrowableOfType(IbidException.class, () -> run("ALTER SYSTEM SET dql_strict_mode = a"));
        assertThat(refused.getMessage()).contains("a is a field, and in ALTER SYSTEM there is no document");
        assertThat(execute("ALTER SYSTEM SET dql_strict_mode = true", "{}").warnings())
                .extracting(Warning::description)
                .containsExactly("takes effect at the next start");
    }

    @Test
    void they_have_no_place_in_a_transaction() {
        Statement statement = Statement.prepare("ALTER SYSTEM RESET ALL", StatementOptions.FLEXIBLE);
        assertThat(statement.kind().needs()).isEqualTo(StatementKind.Needs.SETTINGS);
        assertThat(statement.kind().queryType()).isEqualTo("mutation");
        IbidException refused = catchThrowableOfType(
                IbidException.class,
                () -> statement.execute((Target) new MapStore(), Value.Struct.EMPTY, Limits.of(0, 0)));
        assertThat(refused.code()).isEqualTo(ErrorCode.QUERY_UNSUPPORTED);
        assertThat(refused).hasMessageStartingWith("ALTER SYSTEM cannot be executed in a transaction");
    }
}
