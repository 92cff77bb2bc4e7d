package io.ibid.core.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.value.Value;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Time and memory of one statement. */
class LimitsTest {
    private final Dql dql = new Dql();

    LimitsTest() {
        for (int i = 0; i < 2000; i++) {
            dql.store.put(
                    "c",
                    Value.Struct.builder()
                            .put("_id", Value.of("document " + i))
                            .put("n", Value.of(i))
                            .put("text", Value.of("some text that takes some room ".repeat(10)))
                            .build());
        }
    }

    private List<ResultRow> run(String statement, Limits limits) {
        try (Result result = Statement.prepare(statement, StatementOptions.FLEXIBLE)
                .execute((Source) dql.store, Value.Struct.EMPTY, limits)) {
            return result.rest();
        }
    }

    @Test
    void operators_that_keep_rows_name_themselves_and_the_remedy_when_memory_is_short() {
        assertThatThrownBy(() -> run("SELECT * FROM c ORDER BY text, n", Limits.of(0, 100_000)))
                .hasMessage(
                        "Query failed: `ORDER BY needs more memory than a statement may use; narrow the WHERE clause or add a LIMIT, or raise dql_statement_memory_mb`");
        assertThatThrownBy(() -> run("SELECT text, n, COUNT(*) FROM c GROUP BY text, n", Limits.of(0, 100_000)))
                .hasMessageContaining("GROUP BY needs more memory");
        assertThatThrownBy(() -> run("SELECT DISTINCT * FROM c", Limits.of(0, 100_000)))
                .hasMessageContaining("DISTINCT needs more memory");
        assertThatThrownBy(() -> run("SELECT COUNT(DISTINCT n) FROM c", Limits.of(0, 100_000)))
                .hasMessageContaining("DISTINCT needs more memory");
    }

