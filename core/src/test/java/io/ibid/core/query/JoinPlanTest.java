package io.ibid.core.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.syntax.QueryException;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How joins are planned, shown and bounded. */
class JoinPlanTest {
    private final Dql dql = new Dql();

    JoinPlanTest() {
        for (int i = 0; i < 200; i++) {
            dql.with(
                    "inventory",
                    "[{\"_id\":" + i + ",\"product_id\":\"p" + i % 40 + "\",\"store_id\":\"s" + i % 5 + "\",\"stock\":"
                            + i % 7 + ",\"state\":\"" + (i % 20 == 0 ? "rare" : "usual") + "\"}]");
        }
        for (int i = 0; i < 40; i++) {
            dql.with("products", "[{\"_id\":\"p" + i + "\",\"cost\":" + i % 6 + ",\"more\":{\"kind\":" + i % 3 + "}}]");
        }
        dql.with("stores", "[{\"_id\":\"s0\"},{\"_id\":\"s1\"},{\"_id\":\"s9\"}]");
    }

    private List<String> suggested(String statement) {
        Value.Struct advice = (Value.Struct) ((Value.Struct) Json.parse(dql.run("ADVISE " + statement))).get("advice");
        List<String> lines = new ArrayList<>();
        for (Value.Struct index : PlanJson.structs(advice.get("suggestedIndexes"))) {
            String create = ((Value.Text) index.get("statement")).value();
            lines.add(
                    create.substring(create.indexOf("EXISTS") + 7) + ": " + ((Value.Text) index.get("reason")).value());
        }
        return lines;
    }

    /** The names of the operators, those inside a join in brackets. */
    private static String names(Value operators) {
        StringBuilder names = new StringBuilder();
        for (Value.Struct operator : PlanJson.structs(operators)) {
            names.append(names.isEmpty() ? "" : " ").append(((Value.Text) operator.get("#operator")).value());
            if (operator.get("children") instanceof Value.Array children) {
                names.append('[').append(names(children)).append(']');
            }
        }
        return names.toString();
    }

    private String plan(String statement) {
        Value.Struct plan = (Value.Struct) ((Value.Struct) Json.parse(dql.run("EXPLAIN " + statement))).get("plan");
        return names(plan.get("children"));
    }

    private String used(String statement) {
        String plan = dql.run("EXPLAIN " + statement);
        int at = plan.indexOf("\"index\":\"");
        return at < 0 ? "" : plan.substring(at + 9, plan.indexOf('"', at + 9));
    }

    @Test
    void a_plan_shows_what_is_done_for_each_row_inside_the_join() {
        dql.run("CREATE INDEX ip ON inventory (product_id)");
        Value.Struct row = (Value.Struct)
                Json.parse(
                        dql.run(
                                "EXPLAIN SELECT p.cost, i.* FROM products AS p"
                                        + " LEFT JOIN inventory AS i ON i.product_id = p._id AND i.stock > p.cost AND p.cost < 3 WHERE i.state IS MISSING"));
        assertThat(Json.write(((Value.Struct) row.get("plan")).get("children"))).isEqualTo(Json.write(Json.parse("""
                        [{"#operator":"scan","alias":"p","collection":"products","datasource":"default",
                          "descriptor":{"diff_scan_condition":"never"},"#estimatedRows":40},
                         {"#operator":"nlJoin","outer":true,
                          "on":"((`i`.`product_id` = `p`.`_id`) AND (`i`.`stock` > `p`.`cost`) AND (`p`.`cost` < 3))",
                          "children":[{"#operator":"sequence","children":[
                            {"#operator":"indexScan","collection":"inventory","datasource":"default","covering":false,
                             "desc":{"index":"ip","spans":[{"index_key":{"direction":"asc","include_missing":true,"key":["product_id"]},
                               "range":{"low":{"expr":"`p`.`_id`","included":true},"high":{"expr":"`p`.`_id`","included":true}}}]},
                             "#estimatedRows":5},
                            {"#operator":"fetch","collection":"inventory","datasource":"default","#estimatedRows":5},
                            {"#operator":"filter","condition":"(`i`.`stock` > `p`.`cost`)","#estimatedRows":2}]}],
                          "#estimatedRows":66},
                         {"#operator":"filter","condition":"(`i`.`state` IS MISSING)","#estimatedRows":33},
                         {"#operator":"projection","projections":[{"alias":"cost","expression":"`p`.`cost`","wildcard":false},
                           {"expression":"`i`.*","wildcard":true}],"#estimatedRows":33},
                         {"#operator":"finalProjection","#estimatedRows":33}]""")));
    }

