package io.ibid.core.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LiveSelectTest {

    private static LiveSelect select(String text, String arguments) {
        return new LiveSelect(Statement.prepare(text, StatementOptions.FLEXIBLE), (Value.Struct) Json.parse(arguments));
    }

    private static Row row(String json) {
        return StructRow.of((Value.Struct) Json.parse(json), Typing.FLEXIBLE);
    }

    @Test
    void the_condition_tells_which_documents_have_a_part_in_an_aggregate() {
        LiveSelect select = select("SELECT SUM(n) FROM c WHERE color = :c AND _id = 'x'", "{\"c\":\"red\"}");
        assertThat(select.isTestable()).isTrue();
        assertThat(select.isRowWise()).isFalse();
        LiveReading reading = select.reading();
        assertThat(reading.matches(row("{\"_id\":\"x\",\"color\":\"red\"}"))).isTrue();
        assertThat(reading.matches(row("{\"_id\":\"y\",\"color\":\"red\"}"))).isFalse();
    }

    @Test
    void nothing_is_known_when_time_is_in_the_condition_or_the_collection_is_no_users() {
        assertThat(select("SELECT * FROM c WHERE until > clock()", "{}").isTestable())
                .isFalse();
        assertThat(select("SELECT * FROM system:dual", "{}").isTestable()).isFalse();
        assertThat(select("SELECT 1", "{}").isTestable()).isFalse();
    }

    @Test
    void a_result_that_is_more_than_rows_of_documents_is_not_row_wise() {
        for (String text : List.of(
                "SELECT DISTINCT a FROM c",
                "SELECT COUNT(*) FROM c",
                "SELECT a FROM c GROUP BY a",
                "SELECT a FROM c ORDER BY clock()",
                "SELECT clock() FROM c",
                "SELECT * FROM c USE IDS 'a', 'b'")) {
            assertThat(select(text, "{}").isRowWise()).as(text).isFalse();
        }
        assertThat(select("SELECT a + 1 AS b, d FROM c WHERE e ORDER BY b DESC, d LIMIT 3 OFFSET 1", "{}")
                        .isRowWise())
                .isTrue();
    }

    @Test
    void a_document_has_a_row_and_what_it_is_sorted_by() {
        LiveSelect select = select("SELECT a + 1 AS b, d FROM c ORDER BY b DESC, d LIMIT 3 OFFSET :o", "{\"o\":2}");
        LiveReading reading = select.reading();
        Row row = row("{\"_id\":1,\"a\":4,\"d\":\"x\",\"e\":7}");
        assertThat(reading.keys(row)).containsExactly(Value.of(5), Value.of("x"));
        assertThat(Json.write(reading.output(row).value())).isEqualTo("{\"b\":5,\"d\":\"x\"}");
        assertThat(select.isDescending(0)).isTrue();
        assertThat(select.isDescending(1)).isFalse();
        assertThat(select.offset()).isEqualTo(2);
        assertThat(select.limit()).isEqualTo(3);
    }

    @Test
    void the_criteria_are_those_that_few_documents_meet() {
        assertThat(criteria("a = 1")).isEqualTo("a in [1]");
        assertThat(criteria("1.5 = a.b")).isEqualTo("a.b in [1.5]");
        assertThat(criteria("done AND owner = 'x' AND n > 3")).isEqualTo("owner in [\"x\"]");
        assertThat(criteria("owner = 'x' AND _id IN (1, 2, null)")).isEqualTo("owner in [\"x\"]");
        assertThat(criteria("owner = 'x' AND _id = 7")).isEqualTo("_id in [7]");
        assertThat(criteria("_id.title = 'x' OR NOT b OR e IS NULL OR d IS MISSING"))
                .isEqualTo("_id.title in [\"x\"]; b in [false]; e in [null]; d in [MISSING]");
        assertThat(criteria("a IN :list")).isEqualTo("a in [\"p\",\"q\"]");
        assertThat(criteria("a >= 3 AND a < 7 AND b > 1")).isEqualTo("a 3..7");
        assertThat(criteria("a BETWEEN 2 AND 3 * 3")).isEqualTo("a 2..9");
        assertThat(criteria("5 > a")).isEqualTo("a ..5");
        assertThat(criteria("a > 5 AND a > 6")).isEqualTo("a 6..");
    }

    @Test
    void there_are_no_criteria_where_nothing_simple_can_be_said() {
        for (String condition : List.of(
                "a != 1",
                "a LIKE 'x%'",
                "a = b",
                "lower(a) = 'x'",
                "a = 1 OR lower(b) = 'x'",
                "NOT (a = 1)",
                "a NOT IN (1)",
                "a NOT BETWEEN 1 AND 2",
                "a IS NOT MISSING",
                "ANY v IN tags SATISFIES v = 1 END")) {
            assertThat(criteria(condition)).as(condition).isEqualTo("none");
        }
    }

    @Test
    void what_never_holds_has_criteria_that_nothing_meets() {
        assertThat(criteria("a = null")).isEmpty();
        assertThat(criteria("a < MISSING AND b = 1")).isEmpty();
        assertThat(criteria("false")).isEmpty();
        assertThat(criteria("a IN (null)")).isEmpty();
    }

    private static String criteria(String condition) {
        List<Criterion> criteria = select("SELECT * FROM c WHERE " + condition, "{\"list\":[\"p\",null,\"q\"]}")
                .criteria();
        if (criteria == null) {
            return "none";
        }
        return criteria.stream()
                .map(criterion -> switch (criterion) {
                    case Criterion.OneOf oneOf ->
                        oneOf.path() + " in "
                                + oneOf.values().stream()
                                        .map(LiveSelectTest::text)
                                        .collect(Collectors.joining(",", "[", "]"));
                    case Criterion.Within within ->
                        within.path() + " " + (within.low() == null ? "" : text(within.low())) + ".."
                                + (within.high() == null ? "" : text(within.high()));
                })
                .collect(Collectors.joining("; "));
    }

    private static String text(Value value) {
        return value instanceof Value.Missing ? "MISSING" : Json.write(value);
    }

    @Test
    void loading_gives_the_first_documents_whatever_the_projection_is() {
        Dql dql = new Dql()
                .with("c", "[{\"_id\":1,\"a\":3},{\"_id\":2,\"a\":5},{\"_id\":3,\"a\":5},{\"_id\":4,\"a\":9,\"x\":1}]");
        LiveSelect select = select("SELECT a * 2 AS b FROM c WHERE a < 9 ORDER BY b DESC LIMIT 1 OFFSET 1", "{}");
        try (Result result = select.load(2, dql.store, Limits.of(0, 1 << 20))) {
            assertThat(result.rest().stream().map(row -> Json.write(row.value())))
                    .containsExactly("{\"_id\":2,\"a\":5}", "{\"_id\":3,\"a\":5}");
        }
        LiveSelect nested = select("SELECT a * 2 AS b FROM c WHERE a < 9 ORDER BY b + 1 LIMIT 1", "{}");
        try (Result result = nested.load(2, dql.store, Limits.of(0, 1 << 20))) {
            assertThat(result.rest()).hasSize(3);
        }
    }

    @Test
    void what_cannot_be_observed_is_refused_at_once() {
        assertThatThrownBy(() -> select("DELETE FROM c", "{}"))
                .hasMessageStartingWith("DELETE cannot be observed, only SELECT can (line 1, column 1)");
        assertThatThrownBy(() -> select("SELECT * FROM c WHERE a = :a", "{}"))
                .hasMessageStartingWith("Parameter a was not provided");
        assertThatThrownBy(() -> select("SELECT * FROM c LIMIT :n", "{\"n\":-1}"))
                .hasMessageContaining("LIMIT takes an integer that is not negative");
    }
}
