package io.ibid.peer.runtime;

import io.ibid.core.database.Database;
import io.ibid.core.env.Logs;
import io.ibid.core.query.Settings;
import io.ibid.core.query.Source;
import io.ibid.core.settings.Catalogue;
import io.ibid.core.store.Published;
import io.ibid.core.store.SystemCollection;
import io.ibid.core.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * {@code system:system_info}: one row per figure, as it was at the latest sample. A sample walks over the database's files, so one is taken
 * when somebody reads the rows and the last one is older than {@code system_info_sample_interval_secs}. Any thread.
 */
final class SystemInfo implements SystemCollection {
    private static final Logger LOG = Logs.of("io.ibid");

    private final Database database;
    private final Path directory;
    private final Supplier<List<String>> listening;
    private volatile @Nullable Sample latest;

    /** @param listening the open ports */
    SystemInfo(Database database, Path directory, Supplier<List<String>> listening) {
        this.database = database;
        this.directory = directory;
        this.listening = listening;
    }

    private record Sample(long takenNs, List<Value.Struct> rows) {}

    @Override
    public String name() {
        return "system_info";
    }

    @Override
    public List<Value.Struct> rows() {
        long intervalNs = TimeUnit.SECONDS.toNanos(
                database.parameters().current().get(Catalogue.SYSTEM_INFO_SAMPLE_INTERVAL_SECS));
        Sample sample = latest;
        if (sample == null || System.nanoTime() - sample.takenNs >= intervalNs) {
            sample = new Sample(System.nanoTime(), sampled());
            latest = sample;
        }
        return sample.rows;
    }

    private List<Value.Struct> sampled() {
        Rows rows = new Rows(Instant.now().toString());
        rows.add("core", "ditto_sdk_version", Value.of(Release.VERSION));
        rows.add("core", "ditto_sdk_language", Value.of("Java"));
        rows.add(
                "core",
                "ditto_sdk_platform",
                Value.of(System.getProperty("os.name") + " " + System.getProperty("os.arch")));
        for (Settings.Setting setting : database.parameters().notStandard()) {
            rows.add("core", "non_default_system_parameter[" + setting.name() + "]", setting.value());
        }
        rows.add("logs", "enabled", Value.TRUE);
        rows.add("logs", "minimum_level", Value.of(minimumLevel()));
        files(rows);
        try (Published snapshot = database.published()) {
            Source source = snapshot.source(database.settings().reading());
            for (String collection : snapshot.collections()) {
                rows.add("store", "collection_num_docs[" + collection + "]", Value.of(source.count(collection)));
            }
            replication(rows, source);
        }
        rows.add(
                "sync_scopes",
                "user_collection_sync_scopes",
                database.parameters().show("user_collection_sync_scopes").value());
        return rows.list;
    }

    private void files(Rows rows) {
        rows.add("store", "fs_usage_total", Value.of(bytes(directory)));
        rows.add("store", "fs_usage_store", Value.of(bytes(directory.resolve("ditto_store"))));
        rows.add("store", "fs_usage_replication", Value.of(bytes(directory.resolve("ditto_replication"))));
        rows.add("store", "fs_usage_attachment", Value.of(bytes(directory.resolve("ditto_attachments"))));
        rows.add("store", "fs_usage_auth", Value.of(bytes(directory.resolve("ditto_auth"))));
        try {
            FileStore device = Files.getFileStore(directory);
            rows.add("store", "fs_device_available", Value.of(device.getUsableSpace()));
            rows.add("store", "fs_device_total", Value.of(device.getTotalSpace()));
        } catch (IOException e) {
            LOG.debug("The disk of {} tells nothing about itself", directory, e);
        }
    }

    /** Files come and go while this counts; what has gone counts nothing. */
    private static long bytes(Path root) {
        if (!Files.isDirectory(root)) {
            return 0;
        }
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.mapToLong(SystemInfo::fileBytes).sum();
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("{} changed while its size was taken", root, e);
            return 0;
        }
    }

    private static long fileBytes(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private void replication(Rows rows, Source source) {
        long connected = 0;
        boolean server = false;
        for (Value.Struct peer : rowsOf(source, "sync_peers")) {
            if (peer.get("status").equals(Value.of("Connected"))) {
                connected++;
                server |= peer.get("role").equals(Value.of("server"));
            }
        }
        rows.add("replication", "connections_bluetooth", Value.of(0));
        rows.add("replication", "connections_p2pwifi", Value.of(0));
        rows.add("replication", "connections_accesspoint", Value.of(connected));
        rows.add("replication", "connections_websocket", Value.of(0));
        rows.add("replication", "is_connected_to_ditto_cloud", Value.of(server));
        database.sync()
                .causalGaps()
                .forEach((collection, count) ->
                        rows.add("replication", "causal_gaps[" + collection + "]", Value.of(count)));
        rows.add(
                "replication",
                "local_subscriptions",
                Value.of(rowsOf(source, "sync_subscriptions").size()));
        List<Value> ports = new ArrayList<>();
        listening.get().forEach(port -> ports.add(Value.of(port)));
        rows.add(
                "replication",
                "transport_config",
                Value.Struct.builder().put("listen", new Value.Array(ports)).build());
    }

    private static List<Value.Struct> rowsOf(Source source, String name) {
        List<Value.Struct> rows = source.system(name);
        return rows == null ? List.of() : rows;
    }

    private static String minimumLevel() {
        if (LOG.isTraceEnabled()) {
            return "Verbose";
        }
        if (LOG.isDebugEnabled()) {
            return "Debug";
        }
        if (LOG.isInfoEnabled()) {
            return "Info";
        }
        return LOG.isWarnEnabled() ? "Warning" : "Error";
    }

    /** The rows of one sample. */
    private static final class Rows {
        private final String timestamp;
        private final List<Value.Struct> list = new ArrayList<>();

        private Rows(String timestamp) {
            this.timestamp = timestamp;
        }

        void add(String namespace, String key, Value value) {
            list.add(Value.Struct.builder()
                    .put("_id", Value.of(namespace + ":" + key))
                    .put("namespace", Value.of(namespace))
                    .put("key", Value.of(key))
                    .put("value", value)
                    .put("timestamp", Value.of(timestamp))
                    .build());
        }
    }
}
