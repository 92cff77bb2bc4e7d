package io.ibid.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PROFILE runs a statement and says what its operators did. */
class ProfileTest {
    private final Dql dql = new Dql().with("cars", """
            [{"_id":"1","color":"red"},{"_id":"2","color":"red","year":1},{"_id":"3","color":"blue"},{"_id":"4"}]""");

    /** Each look at the clock takes a microsecond. */
    private static final class TickingLimits implements Limits {
        private final Limits memory = Limits.of(1_773_570_645_123L, 1 << 20);
        private long ns;

        @Override
        public void check() {}

        @Override
        public boolean reserve(long bytes) {
            return memory.reserve(bytes);
        }

        @Override
        public void release(long bytes) {
            memory.release(bytes);
        }

        @Override
        public long nowMs() {
            return memory.nowMs();
        }

        @Override
        public long nanoTime() {
            return ns += 1000;
        }

        @Override
        public Origin origin() {
            return new Origin("db", "http_api", "r1", 5);
        }
    }

    private List<Value.Struct> run(String statement) {
        List<Value.Struct> rows = new ArrayList<>();
        try (Result result = Statement.prepare(statement, StatementOptions.FLEXIBLE)
                .execute((Target) dql.store, Value.Struct.EMPTY, new TickingLimits())) {
            result.rest().forEach(row -> rows.add(row.value()));
        }
        return rows;
    }

    /** Operator, documents in and out, and whether it computed or read. */
    private static List<String> stats(Value.Struct row) {
        Value.Struct profile = (Value.Struct) row.get("~request_profile");
        List<String> lines = new ArrayList<>();
        for (Value.Struct operator : PlanJson.structs(((Value.Struct) profile.get("plan")).get("children"))) {
            StringBuilder line = new StringBuilder(((Value.Text) operator.get("#operator")).value());
            if (operator.get("#stats") instanceof Value.Struct stats) {
                line.append(' ')
                        .append(number(stats.get("documentsIn")))
                        .append(' ')
                        .append(number(stats.get("documentsOut")));
                if (stats.get("phaseTimes") instanceof Value.Struct times) {
                    for (int i = 0; i < times.size(); i++) {
                        line.append(' ').append(times.name(i));
                    }
                }
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static long number(Value value) {
        return value instanceof Value.Int(long number) ? number : 0;
    }

    @Test
    void each_operator_tells_what_it_got_gave_and_took() {
        List<Value.Struct> rows =
                run("PROFILE SELECT color FROM cars WHERE lower(color) = 'red' ORDER BY year LIMIT 1");
        assertThat(rows).hasSize(2);
        assertThat(Json.write(rows.getFirst())).isEqualTo("{\"color\":\"red\"}");
        assertThat(stats(rows.getLast()))
                .containsExactly(
                        "scan 0 4 stor",
                        "filter 4 2 exec",
                        "sort 2 1 exec",
                        "limit 1 1 exec",
                        "projection 1 1 exec",
                        "finalProjection 1 1");
    }

    @Test
    void entries_and_documents_of_an_index_are_told_apart() {
        dql.run("CREATE INDEX ix ON cars (color)");
        dql.run("CREATE INDEX iy ON cars (year)");
        assertThat(stats(run("/*+ {\"#profile\": true} */ SELECT * FROM cars WHERE color = 'red'")
                        .getLast()))
                .containsExactly("indexScan 0 2 stor", "fetch 2 2 stor", "finalProjection 2 2 exec");
        assertThat(stats(run("PROFILE SELECT * FROM cars WHERE color = 'red' OR year = 1")
                        .getLast()))
                .containsExactly("unionScan 0 2", "fetch 2 2 stor", "finalProjection 2 2 exec");
    }

    @Test
    void the_envelope_says_what_was_asked_when_and_by_whom() {
        Value.Struct profile = (Value.Struct) run("PROFILE SELECT 1").getLast().get("~request_profile");
        assertThat(((Value.Text) profile.get("_id")).value()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(profile.get("database_id")).isEqualTo(Value.of("db"));
        assertThat(profile.get("requestType")).isEqualTo(Value.of("http_api"));
        assertThat(profile.get("text")).isEqualTo(Value.of("PROFILE SELECT 1"));
        assertThat(profile.get("resultCount")).isEqualTo(Value.of(1));
        assertThat(profile.get("state")).isEqualTo(Value.of("completed"));
        assertThat(profile.get("queryType")).isEqualTo(Value.of("select"));
        assertThat(Json.write(profile.get("directives"))).isEqualTo("{\"#profile\":true}");
        Value.Struct times = (Value.Struct) profile.get("times");
        assertThat(times.get("start")).isEqualTo(Value.of("2026-03-15T10:30:45.123Z"));
        assertThat(number(times.get("parse"))).isEqualTo(5);
        assertThat(number(times.get("plan"))).isEqualTo(1000);
        assertThat(number(times.get("elapsed"))).isGreaterThan(1005);
    }

    @Test
    void a_profiled_mutation_does_its_work() {
        List<Value.Struct> rows = run("PROFILE UPDATE cars SET year = 5 WHERE color = 'red'");
        assertThat(rows).hasSize(1);
        assertThat(stats(rows.getFirst())).containsExactly("scan 0 4 stor", "filter 4 2 exec", "update");
        assertThat(dql.run("SELECT COUNT(*) AS n FROM cars WHERE year = 5")).isEqualTo("{\"n\":2}");
        Statement statement = Statement.prepare("PROFILE DELETE FROM cars", StatementOptions.FLEXIBLE);
        assertThat(statement.kind()).isEqualTo(StatementKind.PROFILED_MUTATION);
        assertThat(statement.kind().isMutation()).isTrue();
        assertThat(statement.carries()).isEqualTo(StatementKind.DELETE);
        assertThat(dql.error("PROFILE CREATE INDEX i ON cars (a)")).startsWith("query/invalid");
    }
}
