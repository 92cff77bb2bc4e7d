package io.ibid.peer.runtime;

import io.ibid.core.database.requests.Request;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.Limits;
import io.ibid.core.value.Value;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Time, memory and cancellation of one statement. */
final class StatementLimits implements Limits {
    /** Reading the clock costs more than testing most rows, so it is read once per this many checks. */
    private static final int CHECKS_PER_CLOCK = 64;

    private final long nowMs = System.currentTimeMillis();
    private final long startedNs = System.nanoTime();
    private final long timeoutMs;
    private final long memoryBytesMax;
    private final MemoryPool pool;
    private final BooleanSupplier cancelled;
    private final Supplier<Origin> origin;
    private final @Nullable Request request;
    private long reserved;
    private int checks;

    /**
     * @param timeoutMs 0: none
     * @param memoryBytesMax what the statement may have
     * @param pool what all statements have together
     * @param origin where the statement comes from, for the few that ask
     * @param request told of time that passes; null: nobody is
     */
    StatementLimits(
            long timeoutMs,
            long memoryBytesMax,
            MemoryPool pool,
            BooleanSupplier cancelled,
            Supplier<Origin> origin,
            @Nullable Request request) {
        this.timeoutMs = timeoutMs;
        this.memoryBytesMax = memoryBytesMax;
        this.pool = pool;
        this.cancelled = cancelled;
        this.origin = origin;
        this.request = request;
    }

    @Override
    public void check() {
        if (++checks % CHECKS_PER_CLOCK != 0) {
            return;
        }
        if (cancelled.getAsBoolean()) {
            throw new IbidException(ErrorCode.QUERY_EXECUTION, "The statement was cancelled");
        }
        if (request != null) {
            request.check();
        }
        if (timeoutMs > 0 && System.nanoTime() - startedNs > timeoutMs * 1_000_000) {
            throw new StatementTimeout(timeoutMs);
        }
    }

    @Override
    public boolean reserve(long bytes) {
        if (reserved + bytes > memoryBytesMax) {
            return false;
        }
        if (!pool.reserve(bytes)) {
            throw new IbidException(
                    ErrorCode.QUERY_EVALUATION,
                    "The statements that run now need more memory than they may use together; try again, or raise"
                            + " dql_total_memory_mb");
        }
        reserved += bytes;
        return true;
    }

    @Override
    public void release(long bytes) {
        reserved -= bytes;
        pool.release(bytes);
    }

    @Override
    public long nowMs() {
        return nowMs;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void planned(Supplier<Value.Struct> plan) {
        if (request != null) {
            request.planned(plan);
        }
    }

    @Override
    public Origin origin() {
        return origin.get();
    }
}