    @Test
    void an_index_that_holds_all_that_is_read_of_a_term_spares_its_documents() {
        dql.run("CREATE INDEX ips ON inventory (product_id, store_id, stock)");
        assertThat(
                        plan(
                                "SELECT p.cost, i.stock FROM products p JOIN inventory i ON i.product_id = p._id AND i.stock > 2"))
                .isEqualTo("scan nlJoin[sequence[indexScan filter]] projection finalProjection");
        assertThat(plan("SELECT s._id FROM products p JOIN inventory i ON i.product_id = p._id AND i.store_id > 's1'"
                        + " JOIN stores s ON s._id = i.store_id"))
                .isEqualTo(
                        "scan nlJoin[sequence[indexScan]] nlJoin[sequence[idScan fetch]] projection finalProjection");
        assertThat(plan("SELECT state FROM products p JOIN inventory i ON i.product_id = p._id"))
                .isEqualTo("scan nlJoin[sequence[indexScan fetch]] projection finalProjection");
    }

    @Test
    void of_several_indexes_the_one_with_the_fewest_entries_for_a_value_is_read() {
        dql.run("CREATE INDEX store ON inventory (store_id)");
        dql.run("CREATE INDEX ir ON inventory (state)");
        String join = "SELECT p._id FROM products p JOIN inventory i ON i.product_id = p._id AND i.store_id = 's1'";
        assertThat(used(join)).isEqualTo("store");
        assertThat(used(join + " WHERE i.state = 'rare'")).isEqualTo("ir");
        dql.run("CREATE INDEX ip ON inventory (product_id)");
        assertThat(used(join + " WHERE i.state = 'rare'")).isEqualTo("ip");
        assertThat(used(join.replace("inventory i", "inventory i USE INDEX 'store'")))
                .isEqualTo("store");
        assertThat(plan(join.replace("inventory i", "inventory i USE INDEX ''")))
                .isEqualTo("scan nlJoin[sequence[scan filter]] projection finalProjection");
        assertThat(dql.error("/*+ {\"#disable_index_scan\": true} */ " + join)).contains("Joining to \"i\" disallowed");
        assertThat(plan("/*+ {\"inventory\": {\"#index\": null}} */ " + join))
                .isEqualTo("scan nlJoin[sequence[scan filter]] projection finalProjection");
    }

    @Test
    void a_list_of_ids_is_looked_up_for_each_row_only_where_no_index_is_shorter() {
        dql.run("CREATE INDEX ip ON inventory (product_id)");
        String join = "SELECT p._id FROM products p JOIN inventory i ON i.product_id = p._id AND i._id IN [";
        String list = "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21";
        assertThat(plan(join + list + ", " + list + "]"))
                .isEqualTo("scan nlJoin[sequence[indexScan filter]] projection finalProjection");
        assertThat(plan(join + "41]"))
                .isEqualTo("scan nlJoin[sequence[idScan fetch filter]] projection finalProjection");
        assertThat(dql.run(join + "41, 42]")).isEqualTo(dql.run(join + list + ", 41, 42] AND i._id > 40"));
        assertThat(
                        dql.run(
                                "SELECT s._id FROM stores s JOIN products p USE INDEX '' ON p._id IN ['p1', 'p2'] AND s._id = 's9'"))
                .isEqualTo("{\"_id\":\"s9\"}\n{\"_id\":\"s9\"}");
    }

    @Test
    void the_order_of_the_first_term_is_that_of_the_joined_rows() {
        dql.run("CREATE INDEX ip ON inventory (product_id)");
        dql.run("CREATE INDEX pc ON products (cost)");
        assertThat(
                        plan(
                                "SELECT * FROM products p JOIN inventory i ON i.product_id = p._id WHERE p.cost > 1 ORDER BY p.cost LIMIT 3"))
                .isEqualTo("indexScan fetch nlJoin[sequence[indexScan fetch]] limit finalProjection");
        assertThat(
                        plan(
                                "SELECT * FROM products p JOIN inventory i ON i.product_id = p._id WHERE p.cost > 1 ORDER BY i.stock LIMIT 3"))
                .contains(" sort limit ");
    }

