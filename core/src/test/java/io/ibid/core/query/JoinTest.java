package io.ibid.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Rows of several collections. */
class JoinTest {
    private final Dql dql = new Dql()
            .with("customers", """
                    [{"_id":"c1","name":"Ada","city":"Rome","credit":10},
                     {"_id":"c2","name":"Bob","city":"Oslo","credit":50},
                     {"_id":"c3","name":"Cleo","city":"Rome"}]""")
            .with("orders", """
                    [{"_id":"o1","customer":"c1","total":5,"state":"open"},
                     {"_id":"o2","customer":"c1","total":20,"state":"paid"},
                     {"_id":"o3","customer":"c2","total":30,"state":"open"},
                     {"_id":"o4","customer":"nobody","total":1,"state":"open"},
                     {"_id":"o5","total":2}]""")
            .with("lines", """
                    [{"_id":{"of":"o1","n":1},"item":"i1","count":2},
                     {"_id":{"of":"o1","n":2},"item":"i2","count":1},
                     {"_id":{"of":"o3","n":1},"item":"i1","count":7}]""")
            .with("items", """
                    [{"_id":"i1","name":"ink"},{"_id":"i2","name":"paper"}]""");

    JoinTest() {
        dql.run("CREATE INDEX by_customer ON orders (customer)");
        dql.run("CREATE INDEX by_order ON lines (_id.of)");
    }

    private void check(String statement, String... rows) {
        assertThat(dql.run(statement)).as(statement).isEqualTo(String.join("\n", rows));
    }

    @Test
    void an_inner_join_gives_the_pairs_that_meet_its_condition() {
        check(
                "SELECT c.name, o.total FROM customers AS c JOIN orders AS o ON o.customer = c._id",
                "{\"name\":\"Ada\",\"total\":5}",
                "{\"name\":\"Ada\",\"total\":20}",
                "{\"name\":\"Bob\",\"total\":30}");
        check(
                "SELECT c.name, o._id FROM orders o INNER JOIN customers c ON o.customer = c._id WHERE o.total > 10",
                "{\"_id\":\"o2\",\"name\":\"Ada\"}",
                "{\"_id\":\"o3\",\"name\":\"Bob\"}");
    }

    @Test
    void a_left_join_keeps_rows_without_a_partner() {
        check(
                "SELECT c.name, o.total FROM customers c LEFT JOIN orders o ON o.customer = c._id AND o.total > 10",
                "{\"name\":\"Ada\",\"total\":20}",
                "{\"name\":\"Bob\",\"total\":30}",
                "{\"name\":\"Cleo\"}");
        check(
                "SELECT c._id FROM customers c LEFT OUTER JOIN orders o ON o.customer = c._id WHERE o._id IS MISSING",
                "{\"_id\":\"c3\"}");
        check(
                "SELECT c.name, o.total FROM customers c LEFT JOIN orders o ON o.customer = c._id AND c.city = 'Oslo'",
                "{\"name\":\"Ada\"}",
                "{\"name\":\"Bob\",\"total\":30}",
                "{\"name\":\"Cleo\"}");
    }

    @Test
    void a_right_join_keeps_the_rows_of_its_own_side() {
        check(
                "SELECT c.name, o._id FROM customers c RIGHT JOIN orders o ON o.customer = c._id",
                "{\"_id\":\"o1\",\"name\":\"Ada\"}",
                "{\"_id\":\"o2\",\"name\":\"Ada\"}",
                "{\"_id\":\"o3\",\"name\":\"Bob\"}",
                "{\"_id\":\"o4\"}",
                "{\"_id\":\"o5\"}");
    }

    @Test
    void star_answers_the_documents_side_by_side() {
        check(
                "SELECT * FROM customers c LEFT JOIN orders o ON o.customer = c._id WHERE c.city = 'Oslo' OR c._id = 'c3'",
                "{\"c\":{\"_id\":\"c2\",\"city\":\"Oslo\",\"credit\":50,\"name\":\"Bob\"},"
                        + "\"o\":{\"_id\":\"o3\",\"customer\":\"c2\",\"state\":\"open\",\"total\":30}}",
                "{\"c\":{\"_id\":\"c3\",\"city\":\"Rome\",\"name\":\"Cleo\"}}");
    }

