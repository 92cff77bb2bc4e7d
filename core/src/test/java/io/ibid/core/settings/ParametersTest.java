package io.ibid.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.Settings.Setting;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ParametersTest {
    private final Parameters parameters = new Parameters(false, new TreeMap<>());

    private String set(String name, String json) {
        Setting setting = parameters.set(name, Json.parse(json));
        assertThat(setting.name()).isEqualTo(name);
        return Json.write(setting.value());
    }

    private String refused(String name, String json) {
        Value before = parameters.show(name).value();
        IbidException refusal = catchThrowableOfType(IbidException.class, () -> parameters.set(name, Json.parse(json)));
        assertThat(refusal.code()).isEqualTo(ErrorCode.QUERY_EVALUATION);
        assertThat(parameters.show(name).value()).isEqualTo(before);
        return refusal.getMessage();
    }

    @Test
    void a_value_in_force_is_shown_and_read() {
        assertThat(parameters.current().get(Catalogue.DQL_STRICT_MODE)).isFalse();
        assertThat(set("dql_strict_mode", "true")).isEqualTo("true");
        assertThat(parameters.current().get(Catalogue.DQL_STRICT_MODE)).isTrue();
        assertThat(parameters.show("dql_strict_mode").value()).isEqualTo(Value.TRUE);
        assertThat(parameters.reset("dql_strict_mode").value()).isEqualTo(Value.FALSE);
        assertThat(parameters.current().get(Catalogue.DQL_STRICT_MODE)).isFalse();
    }

    @Test
    void values_are_shown_in_their_canonical_form() {
        assertThat(set("dql_object_default", "\"map\"")).isEqualTo("\"MAP\"");
        assertThat(set("dql_statement_cache_size", "12.0")).isEqualTo("12");
        assertThat(set("dql_select_strict_mode", "null")).isEqualTo("null");
        assertThat(set("user_collection_sync_scopes", "{\"b\":\"LOCALPEERONLY\",\"a\":\"allpeers\"}"))
                .isEqualTo("{\"a\":\"AllPeers\",\"b\":\"LocalPeerOnly\"}");
    }

    @Test
    void a_value_of_a_wrong_type_or_out_of_bounds_is_refused_and_the_old_one_stays() {
        assertThat(refused("dql_strict_mode", "\"true\"")).isEqualTo("dql_strict_mode takes a boolean, not \"true\"");
        assertThat(refused("dql_select_strict_mode", "1"))
                .isEqualTo("dql_select_strict_mode takes a boolean or null, not 1");
        assertThat(refused("dql_object_default", "\"COUNTER\""))
                .isEqualTo("dql_object_default takes one of \"REGISTER\", \"MAP\", not \"COUNTER\"");
        assertThat(refused("tombstone_ttl_hours", "0")).isEqualTo("tombstone_ttl_hours takes an integer from 1, not 0");
        assertThat(refused("tombstone_ttl_hours", "1.5"))
                .isEqualTo("tombstone_ttl_hours takes an integer from 1, not 1.5");
        assertThat(refused("tombstone_ttl_hours", "9007199254740993"))
                .contains("an integer from 1, not 9007199254740993");
        assertThat(refused("tombstone_ttl_hours", "1e300")).contains("not 1e300");
        assertThat(refused("live_query_system_collection_refresh_interval", "9"))
                .contains("from 10, not 9");
        assertThat(refused("document_size_soft_limit_bytes", "1023")).contains("from 1024, not 1023");
        assertThat(refused("tcp_server_bind_mdns_server_port", "65536")).contains("from 0 to 65535, not 65536");
        assertThat(refused("dql_default_directives", "[]")).contains("takes an object, not []");
        assertThat(refused("dql_request_history_qualifiers", "{\"treshold_ms\":1}"))
                .isEqualTo("unknown qualifier 'treshold_ms', did you mean 'threshold_ms'?");
        assertThat(refused("dql_request_history_qualifiers", "{\"error\":1}"))
                .isEqualTo("error takes a boolean, not 1");
        assertThat(refused("dql_strict_mode", "{\"a\":\"" + "x".repeat(100) + "\"}"))
                .hasSizeLessThan(130);
    }

    @Test
    void scopes_are_replaced_as_a_whole_or_not_at_all() {
        set("user_collection_sync_scopes", "{\"a\":\"LocalPeerOnly\"}");
        assertThat(refused("user_collection_sync_scopes", "{\"b\":\"BigPeerOnly\",\"__x\":\"BigPeerOnly\"}"))
                .isEqualTo("sync scopes cannot be set for the system collection __x");
        assertThat(refused("user_collection_sync_scopes", "{\"b\":\"BigPersOnly\"}"))
                .isEqualTo("the sync scope of b is one of AllPeers, BigPeerOnly, SmallPeersOnly, LocalPeerOnly, not"
                        + " \"BigPersOnly\"; did you mean BigPeerOnly?");
        assertThat(refused("user_collection_sync_scopes", "{\"b\":1}")).endsWith("not 1");
        assertThat(refused("user_collection_sync_scopes", "{\"\":\"AllPeers\"}"))
                .contains("is empty");
        SyncScopes scopes = parameters.current().get(Catalogue.USER_COLLECTION_SYNC_SCOPES);
        assertThat(scopes.of("a")).isEqualTo(SyncScope.LOCAL_PEER_ONLY);
        assertThat(scopes.of("b")).isEqualTo(SyncScope.ALL_PEERS);
        set("user_collection_sync_scopes", "{\"b\":\"SmallPeersOnly\"}");
        SyncScopes replaced = parameters.current().get(Catalogue.USER_COLLECTION_SYNC_SCOPES);
        assertThat(replaced.of("a")).isEqualTo(SyncScope.ALL_PEERS);
        assertThat(replaced.of("b").admits(true)).isFalse();
        assertThat(replaced.of("b").admits(false)).isTrue();
    }

    @Test
    void an_unknown_name_is_answered_with_the_nearest_one() {
        for (Runnable use : List.<Runnable>of(
                () -> parameters.show("dql_strct_mode"),
                () -> parameters.reset("dql_strct_mode"),
                () -> parameters.set("dql_strct_mode", Value.TRUE))) {
            IbidException refusal = catchThrowableOfType(IbidException.class, use::run);
            assertThat(refusal)
                    .hasMessage("unknown parameter 'dql_strct_mode', did you mean 'dql_strict_mode'?")
                    .returns(ErrorCode.QUERY_EVALUATION, IbidException::code);
        }
    }

    @Test
    void the_environment_gives_the_values_of_the_start_and_reset_goes_back_to_them() {
        Parameters started = new Parameters(
                false,
                Map.of(
                        "DITTO_DQL_STRICT_MODE", "true",
                        "DITTO_DQL_OBJECT_DEFAULT", "map",
                        "DITTO_DOCUMENT_SIZE_SOFT_LIMIT_BYTES", "2048",
                        "DITTO_USER_COLLECTION_SYNC_SCOPES", "{\"a\": \"BigPeerOnly\"}",
                        "DITTO_SOMETHING_ELSE", "ignored"));
        assertThat(started.current().get(Catalogue.DQL_STRICT_MODE)).isTrue();
        assertThat(started.current().get(Catalogue.DQL_OBJECT_DEFAULT)).isEqualTo("MAP");
        assertThat(started.current().get(Catalogue.DOCUMENT_SIZE_SOFT_LIMIT_BYTES))
                .isEqualTo(2048);
        assertThat(started.current().get(Catalogue.USER_COLLECTION_SYNC_SCOPES).of("a"))
                .isEqualTo(SyncScope.BIG_PEER_ONLY);
        started.set("dql_strict_mode", Value.FALSE);
        assertThat(started.notStandard())
                .extracting(Setting::name)
                .containsExactly("document_size_soft_limit_bytes", "dql_object_default", "user_collection_sync_scopes");
        started.resetAll();
        assertThat(started.current().get(Catalogue.DQL_STRICT_MODE)).isTrue();
    }

    @Test
    void a_bad_value_in_the_environment_stops_the_start_with_the_name_of_the_variable() {
        IbidException refusal = catchThrowableOfType(
                IbidException.class, () -> new Parameters(false, Map.of("DITTO_DQL_STRICT_MODE", "yes")));
        assertThat(refusal)
                .hasMessage("The environment variable DITTO_DQL_STRICT_MODE cannot be used: dql_strict_mode takes a"
                        + " boolean, not \"yes\"")
                .returns(ErrorCode.VALIDATION, IbidException::code);
    }

    @Test
    void what_is_read_at_the_start_only_stays_and_warns() {
        Setting setting = parameters.set("document_size_hard_limit_bytes", Value.of(4096));
        assertThat(setting.value()).isEqualTo(Value.of(5_242_880));
        assertThat(setting.warning())
                .isEqualTo("document_size_hard_limit_bytes is read at the start only: set the environment variable"
                        + " DITTO_DOCUMENT_SIZE_HARD_LIMIT_BYTES");
        assertThat(parameters.current().get(Catalogue.DOCUMENT_SIZE_HARD_LIMIT_BYTES))
                .isEqualTo(5_242_880);
    }

    @Test
    void what_has_no_effect_is_kept_and_warns() {
        Setting setting = parameters.set("presence_use_multihop", Value.FALSE);
        assertThat(setting.value()).isEqualTo(Value.FALSE);
        assertThat(setting.warning()).isEqualTo("presence_use_multihop has no effect in this version");
        assertThat(parameters.show("presence_use_multihop").value()).isEqualTo(Value.FALSE);
    }

    @Test
    void every_standard_value_is_one_that_may_be_set() {
        for (boolean server : new boolean[] {false, true}) {
            Parameters fresh = new Parameters(server, new TreeMap<>());
            for (Setting setting : fresh.showAll()) {
                fresh.set(setting.name(), setting.value());
            }
            assertThat(fresh.notStandard()).isEmpty();
        }
        assertThat(new Parameters(true, new TreeMap<>())
                        .show("tombstone_ttl_hours")
                        .value())
                .isEqualTo(Value.of(720));
    }
}
