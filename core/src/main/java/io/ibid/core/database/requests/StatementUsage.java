package io.ibid.core.database.requests;

import io.ibid.core.query.Statement;
import io.ibid.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How often a kept statement was executed, and how long that took. Any thread. */
public final class StatementUsage {
    private final Statement statement;
    private final AtomicLong uses = new AtomicLong();
    private final AtomicLong totalNs = new AtomicLong();
    private final AtomicLong longestNs = new AtomicLong();
    private volatile long lastMs;
    private volatile @Nullable Supplier<Value.Struct> plan;

    public StatementUsage(Statement statement) {
        this.statement = statement;
    }

    public Statement statement() {
        return statement;
    }

    void used(long elapsedNs, long startMs) {
        uses.incrementAndGet();
        totalNs.addAndGet(elapsedNs);
        longestNs.accumulateAndGet(elapsedNs, Math::max);
        lastMs = startMs;
    }

    void planned(Supplier<Value.Struct> last) {
        plan = last;
    }

    /** Its row in {@code system:shared_statements}. */
    public Value.Struct shown() {
        long count = uses.get();
        Value.Struct.Builder row = Value.Struct.builder()
                .put("_id", Value.of(id()))
                .put("text", Value.of(statement.text()))
                .put("uses", Value.of(count));
        if (count > 0) {
            row.put("avgElapsed", Value.of(totalNs.get() / count))
                    .put("maxElapsed", Value.of(longestNs.get()))
                    .put("lastUse", Value.of(Instant.ofEpochMilli(lastMs).toString()));
        }
        Supplier<Value.Struct> last = plan;
        if (last != null) {
            row.put("plan", last.get());
        }
        return row.build();
    }

    /** The same text bound with other options is another statement. */
    private String id() {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            hash.update(statement.options().toString().getBytes(StandardCharsets.UTF_8));
            hash.update(statement.text().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