    @Test
    void the_id_of_a_joined_row_is_made_of_theirs() {
        check(
                "SELECT _id FROM customers c LEFT JOIN orders o ON o.customer = c._id WHERE c._id != 'c1'",
                "{\"_id\":{\"c\":\"c2\",\"o\":\"o3\"}}",
                "{\"_id\":{\"c\":\"c3\"}}");
    }

    @Test
    void three_terms_follow_each_other_by_index_and_by_id() {
        check(
                "SELECT c.name AS customer, i.name AS item, l.count FROM customers c JOIN orders o ON o.customer = c._id"
                        + " JOIN lines l ON l._id.of = o._id LEFT JOIN items i ON i._id = l.item ORDER BY l._id.of, item",
                "{\"count\":2,\"customer\":\"Ada\",\"item\":\"ink\"}",
                "{\"count\":1,\"customer\":\"Ada\",\"item\":\"paper\"}",
                "{\"count\":7,\"customer\":\"Bob\",\"item\":\"ink\"}");
    }

    @Test
    void an_inner_term_is_looked_up_for_each_row_and_never_scanned() {
        dql.store.takeCalls();
        dql.run("SELECT c.name FROM customers c JOIN orders o ON o.customer = c._id AND o.total > 10");
        assertThat(dql.store.takeCalls())
                .filteredOn(call -> !call.startsWith("count"))
                .containsExactly(
                        "scan customers",
                        "index by_customer [Text[value=c1]]",
                        "index by_customer [Text[value=c2]]",
                        "index by_customer [Text[value=c3]]",
                        "close");
        dql.run("SELECT i.name FROM lines l JOIN items i ON i._id = l.item WHERE l.count > 5");
        assertThat(dql.store.takeCalls())
                .filteredOn(call -> !call.startsWith("count"))
                .containsExactly("scan lines", "find items i1", "close");
    }

    @Test
    void a_gate_on_the_outer_row_spares_the_lookup() {
        dql.store.takeCalls();
        dql.run("SELECT c.name FROM customers c LEFT JOIN orders o ON o.customer = c._id AND c.city = 'Oslo'");
        assertThat(dql.store.takeCalls())
                .filteredOn(call -> call.startsWith("index"))
                .containsExactly("index by_customer [Text[value=c2]]");
    }

    @Test
    void a_join_without_an_index_is_refused_unless_a_scan_is_asked_for() {
        String on = " ON o.state = c.city";
        assertThat(dql.error("SELECT * FROM customers c JOIN orders AS o" + on))
                .startsWith(
                        "query/evaluation Query failed: `Joining to \"o\" disallowed without appropriate index support."
                                + " Please run ADVISE for recommendations.` (line 1, column 32)");
        Table.check(
                """
                SELECT * FROM customers c JOIN orders o ON state = c.city
                SELECT * FROM customers c JOIN orders o ON lower(o.customer) = c._id
                SELECT * FROM customers c LEFT JOIN orders o ON o.total = 5 WHERE o.customer = 'c1'
                SELECT * FROM customers c JOIN nothing n ON n.x = c._id
                SELECT * FROM customers c JOIN orders o ON o.customer = c._id OR o.total = 5
                SELECT * FROM customers c JOIN orders o USE INDEX 'other' ON o.total = 5
                SELECT * FROM orders o RIGHT JOIN customers c ON o.total = c.credit
                EXPLAIN SELECT * FROM customers c JOIN orders o ON o.total = 5
                """.replaceAll("(?m)$", " => refused").replaceAll("(?m)^ => refused$", ""),
                statement ->
                        dql.error(statement).contains("disallowed without appropriate index support") ? "refused" : "");
        check(
                "SELECT c.name, o.total FROM customers c JOIN orders o USE INDEX '' ON o.total <= c.credit AND o.state = 'paid'",
                "{\"name\":\"Bob\",\"total\":20}");
        check(
                "SELECT o.total FROM customers c JOIN orders o USE IDS 'o1', 'o9' ON TRUE WHERE c._id = 'c3'",
                "{\"total\":5}");
        check(
                "SELECT o.total FROM customers c JOIN orders o ON o._id IN ['o1', 'o3'] AND o.customer = c._id",
                "{\"total\":5}",
                "{\"total\":30}");
        check(
                "SELECT o.total FROM customers c JOIN orders o ON TRUE WHERE o.customer IN ['c2'] AND c._id = 'c3'",
                "{\"total\":30}");
        check("SELECT c.name FROM customers c JOIN system:dual d ON c.name LIKE 'A%'", "{\"name\":\"Ada\"}");
    }

