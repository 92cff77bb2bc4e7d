package io.ibid.core.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ibid.core.query.syntax.QueryException;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import org.junit.jupiter.api.Test;

class SubscriptionQueryTest {

    private static SubscriptionQuery query(String text, String arguments) {
        return SubscriptionQuery.prepare(text, StatementOptions.FLEXIBLE, (Value.Struct) Json.parse(arguments));
    }

    private static boolean matches(SubscriptionQuery query, String document) {
        return query.matches(StructRow.of((Value.Struct) Json.parse(document), query.typing()));
    }

    @Test
    void it_selects_what_its_condition_holds_for() {
        SubscriptionQuery query =
                query("SELECT * FROM cars WHERE color = :c AND year > 2000", "{\"c\":\"blue\",\"unused\":1}");
        assertThat(query.collection()).isEqualTo("cars");
        assertThat(query.isUnfiltered()).isFalse();
        assertThat(matches(query, "{\"_id\":\"1\",\"color\":\"blue\",\"year\":2001}"))
                .isTrue();
        assertThat(matches(query, "{\"_id\":\"1\",\"color\":\"red\",\"year\":2001}"))
                .isFalse();
        assertThat(matches(query, "{\"_id\":\"1\",\"color\":\"blue\"}")).isFalse();
        assertThat(query("SELECT * FROM cars", "{}").isUnfiltered()).isTrue();
        assertThat(query("SELECT * FROM cars WHERE true", "{}")).isEqualTo(query("SELECT * FROM cars", "{}"));
        assertThat(query("SELECT * FROM cars WHERE false", "{}").isUnfiltered()).isFalse();
    }

    @Test
    void names_that_its_author_chose_do_not_matter() {
        SubscriptionQuery first = query(
                "SELECT * FROM cars WHERE color = :c AND ANY t IN tags SATISFIES t = :t END",
                "{\"c\":\"blue\",\"t\":1}");
        SubscriptionQuery second = query(
                "select *  from default:`cars` AS x where x.color=:color and any tag in x.tags satisfies tag = :tag end;",
                "{\"color\":\"blue\",\"tag\":1,\"more\":2}");
        assertThat(second).isEqualTo(first).hasSameHashCodeAs(first);
        assertThat(first.canonicalText())
                .isEqualTo(
                        "SELECT * FROM `cars` WHERE ((`cars`.`color` = :p1) AND ANY `$v0` IN `cars`.`tags` SATISFIES (`$v0` = :p2) END)");
        assertThat(Json.write(first.arguments())).isEqualTo("{\"p1\":\"blue\",\"p2\":1}");
        assertThat(query("SELECT * FROM cars WHERE color = :c", "{\"c\":\"blue\"}"))
                .isNotEqualTo(query("SELECT * FROM cars WHERE color = :c", "{\"c\":\"red\"}"));
        assertThat(query("SELECT * FROM cars WHERE n = :n", "{\"n\":1}"))
                .isNotEqualTo(query("SELECT * FROM cars WHERE n = :n", "{\"n\":1.0}"));
    }

    @Test
    void its_canonical_form_gives_an_equal_query_whatever_the_settings() {
        for (String text : new String[] {
            "SELECT * FROM cars",
            "SELECT * FROM c WHERE c IS NOT NULL AND object_length(c) > 2",
            "SELECT * FROM COLLECTION cars (a MAP(b COUNTER, c MAP(d REGISTER)), e ATTACHMENT) WHERE a.b > 1",
            "SELECT * FROM system:dual WHERE x IN (1, 'a', NULL) OR y NOT BETWEEN -1 AND 2.5",
            "SELECT * FROM `we``ird` w WHERE w.x IN w.y || 'z' AND (w.a)[0].b LIKE '%\"\\\\%' ESCAPE '!'",
            "SELECT * FROM `$v` AS q WHERE ARRAY `$v`.x FOR `$v` IN q.l WHEN `$v`.y END = [1]",
        }) {
            for (StatementOptions options :
                    new StatementOptions[] {StatementOptions.FLEXIBLE, StatementOptions.STRICT}) {
                SubscriptionQuery query = SubscriptionQuery.prepare(text, options, Value.Struct.EMPTY);
                SubscriptionQuery again = SubscriptionQuery.ofCanonical(query.canonicalText(), query.arguments());
                assertThat(again).as(query.canonicalText()).isEqualTo(query);
                assertThat(again.typing()).isEqualTo(query.typing());
            }
        }
    }

