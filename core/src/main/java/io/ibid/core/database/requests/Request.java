package io.ibid.core.database.requests;

import io.ibid.core.error.IbidException;
import io.ibid.core.value.Value;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One execution of one statement, from its text to its last row. Written by the thread that runs it, read by any. */
public final class Request {
    private static final int TEXT_LENGTH_MAX = 4096;

    private final Requests requests;
    private final long number;
    private final String text;
    private final String requestType;
    private final long startMs;
    private final long startNs;
    private volatile String queryType = "unknown";
    private volatile @Nullable StatementUsage usage;
    private volatile long prepareNs;
    private volatile @Nullable Supplier<Value.Struct> plan;
    private final AtomicLong rows = new AtomicLong();
    private volatile long endNs;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable String qualifier;
    private boolean told;

    Request(Requests requests, long number, String text, String requestType, long startMs, long startNs) {
        this.requests = requests;
        this.number = number;
        this.text = text.length() <= TEXT_LENGTH_MAX ? text : text.substring(0, TEXT_LENGTH_MAX) + "…";
        this.requestType = requestType;
        this.startMs = startMs;
        this.startNs = startNs;
    }

    long number() {
        return number;
    }

    /** The text, cut when it is very long. */
    String text() {
        return text;
    }

    /** Its name in the rows, and what {@code request_info()} answers. */
    public String id() {
        return requests.idOf(number);
    }

    /** When it began, milliseconds since 1970. */
    public long startMs() {
        return startMs;
    }

    /** How long preparing it took, nanoseconds; about nothing when it was known. */
    public long prepareNs() {
        return prepareNs;
    }

    /**
     * The text is a statement.
     *
     * @param statementUsage counts the executions of the statement; null when it is not kept
     */
    public void prepared(String statementQueryType, @Nullable StatementUsage statementUsage) {
        queryType = statementQueryType;
        usage = statementUsage;
        prepareNs = requests.nanoTime() - startNs;
    }

    /** How it is run; the supplier may be called at any later time. That of a very long statement is not shown. */
    public void planned(Supplier<Value.Struct> shownPlan) {
        if (text.length() <= TEXT_LENGTH_MAX) {
            plan = shownPlan;
            StatementUsage counted = usage;
            if (counted != null) {
                counted.planned(shownPlan);
            }
        }
    }

    /** One more row was answered. */
    public void row() {
        rows.lazySet(rows.get() + 1);
    }

    /** Now and then while it runs: tells the log once when it takes long. */
    public void check() {
        long elapsedNs = requests.nanoTime() - startNs;
        if (!told && requests.isSlow(elapsedNs)) {
            told = true;
            requests.tellSlow(this, elapsedNs, false);
        }
    }

    /** It ended. Only the first call counts. */
    public void end(@Nullable Throwable cause) {
        if (endNs != 0) {
            return;
        }
        failure = cause;
        endNs = requests.nanoTime();
        long elapsedNs = endNs - startNs;
        StatementUsage counted = usage;
        if (counted != null) {
            counted.used(elapsedNs, startMs);
        }
        qualifier = requests.ended(this, elapsedNs, cause != null);
        if (told || requests.isSlow(elapsedNs)) {
            requests.tellSlow(this, elapsedNs, true);
        }
    }

    /** How it is shown; members that are zero are left out. */
    Value.Struct shown() {
        boolean ended = endNs != 0;
        long elapsedNs = (ended ? endNs : requests.nanoTime()) - startNs;
        Value.Struct.Builder times = Value.Struct.builder()
                .put("elapsed", Value.of(elapsedNs))
                .put("start", Value.of(Instant.ofEpochMilli(startMs).toString()));
        if (prepareNs > 0) {
            times.put("parse", Value.of(prepareNs));
        }
        Value.Struct.Builder row = Value.Struct.builder()
                .put("_id", Value.of(id()))
                .put("database_id", Value.of(requests.databaseId()))
                .put("featureFlags", Value.of("0x0"))
                .put("queryType", Value.of(queryType))
                .put("requestType", Value.of(requestType))
                .put("state", Value.of(!ended ? "executing" : failure == null ? "completed" : "failed"))
                .put("text", Value.of(text))
                .put("times", times.build());
        Supplier<Value.Struct> shownPlan = plan;
        if (shownPlan != null) {
            row.put("plan", shownPlan.get());
        }
        if (rows.get() > 0) {
            row.put("resultCount", Value.of(rows.get()));
        }
        if (failure != null) {
            row.put(
                    "error",
                    Value.of(
                            failure instanceof IbidException error
                                    ? error.code().text()
                                    : "internal"));
        }
        if (qualifier != null) {
            row.put("~qualifier", Value.of(qualifier));
        }
        return row.build();
    }
}
