package io.ibid.core.settings;

import static io.ibid.core.settings.Effect.AT_ONCE;
import static io.ibid.core.settings.Effect.AT_START;
import static io.ibid.core.settings.Effect.NONE;

import io.ibid.core.settings.Domain.Any;
import io.ibid.core.settings.Domain.Choice;
import io.ibid.core.settings.Domain.Flag;
import io.ibid.core.settings.Domain.OptionalFlag;
import io.ibid.core.settings.Domain.Whole;
import io.ibid.core.value.Value;
import java.util.Collection;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All parameters. What each is for stands in docs/settings.md. */
public final class Catalogue {
    private static final TreeMap<String, Parameter<?>> BY_NAME = new TreeMap<>();

    // ---- statements: binding

    public static final Parameter<Boolean> DQL_STRICT_MODE = flag("dql_strict_mode", false, AT_ONCE);
    public static final Parameter<Value> DQL_SELECT_STRICT_MODE =
            added("dql_select_strict_mode", OptionalFlag.ONLY, Value.NULL, AT_ONCE);
    public static final Parameter<String> DQL_OBJECT_DEFAULT =
            added("dql_object_default", Choice.of("REGISTER", "MAP"), Value.of("REGISTER"), AT_ONCE);
    public static final Parameter<Boolean> DQL_RESTRICT_SUBSCRIPTIONS =
            flag("dql_restrict_subscriptions", true, AT_ONCE);
    public static final Parameter<Value> DQL_DEFAULT_DIRECTIVES =
            added("dql_default_directives", Any.OBJECT, Value.Struct.EMPTY, AT_ONCE);
    public static final Parameter<Boolean> DQL_INDEX_DEFAULT_INCLUDE_MISSING =
            flag("dql_index_default_include_missing", true, AT_ONCE);

    // ---- statements: running

    public static final Parameter<Long> DQL_STATEMENT_CACHE_SIZE = whole("dql_statement_cache_size", 0, 4096, AT_ONCE);
    public static final Parameter<Long> DQL_STATEMENT_MEMORY_MB = whole("dql_statement_memory_mb", 1, 256, AT_ONCE);
    public static final Parameter<Long> DQL_TOTAL_MEMORY_MB = whole("dql_total_memory_mb", 0, 0, AT_ONCE);
    public static final Parameter<Long> DQL_REQUEST_TIMEOUT_SECONDS =
            whole("dql_request_timeout_seconds", 0, 0, AT_ONCE);
    public static final Parameter<Long> DQL_SLOW_REQUEST_WARN_SECONDS =
            whole("dql_slow_request_warn_seconds", 0, 60, AT_ONCE);
    public static final Parameter<Long> DQL_REQUEST_HISTORY_SIZE = whole("dql_request_history_size", 0, 4096, AT_ONCE);
    public static final Parameter<HistoryQualifiers> DQL_REQUEST_HISTORY_QUALIFIERS =
            added("dql_request_history_qualifiers", HistoryQualifiers.Conditions.ONLY, Value.Struct.EMPTY, AT_ONCE);

    // ---- documents and transactions

    public static final Parameter<Boolean> HIDE_HUSKED_DOCUMENTS = flag("hide_husked_documents", false, AT_ONCE);
    public static final Parameter<Long> DOCUMENT_SIZE_SOFT_LIMIT_BYTES =
            whole("document_size_soft_limit_bytes", 1024, 262_144, AT_START);
    public static final Parameter<Long> DOCUMENT_SIZE_HARD_LIMIT_BYTES =
            whole("document_size_hard_limit_bytes", 1024, 5_242_880, AT_START);
    public static final Parameter<Long> TRANSACTION_DURATION_BEFORE_LOGGING_MS =
            whole("transaction_duration_before_logging_ms", 0, 10_000, AT_ONCE);
    public static final Parameter<Long> TRANSACTION_TRACE_INTERVAL_MS =
            whole("transaction_trace_interval_ms", 1, 5_000, AT_ONCE);
    public static final Parameter<Long> WRITE_TXN_TRACE_INTERVAL_MS =
            whole("write_txn_trace_interval_ms", 1, 10_000, AT_ONCE);
    public static final Parameter<Long> TRANSACTION_IDLE_TIMEOUT_SECONDS =
            whole("transaction_idle_timeout_seconds", 0, 60, AT_ONCE);
    public static final Parameter<Boolean> TOMBSTONE_TTL_ENABLED = flag("tombstone_ttl_enabled", true, AT_ONCE);
    public static final Parameter<Long> TOMBSTONE_TTL_HOURS =
            added(new Parameter<>("tombstone_ttl_hours", Whole.from(1), Value.of(168), Value.of(720), AT_ONCE));
    public static final Parameter<Long> DAYS_BETWEEN_REAPING =
            added("days_between_reaping", new Whole(1, 36_500), Value.of(1), AT_ONCE);
    public static final Parameter<Long> TOMBSTONE_REAP_BATCH_SIZE =
            added("tombstone_reap_batch_size", new Whole(1, 1_000_000), Value.of(10_000), AT_ONCE);

    // ---- system collections and observers

    public static final Parameter<Long> LIVE_QUERY_SYSTEM_COLLECTION_REFRESH_INTERVAL =
            whole("live_query_system_collection_refresh_interval", 10, 500, AT_ONCE);
    public static final Parameter<Long> SYSTEM_INFO_SAMPLE_INTERVAL_SECS =
            whole("system_info_sample_interval_secs", 1, 600, AT_ONCE);
    public static final Parameter<Boolean> METRICS_EXPORTER_VIRTUAL_COLLECTION_ENABLED =
            flag("metrics_exporter_virtual_collection_enabled", false, AT_START);
    public static final Parameter<String> DATA_SYNC_INFO_TIME_UNIT =
            added("data_sync_info_time_unit", Choice.of("s", "ms"), Value.of("s"), AT_ONCE);

