package io.ibid.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.query.syntax.Parser;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** ADVISE suggests what the planner would use, and only that. */
class AdviseTest {
    private final Dql dql = filled();

    private static Dql filled() {
        Dql dql = new Dql();
        for (int i = 0; i < 200; i++) {
            dql.with(
                    "orders",
                    "[{\"_id\":\"" + i + "\",\"customer_id\":" + i % 50 + ",\"total\":" + i + ",\"state\":\""
                            + (i % 2 == 0 ? "open" : "paid") + "\",\"place\":{\"city\":\"c" + i % 20 + "\"}}]");
        }
        return dql;
    }

    private Value.Struct advice(String statement) {
        return (Value.Struct) ((Value.Struct) Json.parse(dql.run(statement))).get("advice");
    }

    private List<String> suggested(String statement) {
        List<String> lines = new ArrayList<>();
        for (Value.Struct index : PlanJson.structs(advice("ADVISE " + statement).get("suggestedIndexes"))) {
            String create = ((Value.Text) index.get("statement")).value();
            Parser.parse(create);
            lines.add(
                    create.substring(create.indexOf("EXISTS") + 7) + ": " + ((Value.Text) index.get("reason")).value());
        }
        return lines;
    }

    private String outcome(String statement) {
        return ((Value.Text) advice("ADVISE " + statement).get("outcome")).value();
    }

    @Test
    void keys_are_those_of_equality_then_order_then_range() {
        assertThat(suggested("SELECT * FROM orders WHERE customer_id = 5"))
                .containsExactly(
                        "adv_orders_customer_id ON default:`orders` (`customer_id` ASC): equality predicates on customer_id");
        assertThat(
                        suggested(
                                "SELECT * FROM orders WHERE total > 100 AND place.city = 'c1' ORDER BY customer_id DESC LIMIT 3"))
                .containsExactly("adv_orders_place_city_customer_id_total ON default:`orders`"
                        + " (`place`.`city` ASC, `customer_id` DESC, `total` ASC): equality predicates on place.city;"
                        + " supports ORDER BY customer_id; range predicates on total");
    }

    @Test
    void fields_that_are_only_read_are_added_when_the_index_then_covers() {
        assertThat(suggested("SELECT total FROM orders WHERE customer_id = 5"))
                .containsExactly("adv_orders_customer_id_total ON default:`orders` (`customer_id` ASC, `total` ASC):"
                        + " equality predicates on customer_id; covers all fields that are read");
    }

    @Test
    void an_or_gets_an_index_for_each_branch() {
        assertThat(suggested("SELECT * FROM orders WHERE customer_id = 5 OR total = 9"))
                .containsExactly(
                        "adv_orders_customer_id ON default:`orders` (`customer_id` ASC): equality predicates on customer_id",
                        "adv_orders_total ON default:`orders` (`total` ASC): equality predicates on total");
    }

    @Test
    void outcomes_say_why_there_is_nothing_to_suggest() {
        assertThat(outcome("SELECT * FROM orders WHERE _id = '1'")).isEqualTo("no advice available for statement");
        assertThat(outcome("INSERT INTO orders DOCUMENTS ({'a': 1})")).isEqualTo("no advice available for statement");
        assertThat(outcome("SELECT * FROM system:dual")).isEqualTo("no advice available for statement");
        assertThat(outcome("SELECT * FROM orders")).isEqualTo("no keys to advise on");
        assertThat(outcome("SELECT * FROM orders WHERE lower(state) = 'open'")).isEqualTo("no keys to advise on");
        dql.run("CREATE INDEX mine ON orders (customer_id)");
        Value.Struct advice = advice("ADVISE SELECT * FROM orders WHERE customer_id = 5");
        assertThat(advice.get("outcome")).isEqualTo(Value.of("optimal indexes already exist"));
        assertThat(Json.write(advice.get("existingIndexes")))
                .isEqualTo("[{\"collection\":\"orders\",\"statement\":"
                        + "\"CREATE INDEX IF NOT EXISTS mine ON default:`orders` (`customer_id` ASC)\"}]");
        assertThat(outcome("SELECT * FROM orders WHERE customer_id = 5 AND total = 5"))
                .isEqualTo("1 index suggested");
    }

    @Test
    void an_index_that_would_not_be_used_is_not_suggested() {
        Dql large = new Dql();
        for (int i = 0; i < 3000; i++) {
            large.with("c", "[{\"_id\":\"" + i + "\",\"live\":" + (i % 100 > 0) + "}]");
        }
        String answer = large.run("ADVISE SELECT * FROM c WHERE live");
        assertThat(answer).contains("\"suggestedIndexes\":[]").contains("no advice available");
        assertThat(large.run("ADVISE SELECT * FROM c WHERE NOT live")).contains("adv_c_live");
    }

    @Test
    void provision_creates_what_is_suggested_and_says_so() {
        Statement statement = Statement.prepare(
                "ADVISE AND PROVISION UPDATE orders SET total = 0 WHERE customer_id = :c", StatementOptions.FLEXIBLE);
        assertThat(statement.kind().needs()).isEqualTo(StatementKind.Needs.ADVISED_SCHEMA);
        Value.Struct arguments = Value.Struct.builder().put("c", Value.of(5)).build();
        Limits limits = Limits.of(0, 1 << 24);
        Value.Struct advice = (Value.Struct) statement
                .execute(dql.store, dql.store.schema(), arguments, limits)
                .rest()
                .getFirst()
                .value()
                .get("advice");
        assertThat(advice.get("outcome")).isEqualTo(Value.of("1 index created"));
        assertThat(advice.get("statement")).isEqualTo(Value.of("UPDATE orders SET total = 0 WHERE customer_id = :c"));
        assertThat(Json.write(advice.get("createdIndexes"))).contains("adv_orders_customer_id");
        assertThat(dql.store.indexes().of("orders")).hasSize(1);
        assertThat(dql.run("SELECT COUNT(*) AS n FROM orders WHERE total = 0")).isEqualTo("{\"n\":1}");
    }
}