    @Test
    void conditions_of_an_inner_join_are_asked_where_their_rows_are_first_at_hand() {
        dql.run("CREATE INDEX pc ON products (cost)");
        dql.run("CREATE INDEX ip ON inventory (product_id)");
        assertThat(plan("SELECT p.more FROM products p JOIN inventory i ON i.product_id = p._id AND p.cost = 1"))
                .isEqualTo("indexScan fetch nlJoin[sequence[indexScan]] projection finalProjection");
        assertThat(plan("SELECT p.more FROM products p LEFT JOIN inventory i ON i.product_id = p._id AND p.cost = 1"))
                .isEqualTo("scan nlJoin[sequence[indexScan]] projection finalProjection");
        assertThat(plan("SELECT p.more FROM products p LEFT JOIN inventory i ON i.product_id = p._id WHERE p.cost = 1"))
                .isEqualTo("indexScan fetch nlJoin[sequence[indexScan]] projection finalProjection");
    }

    @Test
    void advise_names_one_index_for_two_predicates_of_a_join() {
        assertThat(suggested("SELECT p.cost, i.stock FROM stores s JOIN products p ON p._id IN ['p1', 'p2']"
                        + " LEFT JOIN inventory i ON i.product_id = p._id AND i.store_id = s._id"))
                .containsExactly(
                        "adv_inventory_product_id_store_id ON default:`inventory` (`product_id` ASC, `store_id` ASC):"
                                + " equality predicates on product_id, store_id; supports join");
        assertThat(
                        suggested(
                                "SELECT p.cost, i.stock FROM products p JOIN inventory i ON i.product_id = p._id AND i.stock >= p.cost"))
                .containsExactly(
                        "adv_inventory_product_id_stock ON default:`inventory` (`product_id` ASC, `stock` ASC):"
                                + " equality predicates on product_id; range predicates on stock; supports join");
        dql.run("CREATE INDEX ip ON inventory (product_id)");
        assertThat(dql.run("ADVISE SELECT i.stock FROM products p JOIN inventory i ON i.product_id = p._id"))
                .contains("\"outcome\":\"optimal indexes already exist\"");
    }

    @Test
    void a_profile_counts_the_rows_on_both_sides() {
        dql.run("CREATE INDEX ip ON inventory (product_id)");
        List<String> rows = dql.run("PROFILE SELECT i.stock FROM products p JOIN inventory i ON i.product_id = p._id"
                        + " AND i.stock = 0 WHERE p._id IN ['p0', 'p1', 'none']")
                .lines()
                .toList();
        Value.Struct profile = (Value.Struct) ((Value.Struct) Json.parse(rows.getLast())).get("~request_profile");
        assertThat(profile.get("resultCount")).isEqualTo(Value.of(rows.size() - 1));
        List<Value.Struct> operators = PlanJson.structs(((Value.Struct) profile.get("plan")).get("children"));
        assertThat(stats(operators.get(2))).isEqualTo("nlJoin 2 " + (rows.size() - 1));
        List<Value.Struct> inner = PlanJson.structs(
                PlanJson.structs(operators.get(2).get("children")).getFirst().get("children"));
        assertThat(inner.stream().map(JoinPlanTest::stats))
                .containsExactly("indexScan 0 10", "fetch 10 10", "filter 10 " + (rows.size() - 1));
    }

    private static String stats(Value.Struct operator) {
        Value.Struct stats = (Value.Struct) operator.get("#stats");
        return ((Value.Text) operator.get("#operator")).value() + " " + number(stats.get("documentsIn")) + " "
                + number(stats.get("documentsOut"));
    }

    private static long number(Value value) {
        return value instanceof Value.Int(long number) ? number : 0;
    }

    @Test
    void each_term_is_typed_by_its_own_definitions() {
        dql.run("CREATE INDEX ip ON inventory (product_id)");
        String join =
                "SELECT p.more.kind, i.stock FROM products p JOIN inventory i ON i.product_id = p._id WHERE i._id = 41";
        assertThat(dql.run(join)).isEqualTo("{\"kind\":1,\"stock\":6}");
        dql.strict();
        assertThat(dql.run(join)).isEqualTo("{\"stock\":6}");
        assertThat(dql.run(join.replace("FROM products", "FROM COLLECTION products (more MAP)")))
                .isEqualTo("{\"kind\":1,\"stock\":6}");
        assertThat(dql.run(join.replace("JOIN inventory", "JOIN COLLECTION inventory (stock COUNTER)")))
                .isEqualTo("{}");
        assertThat(dql.run("SELECT i._id FROM products p JOIN inventory i ON i.product_id = p._id AND p.more.kind = 1"))
                .isEmpty();
    }

