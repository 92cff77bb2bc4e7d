package io.ibid.server;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the pool's threads do: parse a body, run its statement, spool the rows. Never throws: whatever goes wrong becomes the answer.
 * Immutable.
 */
final class StatementRunner {
    private static final int ROWS_BETWEEN_CHECKS = 64;

    private final ServedDatabase database;
    private final Limits limits;
    private final LongRunners longRunners;

    StatementRunner(ServedDatabase database, Limits limits) {
        this.database = database;
        this.limits = limits;
        this.longRunners = new LongRunners(Runtime.getRuntime().availableProcessors());
    }

    /**
     * How one request wants its statement run and answered.
     *
     * @param cancelled true when nobody waits for the answer any more
     */
    record Wish(boolean strict, Format bodyFormat, Format format, Deadline deadline, BooleanSupplier cancelled) {}

    Answer run(byte[] body, Wish wish) {
        ExecuteRequest request;
        try {
            request = ExecuteRequest.of(wish.bodyFormat().parse(body));
        } catch (RuntimeException | StackOverflowError e) {
            return Answer.failed(QueryType.UNKNOWN, Failure.of(e, wish.deadline()));
        }
        Spool rows = new Spool(database.scratchDirectory(), limits.spoolMemoryBytes());
        try {
            return new Answer(run(request, wish, rows), rows);
        } catch (Throwable e) { // the pool thread lives on; errors of the virtual machine reach the log and the client
            rows.close();
            QueryType type = e instanceof IbidException || e instanceof Refusal
                    ? database.typeOf(request.statement(), wish.strict())
                    : QueryType.UNKNOWN;
            return Answer.failed(type, Failure.of(e, wish.deadline()));
        }
    }

    private Summary run(ExecuteRequest request, Wish wish, Spool rows) {
        ServedDatabase.Terms terms = new ServedDatabase.Terms(
                wish.strict(), Math.max(1, wish.deadline().remainingMs()), wish.cancelled());
        try (ServedDatabase.Outcome outcome = database.execute(request.statement(), request.arguments(), terms)) {
            int count =
                    outcome.type() == QueryType.MUTATION ? spoolAll(outcome, wish, rows) : spool(outcome, wish, rows);
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

    /** A mutation is done by now, and its rows are in memory anyway: no limit may deny what has happened. */
    private static int spoolAll(ServedDatabase.Outcome outcome, Wish wish, Spool rows) {
        Format.RowEncoder encoder = wish.format().rows();
        int count = 0;
        for (ServedDatabase.@Nullable Row row = outcome.next(); row != null; row = outcome.next()) {
            rows.write(encoder.encode(row));
            count++;
        }
        return count;
    }

    private int spool(ServedDatabase.Outcome outcome, Wish wish, Spool rows) {
        Format.RowEncoder encoder = wish.format().rows();
        int count = 0;
        try (LongRunners.Pace pace = longRunners.begin()) {
            for (ServedDatabase.@Nullable Row row = outcome.next(); row != null; row = outcome.next()) {
                byte[] encoded = encoder.encode(row);
                if (rows.size() + encoded.length > limits.answerBytesMax()) {
                    throw tooLarge(count, limits.answerBytesMax());
                }
                rows.write(encoded);
                if (++count % ROWS_BETWEEN_CHECKS == 0) {
                    check(wish);
                    pace.keep();
                }
            }
        }
        return count;
    }

    private static void check(Wish wish) {
        if (wish.deadline().hasPassed()) {
            throw Failure.timeout(wish.deadline()).refusal();
        }
        if (wish.cancelled().getAsBoolean()) {
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
