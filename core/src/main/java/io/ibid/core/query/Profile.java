package io.ibid.core.query;

import io.ibid.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** The profile of one execution, made when it is done. */
final class Profile {
    private final Limits limits;
    private final String text;
    private final Profiler profiler;
    private final long startNs;
    private long planNs;

    Profile(Limits limits, String text) {
        this.limits = limits;
        this.text = text;
        this.profiler = new Profiler(limits);
        this.startNs = limits.nanoTime();
    }

    Profiler profiler() {
        return profiler;
    }

    /** Calls the planner and takes its time. */
    <T> T planned(Supplier<T> planner) {
        long start = limits.nanoTime();
        T plan = planner.get();
        planNs += limits.nanoTime() - start;
        return plan;
    }

    /**
     * The row that tells of it.
     *
     * @param rows how many rows were answered
     */
    ResultRow row(List<Operator> operators, long rows) {
        Limits.Origin origin = limits.origin();
        long elapsedNs = origin.parseNs() + limits.nanoTime() - startNs;
        byte[] seed = (text + '\n' + limits.nowMs() + '\n' + startNs).getBytes(StandardCharsets.UTF_8);
        Value.Struct times = Value.Struct.builder()
                .put("elapsed", Value.of(elapsedNs))
                .put("parse", Value.of(origin.parseNs()))
                .put("plan", Value.of(planNs))
                .put("start", Value.of(Instant.ofEpochMilli(limits.nowMs()).toString()))
                .build();
        Value.Struct profile = Value.Struct.builder()
                .put("_id", Value.of(UUID.nameUUIDFromBytes(seed).toString()))
                .put("database_id", Value.of(origin.databaseId()))
                .put(
                        "directives",
                        Value.Struct.builder().put("#profile", Value.TRUE).build())
                .put("featureFlags", Value.of("0x0"))
                .put("plan", Operator.sequence(operators))
                .put("queryType", Value.of("select"))
                .put("requestType", Value.of(origin.requestType()))
                .put("resultCount", Value.of(rows))
                .put("state", Value.of("completed"))
                .put("text", Value.of(text))
                .put("times", times)
                .build();
        return new ComputedRow(
                Value.Struct.builder().put("~request_profile", profile).build());
    }
}