    @Test
    void the_arguments_of_a_statement_take_sixteen_mebibytes_at_most() {
        Statement statement = Statement.prepare("SELECT :a AS a", StatementOptions.FLEXIBLE);
        int overhead = "a".length() + 7; // heads of the map and of both texts
        Value.Struct fits = text("x".repeat(ArgumentSize.BYTES_MAX - overhead));
        try (Result result = statement.execute((Source) dql.store, fits, Limits.of(0, 0))) {
            assertThat(result.rest()).hasSize(1);
        }
        Value.Struct tooLarge = text("x".repeat(ArgumentSize.BYTES_MAX - overhead + 1));
        assertThatThrownBy(() -> statement.execute((Source) dql.store, tooLarge, Limits.of(0, 0)))
                .isInstanceOfSatisfying(
                        IbidException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.QUERY_ARGUMENTS_INVALID))
                .hasMessage("The arguments take 16777217 bytes, and the limit is 16777216 bytes for one statement");
    }

    private static Value.Struct text(String text) {
        return Value.Struct.builder().put("a", Value.of(text)).build();
    }

    @Test
    void a_limit_bounds_the_memory_of_a_sort_and_streams_need_none() {
        assertThat(run("SELECT * FROM c ORDER BY n DESC LIMIT 10", Limits.of(0, 100_000)))
                .hasSize(10);
        assertThat(run("SELECT * FROM c WHERE n >= 0", Limits.of(0, 0))).hasSize(2000);
        assertThat(run("SELECT n FROM c LIMIT 5 OFFSET 3", Limits.of(0, 0))).hasSize(5);
    }

    @Test
    void all_memory_is_given_back() {
        long[] reserved = new long[2];
        Limits counting = new Limits() {
            @Override
            public void check() {}

            @Override
            public boolean reserve(long bytes) {
                reserved[0] += bytes;
                reserved[1] = Math.max(reserved[1], reserved[0]);
                return reserved[1] < 1_000_000;
            }

            @Override
            public void release(long bytes) {
                reserved[0] -= bytes;
            }

            @Override
            public long nowMs() {
                return 0;
            }
        };
        run("SELECT n FROM c WHERE n < 900 ORDER BY n DESC", counting);
        assertThat(reserved[1]).isGreaterThan(100_000);
        assertThat(reserved[0]).isZero();
        reserved[1] = 0;
        try (Result result = Statement.prepare("SELECT * FROM c WHERE n < 900 ORDER BY n", StatementOptions.FLEXIBLE)
                .execute((Source) dql.store, Value.Struct.EMPTY, counting)) {
            assertThat(result.next()).isNotNull();
        }
        assertThat(reserved[0]).isZero();
        reserved[1] = 0;
        assertThatThrownBy(() -> run("SELECT * FROM c ORDER BY text", counting)).isInstanceOf(IbidException.class);
        reserved[0] = Math.min(reserved[0], 0);
        assertThat(reserved[0]).isZero();
    }

    @Test
    void a_statement_stops_when_it_is_told_to() {
        int[] checks = new int[1];
        Limits cancelled = new Limits() {
            @Override
            public void check() {
                if (++checks[0] > 100) {
                    throw new IbidException(ErrorCode.QUERY_EXECUTION, "the statement was cancelled");
                }
            }

            @Override
            public boolean reserve(long bytes) {
                return true;
            }

            @Override
            public void release(long bytes) {}

            @Override
            public long nowMs() {
                return 0;
            }
        };
        for (String statement : List.of(
                "SELECT * FROM c",
                "SELECT COUNT(n) FROM c",
                "SELECT * FROM c WHERE n < 0",
                "SELECT * FROM c ORDER BY n",
                "SELECT ANY x IN date_range(0, 9999, 'ms', 1) SATISFIES x < 0 END")) {
            checks[0] = 0;
            dql.store.takeCalls();
            assertThatThrownBy(() -> run(statement, cancelled)).as(statement).hasMessage("the statement was cancelled");
            assertThat(checks[0]).isEqualTo(101);
            List<String> calls = dql.store.takeCalls();
            assertThat(calls.isEmpty() || calls.getLast().equals("close")).isTrue();
        }
    }

    @Test
    void hostile_patterns_take_linear_time() {
        String text = "a".repeat(5000);
        for (String condition : List.of(
                "'" + text + "' LIKE '" + "%a".repeat(500) + "b'",
                "'" + text + "' ILIKE '" + "%a_".repeat(500) + "b'",
                "'" + text + "' SIMILAR TO '(a*)*b'",
                "regexp_like('" + text + "', '^(a+)+$b')",
                "regexp_like('" + text + "', '(a|aa)+$x')")) {
            Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> assertThat(dql.value(condition)).isEqualTo("false"));
        }
    }

    @Test
    void patterns_that_would_compile_to_giants_are_refused() {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(dql.error("SELECT regexp_like('a', '((a{1000}){1000}){1000}')"))
                    .contains("is no pattern");
            assertThat(dql.error("SELECT regexp_like('a', '(?:[^]{x]{9}\\\\{5\\\\pL{90}\\\\x{10FFFF}{100}){5}')"))
                    .contains("is no pattern");
            assertThat(dql.value("regexp_like('aaa', '^[a]{3}\\\\x{10FFFF}*(?:a{2,5}){0,20}$')"))
                    .isEqualTo("true");
            assertThat(dql.error("SELECT 'a' LIKE '" + "%a".repeat(3000) + "'")).contains("is no pattern");
            assertThat(dql.error("SELECT 'a' SIMILAR TO '((a{1000}){1000}){1000}'"))
                    .contains("is no pattern");
        });
    }

    @Test
    void giant_numbers_take_linear_time() {
        int digits = 1_000_000;
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertThat(dql.error("SELECT " + "9".repeat(digits))).contains("the number is out of range");
            assertThat(dql.error("SELECT 0x" + "F".repeat(digits))).contains("at most 64 bits");
            assertThat(dql.value("0x" + "0".repeat(digits) + "fF")).isEqualTo("255");
            assertThat(dql.value("0".repeat(digits) + "9223372036854775807")).isEqualTo("9223372036854775807");
        });
        assertThat(dql.value("-9223372036854775808")).isEqualTo("-9223372036854775808");
        assertThat(dql.value("type(9223372036854775808)")).isEqualTo("\"float\"");
        assertThat(dql.value("100000000000000000000 = 1e20")).isEqualTo("true");
        assertThat(dql.value("type(0xFFFFFFFFFFFFFFFF)")).isEqualTo("\"float\"");
    }

    @Test
    void nested_comprehensions_cannot_exhaust_memory() {
        String range = "date_range(0, 10000, 'ms', 1)";
        assertThatThrownBy(() -> run(
                        "SELECT ARRAY (ARRAY b FOR b IN " + range + " END) FOR a IN " + range + " END",
                        Limits.of(0, 10_000_000)))
                .hasMessageStartingWith("Query failed: `a comprehension needs more memory than a statement may use;");
        String doubling = "[1]";
        for (int i = 0; i < 60; i++) {
            doubling = "ARRAY [v,v] FOR v IN [" + doubling + "] END";
        }
        String statement = "SELECT " + doubling;
        assertThatThrownBy(() -> run(statement, Limits.of(0, 10_000_000)))
                .hasMessageContaining("a comprehension needs more memory");
        assertThat(run("SELECT ARRAY b FOR b IN " + range + " END FROM c", Limits.of(0, 10_000_000)))
                .hasSize(2000);
    }

    @Test
    void a_condition_of_another_peer_cannot_keep_this_one_busy() {
        String range = "date_range(0, 10000, 'ms', 1)";
        SubscriptionQuery query = SubscriptionQuery.prepare(
                "SELECT * FROM c WHERE EVERY a IN " + range + " SATISFIES EVERY b IN " + range
                        + " SATISFIES b >= 0 END END",
                StatementOptions.FLEXIBLE,
                Value.Struct.EMPTY);
        Row row = StructRow.of(Value.Struct.builder().put("_id", Value.of("1")).build(), Typing.FLEXIBLE);
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> assertThat(query.matches(row)).isFalse());
    }

    @Test
    void documents_cannot_be_nested_deeper_than_they_can_be_read() {
        String deep = "[".repeat(200) + "]".repeat(200);
        String arguments = "{\"d\":" + deep + "}";
        assertThat(dql.run(
                        "INSERT INTO d DOCUMENTS ({'_id':'1','x':{'y':" + "[".repeat(50) + ":d" + "]".repeat(50)
                                + "}})",
                        arguments))
                .isEqualTo("\"1\"");
        assertThat(dql.error(
                        "INSERT INTO d DOCUMENTS ({'_id':'1','x':" + "[".repeat(60) + ":d" + "]".repeat(60) + "})",
                        arguments))
                .startsWith("query/invalid a document cannot be nested deeper than 256 levels (line 1, column 26)");
        assertThat(dql.error("UPDATE d SET " + "a.".repeat(60) + "b = :d", arguments))
                .startsWith("query/invalid a document cannot be nested deeper than 256 levels");
    }
}