    // ---- sync

    public static final Parameter<SyncScopes> USER_COLLECTION_SYNC_SCOPES =
            added("user_collection_sync_scopes", SyncScopes.Assignments.ONLY, Value.Struct.EMPTY, AT_ONCE);
    public static final Parameter<Long> SYNC_BATCH_WINDOW_MS = whole("sync_batch_window_ms", 0, 20, AT_START);
    public static final Parameter<Long> SYNC_CREDIT_BYTES = whole("sync_credit_bytes", 65_536, 1 << 20, AT_START);
    public static final Parameter<Long> UNIT_BYTES_MAX =
            added("unit_bytes_max", new Whole(1 << 20, 256 << 20), Value.of(256 << 20), AT_START);
    public static final Parameter<Long> STAGING_BYTES_MAX = whole("staging_bytes_max", 1 << 20, 8L << 30, AT_START);
    public static final Parameter<Long> SYNC_FRAME_BYTES_MAX = whole("sync_frame_bytes_max", 65_536, 1 << 20, NONE);
    public static final Parameter<String> INITIAL_SYNC =
            added("initial_sync", Choice.of("AUTO", "STRICT", "PROGRESSIVE"), Value.of("AUTO"), NONE);
    public static final Parameter<Long> INITIAL_SYNC_STRICT_BYTES_MAX =
            whole("initial_sync_strict_bytes_max", 1024, 64 << 20, NONE);
    public static final Parameter<String> STALE_PEER_POLICY =
            added("stale_peer_policy", Choice.of("QUARANTINE", "RESURRECT"), Value.of("QUARANTINE"), NONE);
    public static final Parameter<Boolean> ENABLE_ATTACHMENT_PERMISSION_CHECKS =
            flag("enable_attachment_permission_checks", false, NONE);
    public static final Parameter<Boolean> PEER_CERTIFICATE_REVOCATION_CHECK_ENABLED =
            flag("peer_certificate_revocation_check_enabled", true, NONE);
    public static final Parameter<Long> SMALL_PEER_INFO_PUBLISH_INTERVAL_SECS =
            whole("small_peer_info_publish_interval_secs", 1, 300, NONE);
    public static final Parameter<Boolean> ENABLE_REMOTE_QUERY = flag("enable_remote_query", true, NONE);
    public static final Parameter<Long> MAX_OPEN_REMOTE_QUERY_REQUESTS =
            whole("max_open_remote_query_requests", 0, 1000, NONE);
    public static final Parameter<Long> REMOTE_QUERY_REQUEST_TIMEOUT_SECS =
            whole("remote_query_request_timeout_secs", 0, 90, NONE);
    public static final Parameter<Long> REMOTE_QUERY_RESPONSE_SIZE_LIMIT_BYTES =
            whole("remote_query_response_size_limit_bytes", 1024, 10_485_760, NONE);
    public static final Parameter<Long> MESH_CHOOSER_MAX_WLAN_CONNECTIONS =
            whole("mesh_chooser_max_wlan_connections", 0, 6, NONE);

    static {
        // Parts of the original that Ibid does not have; programs set these, and they must not fail for it.
        added("dql_request_history_log_dump_limit", new Whole(0, Long.MAX_VALUE), Value.of(Long.MAX_VALUE), NONE);
        whole("mesh_chooser_max_active_ble_clients", 0, 4, NONE);
        flag("mesh_chooser_avoid_redundant_bluetooth", false, NONE);
        flag("presence_use_multihop", true, NONE);
        added("tcp_server_bind_mdns_server_port", new Whole(0, 65_535), Value.of(0), NONE);
        added("transports_discovered_peers", Any.ARRAY, Value.Array.EMPTY, NONE);
        flag("transports_wifi_aware_background_mode", false, NONE);
        whole("rotating_log_file_max_size_mb", 1, 1, NONE);
        whole("rotating_log_file_max_age_h", 1, 24, NONE);
        whole("rotating_log_file_max_files_on_disk", 1, 15, NONE);
        flag("disable_replication_gc_on_evict", false, NONE);
    }

    private Catalogue() {}

    private static <T> Parameter<T> added(String name, Domain<T> domain, Value standard, Effect effect) {
        return added(new Parameter<>(name, domain, standard, standard, effect));
    }

    private static <T> Parameter<T> added(Parameter<T> parameter) {
        if (BY_NAME.put(parameter.name(), parameter) != null) {
            throw new AssertionError(parameter.name() + " stands here twice");
        }
        return parameter;
    }

    private static Parameter<Boolean> flag(String name, boolean standard, Effect effect) {
        return added(name, Flag.ONLY, Value.of(standard), effect);
    }

    private static Parameter<Long> whole(String name, long min, long standard, Effect effect) {
        return added(name, Whole.from(min), Value.of(standard), effect);
    }

    /** All of them, sorted by name. */
    public static Collection<Parameter<?>> all() {
        return BY_NAME.values();
    }

    static Set<String> names() {
        return BY_NAME.keySet();
    }

    /** The parameter of that name in lower case, null when there is none. */
    static @Nullable Parameter<?> find(String name) {
        return BY_NAME.get(name);
    }
}