    @Test
    void ranges_lists_and_branches_reach_by_index() {
        dql.run("CREATE INDEX by_total ON orders (total)");
        check(
                "SELECT c._id AS c, o._id AS o FROM customers c JOIN orders o ON o.total > c.credit ORDER BY c, o",
                "{\"c\":\"c1\",\"o\":\"o2\"}",
                "{\"c\":\"c1\",\"o\":\"o3\"}");
        check(
                "SELECT c._id AS c, o._id AS o FROM customers c JOIN orders o"
                        + " ON o.total BETWEEN c.credit AND c.credit + 10 OR o.customer = c._id ORDER BY c, o",
                "{\"c\":\"c1\",\"o\":\"o1\"}",
                "{\"c\":\"c1\",\"o\":\"o2\"}",
                "{\"c\":\"c2\",\"o\":\"o3\"}");
        check(
                "SELECT c._id AS c, o._id AS o FROM customers c JOIN orders o ON o.customer IN [c._id, c.name, 'nobody']"
                        + " WHERE c._id > 'c1' ORDER BY c, o",
                "{\"c\":\"c2\",\"o\":\"o3\"}",
                "{\"c\":\"c2\",\"o\":\"o4\"}",
                "{\"c\":\"c3\",\"o\":\"o4\"}");
        check(
                "SELECT c._id AS c, i._id AS i FROM customers c LEFT JOIN items i ON i._id = c.name OR i._id = 'i1' WHERE c._id = 'c1'",
                "{\"c\":\"c1\",\"i\":\"i1\"}");
    }

    @Test
    void a_field_without_alias_is_that_of_the_one_row_that_has_it() {
        check(
                "SELECT city, total FROM customers c JOIN orders o ON o.customer = c._id WHERE total > 25",
                "{\"city\":\"Oslo\",\"total\":30}");
        check("SELECT nothing, total.x FROM customers c JOIN orders o ON o.customer = c._id WHERE total > 25", "{}");
        assertThat(dql.error("SELECT c._id FROM customers c JOIN items i ON i._id = 'i1' WHERE name = 'Ada'"))
                .startsWith("query/evaluation Query failed: `Ambiguous reference to field: name` (line 1, column 66)");
        check(
                "SELECT name FROM customers c LEFT JOIN items i ON i._id = c.name WHERE c._id = 'c1'",
                "{\"name\":\"Ada\"}");
        check(
                "SELECT c._id FROM customers c LEFT JOIN orders o ON o.customer = c._id AND total = 20 WHERE city = 'Rome'",
                "{\"_id\":\"c1\"}",
                "{\"_id\":\"c3\"}");
    }

    @Test
    void wildcards_and_exclusions_name_their_term() {
        check(
                "SELECT c.*, o.total FROM customers c LEFT JOIN orders o ON o.customer = c._id WHERE c._id > 'c1'",
                "{\"_id\":\"c2\",\"city\":\"Oslo\",\"credit\":50,\"name\":\"Bob\",\"total\":30}",
                "{\"_id\":\"c3\",\"city\":\"Rome\",\"name\":\"Cleo\"}");
        check(
                "SELECT o.* FROM customers c LEFT JOIN orders o ON o.customer = c._id WHERE c._id > 'c1'",
                "{\"_id\":\"o3\",\"customer\":\"c2\",\"state\":\"open\",\"total\":30}",
                "{}");
        check(
                "SELECT c.*, o.*, MISSING c.city, MISSING state FROM customers c JOIN orders o ON o.customer = c._id WHERE c._id = 'c2'",
                "{\"_id\":\"o3\",\"credit\":50,\"customer\":\"c2\",\"name\":\"Bob\",\"total\":30}");
        check(
                "SELECT c, o IS MISSING AS alone FROM customers c LEFT JOIN orders o ON o.customer = c._id WHERE c._id = 'c3'",
                "{\"alone\":true,\"c\":{\"_id\":\"c3\",\"city\":\"Rome\",\"name\":\"Cleo\"}}");
    }

