package io.ibid.server;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a pool thread does for one request: parse the body, run the statement, spool its rows. Never throws: whatever goes wrong
 * becomes the answer.
 */
final class StatementTask {
    private final ServedDatabase database;
    private final Limits limits;
    private final boolean strict;
    private final Format bodyFormat;
    private final Format format;
    private final Deadline deadline;
    private final BooleanSupplier cancelled;

    StatementTask(
            ServedDatabase database,
            Limits limits,
            boolean strict,
            Format bodyFormat,
            Format format,
            Deadline deadline,
            BooleanSupplier cancelled) {
        this.database = database;
        this.limits = limits;
        this.strict = strict;
        this.bodyFormat = bodyFormat;
        this.format = format;
        this.deadline = deadline;
        this.cancelled = cancelled;
    }

    Answer run(byte[] body) {
        ExecuteRequest request;
        try {
            request = ExecuteRequest.of(bodyFormat.parse(body));
        } catch (RuntimeException | StackOverflowError e) {
            return Answer.failed(QueryType.UNKNOWN, Failure.of(e, deadline));
        }
        Spool rows = new Spool(database.scratchDirectory(), limits.spoolMemoryBytes());
        try {
            Summary summary = run(request, rows);
            return new Answer(summary, rows);
        } catch (Throwable e) { // the pool thread lives on; errors of the virtual machine reach the log and the client
            rows.close();
            return Answer.failed(
                    e instanceof IbidException || e instanceof Refusal
                            ? database.typeOf(request.statement(), strict)
                            : QueryType.UNKNOWN,
                    Failure.of(e, deadline));
        }
    }

    private Summary run(ExecuteRequest request, Spool rows) {
        ServedDatabase.Terms terms = new ServedDatabase.Terms(strict, Math.max(1, deadline.remainingMs()), cancelled);
        try (ServedDatabase.Outcome outcome = database.execute(request.statement(), request.arguments(), terms)) {
            int count = spool(outcome, rows);
            return new Summary(
                    outcome.type(),
                    outcome.commitId(),
                    count,
                    outcome.mutatedIds(),
                    null,
                    outcome.warnings(),
                    outcome.totalWarnings());
        }
    }

    private int spool(ServedDatabase.Outcome outcome, Spool rows) {
        // A mutation is done by now, and its rows are in memory anyway: no limit may deny what has happened.
        boolean limited = outcome.type() != QueryType.MUTATION;
        Format.RowEncoder encoder = format.rows();
        int count = 0;
        for (ServedDatabase.@Nullable Row row = outcome.next(); row != null; row = outcome.next()) {
            byte[] encoded = encoder.encode(row);
            if (limited && rows.size() + encoded.length > limits.answerBytesMax()) {
                throw tooLarge(count, limits.answerBytesMax());
            }
            rows.write(encoded);
            count++;
            if (limited && (count & 63) == 0) {
                checkTime();
            }
        }
        return count;
    }

    private void checkTime() {
        if (deadline.hasPassed()) {
            throw Failure.timeout(deadline).refusal();
        }
        if (cancelled.getAsBoolean()) {
            throw new IbidException(ErrorCode.QUERY_EXECUTION, "cancelled: the client went away");
        }
    }

    private static IbidException tooLarge(int count, long limit) {
        return new IbidException(
                ErrorCode.QUERY_EXECUTION,
                "query result is too large: its first " + count + " documents fill the limit of " + limit / Limits.MIB
                        + " MiB for an answer; add LIMIT");
    }
}
