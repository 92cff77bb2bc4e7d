package io.ibid.core.query;

import io.ibid.core.query.function.Invocation;
import io.ibid.core.value.Value;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an execution stands: the rows at hand and everything expressions read. The cursors of a plan move it along; expressions only
 * read it, except that loops set their variables. Confined to one execution.
 */
final class Scope implements Invocation {
    private static final Value[] NONE = new Value[0];

    /** By number of the FROM term; null for the unmatched side of an outer join. */
    final @Nullable Row[] rows;

    final Value[] parameters;
    final Value[] variables;
    final @Nullable Object[] caches;
    final Limits limits;
    private @Nullable Memory memory;
    private @Nullable Warnings warnings;
    private int buildingDepth;
    private long buildingBytes;

    /** The current group, where there is one. */
    Value[] groupKeys = NONE;

    Value[] aggregates = NONE;

    /** What a mutation touched, for RETURNING. */
    List<Row> given = List.of();

    /** The current row as it will be answered, once a cursor has made it. */
    @Nullable
    ResultRow output;

    Scope(Layout layout, Value[] parameters, Limits limits) {
        rows = new Row[layout.terms()];
        variables = layout.variables() == 0 ? NONE : new Value[layout.variables()];
        Arrays.fill(variables, Value.MISSING);
        caches = new Object[layout.caches()];
        this.parameters = parameters;
        this.limits = limits;
    }

    /** Made when first asked for: most executions neither keep rows nor warn. */
    Memory memory() {
        if (memory == null) {
            memory = new Memory(limits);
        }
        return memory;
    }

    Warnings warnings() {
        if (warnings == null) {
            warnings = new Warnings();
        }
        return warnings;
    }

    /** Gives all memory back. */
    void releaseMemory() {
        if (memory != null) {
            memory.releaseAll();
        }
    }

    /**
     * Accounts for the values that a comprehension builds. What an inner one has built counts until the outermost is done: a few loops in
     * each other would otherwise fill any memory, or double a value with each level.
     */
    void beginBuilding() {
        buildingDepth++;
    }

    void growBuilding(long bytes) {
        buildingBytes += bytes;
        memory().grow(bytes, "a comprehension", "run over fewer elements");
    }

    void endBuilding() {
        if (--buildingDepth == 0 && buildingBytes > 0) {
            memory().shrink(buildingBytes);
            buildingBytes = 0;
        }
    }

    /** How many of each a statement's expressions refer to. */
    record Layout(int terms, int variables, int caches) {}

    @Override
    public long nowMs() {
        return limits.nowMs();
    }

    @Override
    public Value request() {
        Limits.Origin origin = limits.origin();
        return Value.Struct.builder()
                .put("app_id", Value.of(origin.databaseId()))
                .put("database_id", Value.of(origin.databaseId()))
                .put("request_id", origin.requestId().isEmpty() ? Value.MISSING : Value.of(origin.requestId()))
                .put("start_time", Value.of(Instant.ofEpochMilli(limits.nowMs()).toString()))
                .build();
    }

    @Override
    public Value wrongType(String function) {
        warnings().count(function + " met a value of the wrong type and gave MISSING");
        return Value.MISSING;
    }

    @Override
    public Value zonelessDate(String function) {
        warnings().count(function + " met a date without a zone and gave MISSING");
        return Value.MISSING;
    }
}