    @Test
    void strict_mode_travels_with_the_text() {
        SubscriptionQuery strict =
                SubscriptionQuery.prepare("SELECT * FROM c WHERE o.x = 1", StatementOptions.STRICT, Value.Struct.EMPTY);
        assertThat(strict.canonicalText())
                .isEqualTo("/*+ {\"#strict\":true} */ SELECT * FROM `c` WHERE (`c`.`o`.`x` = 1)");
        String document = "{\"_id\":\"1\",\"o\":{\"x\":1}}";
        assertThat(matches(strict, document)).isFalse();
        assertThat(matches(SubscriptionQuery.ofCanonical(strict.canonicalText(), strict.arguments()), document))
                .isFalse();
        assertThat(matches(query("SELECT * FROM c WHERE o.x = 1", "{}"), document))
                .isTrue();
    }

    @Test
    void system_collections_are_accepted_and_select_nothing() {
        SubscriptionQuery query = query("SELECT * FROM system:data_sync_info", "{}");
        assertThat(query.isSystem()).isTrue();
        assertThat(query.isUnfiltered()).isFalse();
        assertThat(matches(query, "{\"_id\":\"1\"}")).isFalse();
    }

    @Test
    void everything_else_is_refused_by_name() {
        Table.check("""
                SELECT a FROM c => query/unsupported Unsupported feature: A projection other than wildcard (*) (line 1, column 8)
                SELECT c.* FROM c => query/unsupported Unsupported feature: A projection other than wildcard (*) (line 1, column 8)
                SELECT COUNT(*) FROM c => query/unsupported Unsupported feature: A projection other than wildcard (*) (line 1, column 8)
                SELECT DISTINCT * FROM c => query/unsupported Unsupported feature: DISTINCT (line 1, column 1)
                SELECT * FROM c GROUP BY a => query/unsupported Unsupported feature: Grouping (line 1, column 17)
                SELECT * FROM c JOIN d ON c.x = d.x => query/unsupported Unsupported feature: Joining (line 1, column 17)
                SELECT * FROM c USE IDS 'a' => query/unsupported Unsupported feature: USE IDS (line 1, column 17)
                SELECT * FROM c LIMIT 1 => query/unsupported Unsupported feature: Limit or Order by (line 1, column 23)
                SELECT * FROM c ORDER BY a => query/unsupported Unsupported feature: Limit or Order by (line 1, column 26)
                DELETE FROM c => query/unsupported Unsupported feature: non-SELECT statement (line 1, column 1)
                EXPLAIN SELECT * FROM c => query/unsupported Unsupported feature: non-SELECT statement (line 1, column 1)
                SELECT * FROM c WHERE a < clock() => query/unsupported Unsupported feature: clock() (line 1, column 27)
                SELECT * FROM c WHERE siblings(a) IS MISSING => query/unsupported Unsupported feature: siblings() (line 1, column 23)
                SELECT * FROM c WHERE COUNT(*) > 1 => query/evaluation Query failed: `COUNT is an aggregate and cannot stand in WHERE` (line 1, column 23)
                SELECT * FROM c WHERE a = :a => query/parameter Parameter a was not provided (line 1, column 27)
                """, text -> {
            QueryException refused = catchThrowableOfType(QueryException.class, () -> query(text, "{}"));
            return refused.code().text() + " "
                    + refused.getMessage().lines().findFirst().orElseThrow();
        });
    }

    @Test
    void unrestricted_subscriptions_are_told_that_order_and_bounds_have_no_effect() {
        StatementOptions unrestricted = new StatementOptions(false, false, FieldType.REGISTER, false);
        SubscriptionQuery query =
                SubscriptionQuery.prepare("SELECT * FROM c ORDER BY a LIMIT 5", unrestricted, Value.Struct.EMPTY);
        assertThat(query.canonicalText()).isEqualTo("SELECT * FROM `c`");
        assertThat(query.warnings())
                .containsExactly(
                        "LIMIT, OFFSET and ORDER BY have no effect in a subscription: all documents that match are sent");
        assertThat(SubscriptionQuery.prepare("SELECT * FROM c", StatementOptions.FLEXIBLE, Value.Struct.EMPTY)
                        .warnings())
                .isEmpty();
        assertThat(SubscriptionQuery.prepare("SELECT * FROM system:dual", StatementOptions.FLEXIBLE, Value.Struct.EMPTY)
                        .warnings())
                .containsExactly("a subscription to system:dual has no effect");
    }
}