    @Test
    void system_collections_are_read_once_for_a_join() {
        dql.store.system("indexes", List.of((Value.Struct) Json.parse("{\"_id\":\"s1\",\"of\":\"x\"}")));
        assertThat(dql.run(
                        "SELECT s._id, x.of FROM stores s LEFT JOIN system:indexes x ON x._id = s._id ORDER BY s._id"))
                .isEqualTo("{\"_id\":\"s0\"}\n{\"_id\":\"s1\",\"of\":\"x\"}\n{\"_id\":\"s9\"}");
        assertThat(
                        dql.run(
                                "SELECT x.of FROM system:indexes x RIGHT JOIN stores s ON x._id = s._id WHERE x IS NOT MISSING"))
                .isEqualTo("{\"of\":\"x\"}");
        assertThat(dql.error("SELECT * FROM stores s JOIN system:nothing n ON n._id = s._id"))
                .contains("unknown system collection 'nothing'");
    }

    /** Fails at the check of that number. */
    private record Cancelling(Limits limits, long[] left) implements Limits {
        @Override
        public void check() {
            if (left[0]-- == 0) {
                throw QueryException.unplaced(ErrorCode.QUERY_EXECUTION, "cancelled");
            }
        }

        @Override
        public boolean reserve(long bytes) {
            return limits.reserve(bytes);
        }

        @Override
        public void release(long bytes) {
            limits.release(bytes);
        }

        @Override
        public long nowMs() {
            return limits.nowMs();
        }

        @Override
        public long nanoTime() {
            return limits.nanoTime();
        }
    }

    private static void run(Dql dql, String statement, Limits limits) {
        try (Result result = Statement.prepare(statement, StatementOptions.FLEXIBLE)
                .execute((Source) dql.store, Value.Struct.EMPTY, limits)) {
            assertThat(result.rest()).isNotEmpty();
        }
    }

    @Test
    void a_join_ends_when_it_is_cancelled_wherever_it_stands() {
        dql.run("CREATE INDEX ip ON inventory (product_id)");
        String join = "SELECT p._id FROM products p JOIN inventory i ON i.product_id = p._id"
                + " LEFT JOIN inventory j USE INDEX '' ON j.stock > 100 AND j.stock > i.stock";
        for (long checks : List.of(0L, 1L, 2L, 3L, 10L, 500L, 5000L)) {
            dql.store.takeCalls();
            assertThatThrownBy(() -> run(dql, join, new Cancelling(Limits.of(0, 0), new long[] {checks})))
                    .isInstanceOfSatisfying(
                            IbidException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.QUERY_EXECUTION));
            List<String> calls = dql.store.takeCalls();
            assertThat(calls.stream().filter(call -> call.startsWith("scan ")).count())
                    .isEqualTo(calls.stream().filter("close"::equals).count());
        }
    }

    @Test
    void a_join_holds_no_rows_and_what_stands_above_it_is_bounded() {
        dql.run("CREATE INDEX ip ON inventory (product_id)");
        dql.run("CREATE INDEX st ON inventory (stock)");
        run(dql, "SELECT * FROM products p JOIN inventory i ON i.product_id = p._id", Limits.of(0, 0));
        String union =
                "SELECT i._id FROM inventory i JOIN inventory j ON j.stock = i.stock OR j.product_id = i.product_id";
        run(dql, union, Limits.of(0, 80_000));
        assertThatThrownBy(() -> run(dql, union + " ORDER BY j.stock", Limits.of(0, 80_000)))
                .hasMessageContaining("ORDER BY needs more memory than a statement may use");
        assertThatThrownBy(() -> run(
                        dql,
                        "SELECT DISTINCT i._id, j._id AS j FROM inventory i JOIN inventory j ON j.stock = i.stock",
                        Limits.of(0, 80_000)))
                .hasMessageContaining("DISTINCT needs more memory than a statement may use");
    }
}