    @Test
    void groups_and_aggregates_stand_above_the_joined_rows() {
        check(
                "SELECT c.city, COUNT(o._id) AS n, SUM(o.total) AS spent FROM customers c LEFT JOIN orders o ON o.customer = c._id"
                        + " GROUP BY c.city HAVING COUNT(*) > 0 ORDER BY spent DESC",
                "{\"city\":\"Oslo\",\"n\":1,\"spent\":30}",
                "{\"city\":\"Rome\",\"n\":2,\"spent\":25}");
        check("SELECT COUNT(*) AS n FROM customers c JOIN orders o ON o.customer = c._id", "{\"n\":3}");
        check(
                "SELECT DISTINCT c.city FROM customers c JOIN orders o ON o.customer = c._id ORDER BY c.city",
                "{\"city\":\"Oslo\"}",
                "{\"city\":\"Rome\"}");
        check(
                "SELECT o.total FROM customers c JOIN orders o ON o.customer = c._id ORDER BY o.total DESC LIMIT 1 OFFSET 1",
                "{\"total\":20}");
        assertThat(dql.error(
                        "SELECT c.name, o.total FROM customers c JOIN orders o ON o.customer = c._id GROUP BY c.name"))
                .contains("Projection \"total\" must depend only on group keys or aggregates");
        assertThat(dql.error("SELECT i.name, COUNT(*) FROM customers c JOIN items i ON i._id = 'i1' GROUP BY c.name"))
                .contains("Projection \"name\" must depend only on group keys or aggregates");
        check(
                "SELECT DISTINCT c.* FROM customers c JOIN orders o ON o.customer = c._id ORDER BY c.name LIMIT 1",
                "{\"_id\":\"c1\",\"city\":\"Rome\",\"credit\":10,\"name\":\"Ada\"}");
        assertThat(dql.error(
                        "SELECT DISTINCT c.* FROM customers c JOIN orders o ON o.customer = c._id ORDER BY o.total"))
                .contains("with DISTINCT an ORDER BY term must be an alias or equal a projected expression");
    }

    @Test
    void what_makes_no_sense_is_refused_by_name() {
        Table.check("""
                SELECT * FROM a JOIN a ON a.x = a.y => query/evaluation Query failed: `two collections are called a; give one of them another name with AS` (line 1, column 22)
                SELECT * FROM a x JOIN b AS x ON x.a = x.b => query/evaluation Query failed: `two collections are called x; give one of them another name with AS` (line 1, column 24)
                SELECT * FROM a JOIN b ON b.x = c.y JOIN c ON c._id = a._id => query/evaluation Query failed: `c is joined later, so there is no row of it here` (line 1, column 33)
                SELECT * FROM a JOIN b ON b._id = a.x RIGHT JOIN c ON c._id = a.x => query/unsupported RIGHT OUTER join that isn't the first join is not supported (line 1, column 39)
                SELECT d.* FROM a JOIN b ON b._id = a.x => query/evaluation Query failed: `unknown alias 'd', did you mean 'a'?` (line 1, column 8)
                SELECT * FROM a JOIN b ON COUNT(*) > 1 => query/evaluation Query failed: `COUNT is an aggregate and cannot stand in ON` (line 1, column 27)
                """, statement -> dql.error(statement).lines().findFirst().orElseThrow());
        StringBuilder joins = new StringBuilder("SELECT * FROM t0");
        for (int i = 1; i <= 10; i++) {
            joins.append(" JOIN t").append(i).append(" ON t").append(i).append("._id = t0._id");
        }
        check(joins.toString());
        check("/*+ {\"#max_joins\": 11} */ " + joins + " JOIN t ON t._id = t0._id");
        assertThat(dql.error(joins + " JOIN t ON t._id = t0._id"))
                .contains("Too many joins: the number of joined terms exceeds the maximum permitted.");
        assertThat(dql.error("/*+ {\"#max_joins\": 1} */ SELECT * FROM a JOIN b ON b._id = a.x JOIN c ON c._id = a.x"))
                .contains("Too many joins: the number of joined terms exceeds the maximum permitted.");
    }

    @Test
    void an_insert_takes_the_rows_of_a_join() {
        assertThat(dql.run("INSERT INTO orders SELECT o._id || '-copy' AS _id, c.name AS customer FROM customers c"
                        + " JOIN orders o ON o.customer = c._id"))
                .isEqualTo("\"o1-copy\"\n\"o2-copy\"\n\"o3-copy\"");
    }
}
