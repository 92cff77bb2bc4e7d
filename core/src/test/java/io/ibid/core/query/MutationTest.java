package io.ibid.core.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.value.Value;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MutationTest {
    private Dql dql = new Dql();

    @BeforeEach
    void fill() {
        dql = new Dql().with("cars", """
                [{"_id":"1","color":"blue","n":1,"o":{"a":1,"b":2}},{"_id":"2","color":"red","n":2},{"_id":"3","n":3}]""");
    }

    private String document(String id) {
        return dql.run("SELECT * FROM cars WHERE _id = '" + id + "'");
    }

    @Test
    void insert_takes_objects_and_arrays_of_objects() {
        assertThat(dql.run(
                        "INSERT INTO c DOCUMENTS ({'_id':'1','color':'blue'}), (:list), (deserialize_json('{\"_id\":{\"id\":\"t1\"}}'))",
                        "{\"list\":[{\"_id\":\"2\"},{\"x\":1}]}"))
                .isEqualTo("\"1\"\n\"2\"\n\"generated-1\"\n{\"id\":\"t1\"}");
        assertThat(dql.run("INSERT INTO COLLECTION c (x COUNTER) VALUES (:doc)", "{\"doc\":{\"_id\":7,\"x\":5}}"))
                .isEqualTo("7");
        assertThat(dql.run("SELECT COUNT(*) FROM c")).isEqualTo("{\"($1)\":5}");
        assertThat(dql.run("INSERT INTO c DOCUMENTS ([])")).isEmpty();
    }

    @Test
    void insert_policies_reach_the_store() {
        assertThat(dql.error("INSERT INTO cars DOCUMENTS ({'_id':'1'})"))
                .startsWith(
                        "query/evaluation Query failed: `Identifier conflict on document \"1\": using FAIL conflict policy` (line 1, column 29)");
        assertThat(dql.error("INSERT INTO cars DOCUMENTS ({'_id':'1'}) ON ID CONFLICT FAIL"))
                .contains("using FAIL");
        assertThat(dql.error("INSERT INTO cars DOCUMENTS ({'_id':'1'}) ON ID CONFLICT DO FAIL"))
                .contains("using FAIL");
        assertThat(dql.run("INSERT INTO cars DOCUMENTS ({'_id':'1','n':9}) ON ID CONFLICT DO NOTHING"))
                .isEmpty();
        assertThat(dql.run("INSERT INTO cars INITIAL DOCUMENTS ({'_id':'1','n':9}), ({'_id':'9'})"))
                .isEqualTo("\"9\"");
        assertThat(dql.run(
                        "INSERT INTO cars DOCUMENTS ({'_id':'2','color':'red'}) ON ID CONFLICT DO UPDATE_LOCAL_DIFF"))
                .isEmpty();
        assertThat(dql.run("INSERT INTO cars DOCUMENTS ({'_id':'1','o':{'c':3}}) ON ID CONFLICT DO UPDATE"))
                .isEqualTo("\"1\"");
        assertThat(document("1"))
                .isEqualTo("{\"_id\":\"1\",\"color\":\"blue\",\"n\":1,\"o\":{\"a\":1,\"b\":2,\"c\":3}}");
        assertThat(dql.run("INSERT INTO cars DOCUMENTS ({'_id':'1','n':8}) ON ID CONFLICT DO MERGE"))
                .isEqualTo("\"1\"");
        assertThat(dql.warnings("INSERT INTO cars DOCUMENTS ({'_id':'1','n':8}) ON ID CONFLICT DO MERGE", "{}"))
                .containsExactly("DO MERGE is an old name of DO UPDATE");
    }

    @Test
    void insert_can_take_what_a_select_answers() {
        assertThat(dql.run("INSERT INTO archive SELECT * FROM cars WHERE n > 1 ON ID CONFLICT DO UPDATE_LOCAL_DIFF"))
                .isEqualTo("\"2\"\n\"3\"");
        assertThat(
                        dql.run(
                                "INSERT INTO stats SELECT color AS _id, COUNT(*) AS n FROM cars GROUP BY color ON ID CONFLICT DO UPDATE RETURNING *"))
                .isEqualTo(
                        "{\"_id\":\"blue\",\"n\":1}\n{\"_id\":\"red\",\"n\":1}\n{\"_id\":\"generated-1\",\"n\":1}\n\"blue\"\n\"red\"\n\"generated-1\"");
        assertThat(dql.run("INSERT INTO cars SELECT _id || 'x' AS _id FROM cars"))
                .isEqualTo("\"1x\"\n\"2x\"\n\"3x\"");
    }

    @Test
    void insert_refuses_what_is_no_document() {
        assertThat(dql.error("INSERT INTO c DOCUMENTS ({_id: 'x'})")).isEqualTo("""
                        query/invalid Cannot convert to a literal (line 1, column 27)
                        INSERT INTO c DOCUMENTS ({_id: 'x'})
                                                  ^""");
        assertThat(dql.error("INSERT INTO c DOCUMENTS ({'_id':'1'}), ({'_id':'1'})"))
                .startsWith(
                        "query/evaluation Query failed: `Expected unique document identifiers` (line 1, column 41)");
        assertThat(dql.error("INSERT INTO c DOCUMENTS ({'_id':1.5})"))
                .startsWith("store/document-id Floats are not supported in document IDs (line 1, column 26)");
        assertThat(dql.error("INSERT INTO c DOCUMENTS ({'_id':{'a':[1.5]}})"))
                .startsWith("store/document-id Floats are not supported in document IDs");
        assertThat(dql.error("INSERT INTO c DOCUMENTS ({'_id':null}), ({'_id':{'a':null}})"))
                .startsWith("store/document-id Null document ID not allowed");
        assertThat(dql.error("INSERT INTO c DOCUMENTS (5)"))
                .contains("Expected an object or an array of objects, found 5");
        assertThat(dql.error("INSERT INTO c DOCUMENTS (:d)", "{\"d\":[{},1]}"))
                .contains("Expected an object or an array of objects, found 1");
        assertThat(dql.error("INSERT INTO c DOCUMENTS (deserialize_json('{'))")).contains("found MISSING");
        assertThat(dql.error("INSERT INTO c DOCUMENTS ({'a': b})"))
                .contains("b is a field, and in DOCUMENTS there is no document` (line 1, column 32)");
        assertThat(dql.error("INSERT INTO c INITIAL DOCUMENTS ({}) ON ID CONFLICT DO NOTHING"))
                .startsWith("query/invalid ")
                .contains("(line 1, column 38)");
        assertThat(dql.error("INSERT INTO c INITIAL SELECT * FROM cars"))
                .startsWith("query/invalid expected DOCUMENTS or VALUES, found SELECT");
        assertThat(dql.error("INSERT INTO system:dual DOCUMENTS ({})"))
                .startsWith("query/unsupported system: collections are read-only (line 1, column 13)");
    }

    @Test
    void numbers_that_json_lacks_are_stored_as_null() {
        dql.run("INSERT INTO c DOCUMENTS ({'_id':'1','a':[1e308 * 10, 1], 'b': {'c': -1e308 * 10}})");
        assertThat(dql.run("SELECT * FROM c")).isEqualTo("{\"_id\":\"1\",\"a\":[null,1],\"b\":{\"c\":null}}");
    }

    @Test
    void update_sets_and_unsets_with_the_document_before() {
        assertThat(dql.run("UPDATE cars SET n = n + 1, old = n, o.c.d = color UNSET color WHERE _id = '1'"))
                .isEqualTo("\"1\"");
        assertThat(document("1"))
                .isEqualTo("{\"_id\":\"1\",\"n\":2,\"o\":{\"a\":1,\"b\":2,\"c\":{\"d\":\"blue\"}},\"old\":1}");
        assertThat(dql.run("UPDATE cars SET cars.n = 0 WHERE cars.n > 1 ORDER BY n DESC LIMIT 1"))
                .isEqualTo("\"3\"");
        assertThat(dql.run("UPDATE cars SET n = 5 WHERE n = 77")).isEmpty();
        assertThat(dql.run("UPDATE cars USE IDS '2','3' UNSET n, color RETURNING *"))
                .isEqualTo("{\"_id\":\"2\"}\n{\"_id\":\"3\"}\n\"2\"\n\"3\"");
        assertThat(dql.run("UPDATE cars SET n = 1")).isEqualTo("\"1\"\n\"2\"\n\"3\"");
    }

    @Test
    void update_looks_ids_up() {
        dql.store.takeCalls();
        dql.run("UPDATE cars SET n = 9 WHERE _id IN :ids RETURNING _id, n", "{\"ids\":[\"2\",\"8\"]}");
        assertThat(dql.store.takeCalls()).containsExactly("find cars 2", "find cars 2", "find cars 8");
    }

    @Test
    void counters_are_applied() {
        dql.run(
                "UPDATE COLLECTION cars (views COUNTER) APPLY views INCREMENT BY :d, likes INCREMENT BY -1, n RESTART, z RESTART WITH 10.0, pn PN_INCREMENT BY 1.5 SET at = 1 WHERE _id = '1'",
                "{\"d\":2.0}");
        assertThat(document("1"))
                .isEqualTo(
                        "{\"_id\":\"1\",\"at\":1,\"color\":\"blue\",\"likes\":-1,\"n\":0,\"o\":{\"a\":1,\"b\":2},\"pn\":1.5,\"views\":2,\"z\":10}");
        assertThat(dql.error("UPDATE cars APPLY n INCREMENT BY 1.5"))
                .startsWith("query/evaluation Query failed: `Expected 1.5 to be an integer value` (line 1, column 34)");
        assertThat(dql.error("UPDATE cars APPLY n INCREMENT BY NULL"))
                .contains("`Expected null to be an integer value`");
        assertThat(dql.error("UPDATE cars APPLY n RESTART WITH nothing"))
                .contains("`Expected MISSING to be an integer value`");
        assertThat(dql.error("UPDATE cars APPLY n PN_INCREMENT BY 'a'")).contains("`Expected \"a\" to be a number`");
    }

    @Test
    void the_arrow_form_reaches_into_maps() {
        dql.run(
                "UPDATE COLLECTION cars (o MAP) SET o -> (a = 'x', b -> tombstone(), c -> (d = 1), e -> default()), n = 7 WHERE _id = '1'");
        assertThat(document("1"))
                .isEqualTo("{\"_id\":\"1\",\"color\":\"blue\",\"n\":7,\"o\":{\"a\":\"x\",\"c\":{\"d\":1},\"e\":null}}");
    }

    @Test
    void update_refuses_what_it_cannot_do() {
        assertThat(dql.error("UPDATE cars SET _id = 'x'"))
                .startsWith(
                        "query/evaluation Query failed: `The document id `_id` cannot be modified` (line 1, column 17)");
        assertThat(dql.error("UPDATE cars SET _id.x = 1")).contains("cannot be modified");
        assertThat(dql.error("UPDATE cars UNSET cars._id")).contains("cannot be modified");
        assertThat(dql.error("UPDATE cars SET a = 1, a = 2"))
                .startsWith(
                        "query/evaluation Query failed: `More than one modification specified for the path a` (line 1, column 24)");
        assertThat(dql.error("UPDATE cars SET a.b.c = 1 UNSET a"))
                .contains("More than one modification specified for the path a`");
        assertThat(dql.error("UPDATE cars APPLY a INCREMENT BY 1 SET a.b.c = 2"))
                .contains("specified for the path a.b.c`");
        assertThat(dql.run("UPDATE cars SET a.b = 1, a.c = 2, `a.b` = 3, ab = 4 WHERE _id = '3'"))
                .isEqualTo("\"3\"");
        assertThat(dql.error("UPDATE products (viewCount COUNTER) APPLY viewCount INCREMENT BY 1"))
                .startsWith("query/invalid Missing SET and/or UNSET clause (line 1, column 17)");
        assertThat(dql.error("UPDATE cars WHERE n = 1"))
                .startsWith("query/invalid Missing SET and/or UNSET clause (line 1, column 13)");
        assertThat(dql.error("UPDATE cars SET items[0] = 1"))
                .startsWith("query/invalid expected = or ->, found [ (line 1, column 22)");
        assertThat(dql.error("UPDATE cars SET a = COUNT(*)")).contains("COUNT is an aggregate and cannot stand in SET");
        dql.strict();
        assertThat(dql.error("UPDATE cars SET obj.a = 1"))
                .startsWith(
                        "query/evaluation Query failed: `Unsupported DML operation on REGISTER field \"obj\"` (line 1, column 17)");
    }

    @Test
    void set_to_missing_removes_and_warns() {
        assertThat(dql.warnings("UPDATE cars SET color = nothing", "{}"))
                .containsExactly("SET color to MISSING removed the field 3 times");
        assertThat(document("2")).isEqualTo("{\"_id\":\"2\",\"n\":2}");
        assertThat(dql.warnings("UPDATE cars SET o = {}", "{}"))
                .containsExactly("SET o = {} leaves a MAP as it is; UNSET removes its fields");
    }

    @Test
    void delete_and_evict_remove_rows_in_order_and_bounds() {
        assertThat(dql.run("DELETE FROM cars WHERE n > 1 ORDER BY n DESC LIMIT 1"))
                .isEqualTo("\"3\"");
        assertThat(dql.run("EVICT FROM cars WHERE n > 0 LIMIT 1 ORDER BY n")).isEqualTo("\"1\"");
        assertThat(dql.run("DELETE FROM cars USE IDS '2', '7'")).isEqualTo("\"2\"");
        assertThat(dql.run("DELETE FROM cars")).isEmpty();
    }

    @Test
    void returning_shows_images_and_summarises() {
        assertThat(dql.run("DELETE FROM cars WHERE n < 3 RETURNING COUNT(*) AS removed, MAX(n)"))
                .isEqualTo("{\"($2)\":2,\"removed\":2}\n\"1\"\n\"2\"");
        assertThat(dql.run("EVICT FROM cars RETURNING cars.n, _id")).isEqualTo("{\"_id\":\"3\",\"n\":3}\n\"3\"");
        assertThat(dql.run("INSERT INTO cars DOCUMENTS ({'_id':'1','n':1}) RETURNING *"))
                .isEqualTo("{\"_id\":\"1\",\"n\":1}\n\"1\"");
        assertThat(dql.run("INSERT INTO cars DOCUMENTS ({'_id':'1','n':1}) ON ID CONFLICT DO NOTHING RETURNING *"))
                .isEmpty();
        assertThat(dql.run("UPDATE cars SET n = n + 1 RETURNING n AS after")).isEqualTo("{\"after\":2}\n\"1\"");
        assertThat(dql.run("DELETE FROM cars WHERE n = 99 RETURNING COUNT(*) AS removed"))
                .isEqualTo("{\"removed\":0}");
    }

    @Test
    void a_mutation_on_a_snapshot_is_refused() {
        Statement update = Statement.prepare("UPDATE cars SET a = 1", StatementOptions.FLEXIBLE);
        assertThatThrownBy(() -> update.execute((Source) dql.store, Value.Struct.EMPTY, Limits.of(0, 0)))
                .hasMessage("A mutating DQL query was attempted using a read-only transaction.");
    }

    @Test
    void a_statement_tells_what_it_touches() {
        Statement insert = Statement.prepare(
                "INSERT INTO a SELECT * FROM b WHERE x = :p AND y = :q AND z = :p", StatementOptions.FLEXIBLE);
        assertThat(insert.kind()).isEqualTo(StatementKind.INSERT);
        assertThat(insert.kind().queryType()).isEqualTo("mutation");
        assertThat(insert.collections()).containsExactly("a", "b");
        assertThat(insert.target()).isEqualTo("a");
        assertThat(insert.parameters()).containsExactly("p", "q");
        Statement select = Statement.prepare("SELECT * FROM system:indexes", StatementOptions.FLEXIBLE);
        assertThat(select.collections()).isEmpty();
        assertThat(select.systemCollections()).containsExactly("indexes");
        assertThat(select.isReadOnly()).isTrue();
    }
}
