package io.ibid.core.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.value.Value;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A statement can be stopped, or be refused more memory, at each of its steps; it closes its cursors and gives all memory back. */
@Timeout(120)
class StoppedStatementTest {
    private static final int DOCUMENTS = 300;
    private static final String STOPPED = "the statement was stopped";

    private final Dql dql = new Dql();

    @BeforeEach
    void fill() {
        for (int i = 0; i < DOCUMENTS; i++) {
            dql.store.put(
                    "c",
                    Value.Struct.builder()
                            .put("_id", Value.of(i))
                            .put("n", Value.of(i % 7))
                            .put("s", Value.of("text " + i % 50))
                            .build());
        }
        dql.run("CREATE INDEX n ON c (n)");
        dql.run("CREATE INDEX s ON c (s)");
    }

    /** Stops at one of the steps, refuses at one of the reservations, and counts both. */
    private static final class Counted implements Limits {
        private final int stopAt;
        private final int refuseAt;
        private int checks;
        private int reservations;
        private long held;

        Counted(int stopAt, int refuseAt) {
            this.stopAt = stopAt;
            this.refuseAt = refuseAt;
        }

        @Override
        public void check() {
            if (++checks == stopAt) {
                throw new IbidException(ErrorCode.QUERY_EXECUTION, STOPPED);
            }
        }

        @Override
        public boolean reserve(long bytes) {
            boolean granted = ++reservations != refuseAt;
            held += granted ? bytes : 0;
            return granted;
        }

        @Override
        public void release(long bytes) {
            held -= bytes;
        }

        @Override
        public long nowMs() {
            return 0;
        }
    }

    private void run(String statement, Limits limits) {
        try (Result result = Statement.prepare(statement, StatementOptions.FLEXIBLE)
                .execute((Source) dql.store, Value.Struct.EMPTY, limits)) {
            result.rest();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM c USE INDEX '' WHERE n >= 0",
                "SELECT * FROM c USE INDEX '' ORDER BY s, n DESC",
                "SELECT * FROM c USE INDEX '' ORDER BY s LIMIT 20",
                "SELECT s, COUNT(*), SUM(n), MEDIAN(n), COUNT(DISTINCT n) FROM c USE INDEX '' GROUP BY s",
                "SELECT DISTINCT s FROM c USE INDEX ''",
                "SELECT n, s FROM c WHERE n IN [1, 2] OR s = 'text 3'",
                "SELECT n, s FROM c USE INDEX (n, s) WHERE n = 1 AND s > 'text 2'",
                "SELECT a._id, b._id FROM c AS a JOIN c AS b ON b.n = a.n WHERE a._id < 20",
                "SELECT ARRAY d FOR d IN date_range(0, 2000, 'ms', 1) WHEN d > 3 END FROM c LIMIT 2"
            })
    void it_stops_and_gives_everything_back(String statement) {
        Counted free = new Counted(-1, -1);
        run(statement, free);
        assertThat(free.checks).isGreaterThan(30);
        assertThat(free.held).isZero();
        int steps = Math.min(40, free.checks);
        for (int i = 1; i <= steps; i++) {
            Counted stopped = new Counted((int) ((long) free.checks * i / steps), -1);
            dql.store.takeCalls();
            assertThatThrownBy(() -> run(statement, stopped)).hasMessageContaining(STOPPED);
            assertThat(stopped.held).isZero();
            assertClosed();
        }
        for (int i = 1; i <= free.reservations; i++) {
            Counted refused = new Counted(-1, i);
            dql.store.takeCalls();
            assertThatThrownBy(() -> run(statement, refused))
                    .hasMessageContaining("needs more memory than a statement may use; ")
                    .hasMessageContaining("dql_statement_memory_mb");
            assertThat(refused.held).isZero();
            assertClosed();
        }
    }

    /** Every scan that was opened was closed. */
    private void assertClosed() {
        int open = 0;
        for (String call : dql.store.takeCalls()) {
            open += call.startsWith("scan ") ? 1 : call.equals("close") ? -1 : 0;
        }
        assertThat(open).isLessThanOrEqualTo(0);
    }
}
