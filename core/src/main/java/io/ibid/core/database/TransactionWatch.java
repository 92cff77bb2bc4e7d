package io.ibid.core.database;

import io.ibid.core.env.Clock;
import io.ibid.core.env.Logs;
import io.ibid.core.env.Timers;
import io.ibid.core.settings.Catalogue;
import io.ibid.core.settings.ParameterValues;
import io.ibid.core.settings.Parameters;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;

/**
 * Tells the log of transactions that stay open for long, and of writers that wait for long: the first stop all writers, those that only
 * read keep old data on the disk. One timer at most, and none while nothing is open, so that the many short ones cost nothing.
 * Confinement: loop, where nothing else is said.
 */
final class TransactionWatch {
    private static final Logger LOG = Logs.of(TransactionWatch.class);

    /** A transaction that reads. */
    static final class Reading {
        private final String who;
        private final long sinceMs;
        private long toldMs;

        private Reading(String who, long sinceMs) {
            this.who = who;
            this.sinceMs = sinceMs;
        }
    }

    private final WriterTurn turn;
    private final Clock clock;
    private final Timers timers;
    private final Parameters parameters;
    private final Set<Reading> readings = new LinkedHashSet<>();
    private final AtomicBoolean armed = new AtomicBoolean();

    TransactionWatch(WriterTurn turn, Clock clock, Timers timers, Parameters parameters) {
        this.turn = turn;
        this.clock = clock;
        this.timers = timers;
        this.parameters = parameters;
    }

    /** Any thread. The turn was asked for. */
    void writing() {
        arm();
    }

    /** A transaction that reads begins. */
    Reading reading(String who) {
        Reading reading = new Reading(who, clock.monotonicMs());
        readings.add(reading);
        arm();
        return reading;
    }

    /** And ends. */
    void ended(Reading reading) {
        readings.remove(reading);
    }

    private void arm() {
        if (!armed.get() && armed.compareAndSet(false, true)) {
            timers.after(pauseMs(), this::look);
        }
    }

    /** Often enough for each of them to be told in time. */
    private long pauseMs() {
        ParameterValues values = parameters.current();
        long longest = values.get(Catalogue.TRANSACTION_DURATION_BEFORE_LOGGING_MS);
        long trace = values.get(Catalogue.TRANSACTION_TRACE_INTERVAL_MS);
        long waiting = values.get(Catalogue.WRITE_TXN_TRACE_INTERVAL_MS);
        long idle = TimeUnit.SECONDS.toMillis(values.get(Catalogue.TRANSACTION_IDLE_TIMEOUT_SECONDS));
        return Math.max(1, Math.min(Math.min(longest, idle > 0 ? idle : longest), Math.min(trace, waiting)));
    }

    private void look() {
        // Before it looks: a writer that comes behind this look arms the next one.
        armed.set(false);
        if (turn.holder() == null && readings.isEmpty()) {
            return;
        }
        ParameterValues values = parameters.current();
        long nowMs = clock.monotonicMs();
        long longMs = values.get(Catalogue.TRANSACTION_DURATION_BEFORE_LOGGING_MS);
        long traceMs = values.get(Catalogue.TRANSACTION_TRACE_INTERVAL_MS);
        tellHolder(nowMs, longMs, traceMs);
        expireHolder(TimeUnit.SECONDS.toMillis(values.get(Catalogue.TRANSACTION_IDLE_TIMEOUT_SECONDS)));
        tellWaiter(nowMs, values.get(Catalogue.WRITE_TXN_TRACE_INTERVAL_MS));
        tellReadings(readings, nowMs, longMs, traceMs);
        arm();
    }

    private void tellHolder(long nowMs, long longMs, long traceMs) {
        WriterTurn.Claim holder = turn.holder();
        if (holder == null || nowMs - turn.heldSinceMs() < longMs) {
            return;
        }
        if (holder.toldHoldingMs == 0 || nowMs - holder.toldHoldingMs >= traceMs) {
            holder.toldHoldingMs = nowMs;
            LOG.warn(
                    "{} has been writing for {} ms, and {} writers wait for it",
                    holder.who(),
                    nowMs - turn.heldSinceMs(),
                    turn.queueLength());
        }
    }

    /** A callback that does not come to its end must not stop all writers for ever. */
    private void expireHolder(long idleMs) {
        WriterTurn.Claim holder = turn.holder();
        if (idleMs > 0 && holder != null && holder.expire(idleMs)) {
            LOG.warn("{} has executed nothing for {} ms and is rolled back", holder.who(), idleMs);
            turn.release();
        }
    }

    private void tellWaiter(long nowMs, long traceMs) {
        WriterTurn.Claim next = turn.next();
        WriterTurn.Claim holder = turn.holder();
        if (next == null || holder == null || nowMs - next.sinceMs() < traceMs) {
            return;
        }
        if (next.toldWaitingMs == 0 || nowMs - next.toldWaitingMs >= traceMs) {
            next.toldWaitingMs = nowMs;
            LOG.warn("{} has waited {} ms to write; {} does", next.who(), nowMs - next.sinceMs(), holder.who());
        }
    }

    private static void tellReadings(Collection<Reading> readings, long nowMs, long longMs, long traceMs) {
        for (Reading reading : readings) {
            boolean isLong = nowMs - reading.sinceMs >= longMs;
            if (isLong && (reading.toldMs == 0 || nowMs - reading.toldMs >= traceMs)) {
                reading.toldMs = nowMs;
                LOG.warn("{} has been reading for {} ms", reading.who, nowMs - reading.sinceMs);
            }
        }
    }
}
