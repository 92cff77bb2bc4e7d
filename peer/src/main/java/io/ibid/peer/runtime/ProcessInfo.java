package io.ibid.peer.runtime;

import io.ibid.core.database.Database;
import io.ibid.core.database.requests.Requests;
import io.ibid.core.settings.Catalogue;
import io.ibid.core.store.Published;
import io.ibid.core.store.SystemCollection;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The system collections about this process and the work of its database: gauges and counters as they are when they are read. */
final class ProcessInfo {
    private final long openedNs = System.nanoTime();
    private final Database database;
    private final LongSupplier syncs;
    private final LongSupplier statementMemoryBytes;
    private final boolean hasMetrics;

    /**
     * @param syncs how often the log was made durable
     * @param statementMemoryBytes what the running statements have taken
     */
    ProcessInfo(Database database, LongSupplier syncs, LongSupplier statementMemoryBytes) {
        this.database = database;
        this.syncs = syncs;
        this.statementMemoryBytes = statementMemoryBytes;
        this.hasMetrics = database.parameters().current().get(Catalogue.METRICS_EXPORTER_VIRTUAL_COLLECTION_ENABLED);
    }

    List<SystemCollection> systemCollections() {
        return List.of(
                new ComputedCollection("vitals", this::vitals), new ComputedCollection("metrics", this::metrics));
    }

    private long uptimeSeconds() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - openedNs);
    }

    private static long memoryBytes() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private List<Value.Struct> vitals() {
        Requests requests = database.requests();
        return List.of(Value.Struct.builder()
                .put("_id", Value.of("vitals"))
                .put("uptime", Value.of(uptimeSeconds()))
                .put("cores", Value.of(Runtime.getRuntime().availableProcessors()))
                .put("memoryUsage", Value.of(memoryBytes()))
                .put("requestsActive", Value.of(requests.active()))
                .put("requestsCompleted", Value.of(requests.completed()))
                .build());
    }

    private List<Value.Struct> metrics() {
        if (!hasMetrics) {
            return List.of(Value.Struct.builder()
                    .put("_id", Value.of("status"))
                    .put("status", Value.of("disabled"))
                    .build());
        }
        Requests requests = database.requests();
        List<Value.Struct> rows = new ArrayList<>();
        rows.add(metric("commits", "counter", publishedCommit()));
        rows.add(metric("log_syncs", "counter", syncs.getAsLong()));
        rows.add(metric("memory_bytes", "gauge", memoryBytes()));
        rows.add(metric("requests_active", "gauge", requests.active()));
        rows.add(metric("requests_completed", "counter", requests.completed()));
        rows.add(metric("requests_failed", "counter", requests.failed()));
        rows.add(metric("statement_memory_bytes", "gauge", statementMemoryBytes.getAsLong()));
        rows.add(metric("uptime_seconds", "gauge", uptimeSeconds()));
        return rows;
    }

    private long publishedCommit() {
        try (Published snapshot = database.published()) {
            return snapshot.commitId();
        }
    }

    private static Value.Struct metric(String name, String type, long value) {
        return Value.Struct.builder()
                .put("_id", Value.of(name))
                .put("name", Value.of(name))
                .put("type", Value.of(type))
                .put("value", Value.of(value))
                .build();
    }
}
