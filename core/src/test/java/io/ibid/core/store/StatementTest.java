package io.ibid.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ibid.core.error.IbidException;
import io.ibid.core.query.Limits;
import io.ibid.core.query.Result;
import io.ibid.core.query.ResultRow;
import io.ibid.core.query.Statement;
import io.ibid.core.query.StatementOptions;
import io.ibid.core.query.Target;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Statements on the real store: what they mean for typed fields, in both modes. */
class StatementTest {
    private static final String TOKEN =
            "{\"id\":\"EA0123456789012345678901234567890123456789abcd\",\"len\":3,\"metadata\":{\"name\":\"x.jpg\"}}";

    private final TestStore store = new TestStore(1);
    private StatementOptions options = StatementOptions.FLEXIBLE;

    @AfterEach
    void close() {
        store.close();
    }

    /** Runs a statement in a transaction of its own; its rows, or the ids it wrote, as JSON lines. */
    private String run(String text, String arguments) {
        StringBuilder answer = new StringBuilder();
        Statement statement = Statement.prepare(text, options);
        store.transact(tx -> {
            store.clock.nowMs++;
            try (Result result =
                    statement.execute((Target) tx, (Value.Struct) Json.parse(arguments), Limits.of(0, 1 << 20))) {
                for (ResultRow row : result.rest()) {
                    StringBuilder json = new StringBuilder();
                    row.appendJson(json);
                    assertThat(json.toString()).isEqualTo(Json.write(row.value()));
                    answer.append(answer.isEmpty() ? "" : "\n").append(json);
                }
                result.mutatedIds()
                        .forEach(id ->
                                answer.append(answer.isEmpty() ? "" : "\n").append(Json.write(id)));
            }
        });
        return answer.toString();
    }

    private String run(String text) {
        return run(text, "{}");
    }

    private String error(String text) {
        IbidException error = catchThrowableOfType(IbidException.class, () -> run(text));
        assertThat(error).as(text).isNotNull();
        return error.getMessage().lines().findFirst().orElseThrow();
    }

    /** The document {@code x} without its id. */
    private String x() {
        return run("SELECT c.*, MISSING _id FROM c WHERE _id = 'x'");
    }

    private void start(String object) {
        run("DELETE FROM c");
        run("INSERT INTO c DOCUMENTS ({'_id':'x','obj':" + object + "})");
    }

    @Test
    void a_key_can_hold_several_typed_values() {
        run("INSERT INTO c DOCUMENTS ({'_id':'x','cnt':10})");
        run("UPDATE c APPLY cnt INCREMENT BY 1");
        assertThat(x()).isEqualTo("{\"cnt\":1}");
        run("DELETE FROM c");
        run("INSERT INTO c DOCUMENTS ({'_id':'x'})");
        run("UPDATE c APPLY pn PN_INCREMENT BY 4");
        run("UPDATE c APPLY pn PN_INCREMENT BY 4");
        assertThat(x()).isEqualTo("{\"pn\":8}");
        run("UPDATE c APPLY pn INCREMENT BY 1");
        assertThat(x()).isEqualTo("{\"pn\":1}");
        assertThat(run("SELECT pn FROM COLLECTION c (pn PN_COUNTER)")).isEqualTo("{\"pn\":8}");
        run("INSERT INTO COLLECTION o2 (obj REGISTER) DOCUMENTS ({'_id':'x','obj':{'a':1,'b':2}})");
        run("UPDATE o2 SET obj.a = 11");
        assertThat(run("SELECT obj FROM o2")).isEqualTo("{\"obj\":{\"a\":11}}");
        assertThat(run("SELECT obj FROM COLLECTION o2 (obj REGISTER)")).isEqualTo("{\"obj\":{\"a\":1,\"b\":2}}");
    }

    @Test
    void writes_to_maps_merge() {
        start("{'a':1,'b':2}");
        run("UPDATE c SET obj.a = 10");
        assertThat(x()).isEqualTo("{\"obj\":{\"a\":10,\"b\":2}}");
        start("{'a':1,'b':2}");
        run("UPDATE c SET obj = {'c':3}");
        assertThat(x()).isEqualTo("{\"obj\":{\"a\":1,\"b\":2,\"c\":3}}");
        start("{'a':1,'b':2}");
        assertThat(run("UPDATE c SET obj = {}")).isEqualTo("\"x\"");
        assertThat(x()).isEqualTo("{\"obj\":{\"a\":1,\"b\":2}}");
        run("UPDATE c UNSET obj.b");
        assertThat(x()).isEqualTo("{\"obj\":{\"a\":1}}");
        start("{'a':1,'b':2}");
        run("UPDATE c SET obj = 5");
        assertThat(x()).isEqualTo("{\"obj\":5}");
        run("UPDATE c SET obj = {'w':1}");
        assertThat(x()).isEqualTo("{\"obj\":{\"a\":1,\"b\":2,\"w\":1}}");
        run("UPDATE c UNSET obj");
        run("UPDATE c SET obj = {'w':1}");
        assertThat(x()).isEqualTo("{\"obj\":{\"w\":1}}");
        start("{'a':1,'b':2}");
        run("INSERT INTO c DOCUMENTS ({'_id':'x','obj':{'c':3}}) ON ID CONFLICT DO UPDATE");
        assertThat(x()).isEqualTo("{\"obj\":{\"a\":1,\"b\":2,\"c\":3}}");
        assertThat(
                        run(
                                "INSERT INTO c DOCUMENTS ({'_id':'x','obj':{'c':3}}) ON ID CONFLICT DO UPDATE_LOCAL_DIFF RETURNING *"))
                .isEmpty();
        run("UPDATE COLLECTION c (obj MAP) SET obj -> (a = 'x', b -> tombstone(), d -> default())");
        assertThat(x()).isEqualTo("{\"obj\":{\"a\":\"x\",\"c\":3,\"d\":null}}");
    }

    @Test
    void strict_mode_writes_and_reads_registers() {
        options = StatementOptions.STRICT;
        start("{'a':1}");
        assertThat(x()).isEqualTo("{\"obj\":{\"a\":1}}");
        assertThat(error("UPDATE c SET obj.a = 1"))
                .isEqualTo("Query failed: `Unsupported DML operation on REGISTER field \"obj\"` (line 1, column 14)");
        assertThat(error("UPDATE c APPLY n INCREMENT BY 1"))
                .isEqualTo("Query failed: `Unsupported DML operation on REGISTER field \"n\"` (line 1, column 16)");
        run("UPDATE COLLECTION c (n COUNTER, m MAP) APPLY n INCREMENT BY 2 SET m.k = 1");
        assertThat(x()).isEqualTo("{\"obj\":{\"a\":1}}");
        assertThat(run("SELECT * FROM COLLECTION c (n COUNTER, m MAP)"))
                .isEqualTo("{\"_id\":\"x\",\"m\":{\"k\":1},\"n\":2,\"obj\":{\"a\":1}}");
        assertThat(run("SELECT _id FROM c WHERE n IS MISSING AND m.k IS MISSING"))
                .isEqualTo("{\"_id\":\"x\"}");
        options = StatementOptions.FLEXIBLE;
        assertThat(x()).isEqualTo("{\"m\":{\"k\":1},\"n\":2,\"obj\":{\"a\":1}}");
        assertThat(run("SELECT _id FROM c WHERE n = 2 AND obj.a = 1 AND m = {'k': 1}"))
                .isEqualTo("{\"_id\":\"x\"}");
    }

    @Test
    void tokens_are_navigable() {
        run("INSERT INTO c DOCUMENTS ({'_id':'x','image'::t})", "{\"t\":" + TOKEN + "}");
        assertThat(run("SELECT image.len, image.metadata.name FROM c")).isEqualTo("{\"len\":3,\"name\":\"x.jpg\"}");
        assertThat(run("SELECT image.len FROM COLLECTION c (image ATTACHMENT)")).isEqualTo("{\"len\":3}");
    }

    @Test
    void a_statement_sees_its_transaction_and_every_row_once() {
        StringBuilder documents = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            documents
                    .append(i == 0 ? "" : ",")
                    .append("{\"_id\":\"")
                    .append(i)
                    .append("\",\"n\":")
                    .append(i)
                    .append('}');
        }
        assertThat(run("INSERT INTO c DOCUMENTS (:d)", "{\"d\":[" + documents + "]}")
                        .lines())
                .hasSize(500);
        assertThat(run("UPDATE c SET n = n + 1 RETURNING SUM(n) AS s").lines().findFirst())
                .hasValue("{\"s\":125250}");
        assertThat(run("INSERT INTO c SELECT _id || 'x' AS _id, n FROM c").lines())
                .hasSize(500);
        assertThat(run("SELECT COUNT(*) AS n, SUM(n) AS s FROM c")).isEqualTo("{\"n\":1000,\"s\":250500}");
        assertThat(run("SELECT COUNT(*) FROM c")).isEqualTo("{\"($1)\":1000}");
        assertThat(run("EVICT FROM c WHERE n < 100 ORDER BY n DESC, _id LIMIT 2"))
                .isEqualTo("\"98\"\n\"98x\"");
        assertThat(run("DELETE FROM c").lines()).hasSize(998);
        assertThat(run("SELECT * FROM c")).isEmpty();
    }

    @Test
    void ids_of_all_kinds_are_found() {
        run(
                "INSERT INTO c DOCUMENTS ({'_id':1,'k':'int'}), ({'_id':true,'k':'bool'}), ({'_id':{'b':2,'a':'x'},'k':'object'}), ({'_id':[1,'a'],'k':'array'})");
        assertThat(run("SELECT k FROM c WHERE _id = 1.0")).isEqualTo("{\"k\":\"int\"}");
        assertThat(run("SELECT k FROM c WHERE _id = true")).isEqualTo("{\"k\":\"bool\"}");
        assertThat(run("SELECT k FROM c WHERE _id = {'a':'x','b':2.0}")).isEqualTo("{\"k\":\"object\"}");
        assertThat(run("SELECT k FROM c WHERE _id.a = 'x'")).isEqualTo("{\"k\":\"object\"}");
        assertThat(run("SELECT k FROM c USE IDS [1,'a'], 9")).isEqualTo("{\"k\":\"array\"}");
        assertThat(run("SELECT k FROM c ORDER BY _id"))
                .isEqualTo("{\"k\":\"bool\"}\n{\"k\":\"int\"}\n{\"k\":\"array\"}\n{\"k\":\"object\"}");
    }

    @Test
    void siblings_show_one_value_without_a_conflict() {
        run("INSERT INTO c DOCUMENTS ({'_id':'x','a':{'b':1}})");
        assertThat(run("SELECT siblings(a.b) AS s, siblings(nothing) AS n FROM c"))
                .matches(
                        "\\{\"s\":\\[\\{\"author\":\"[0-9a-f]{32}\",\"time\":\\d+,\"type\":\"REGISTER\",\"value\":1}]}");
    }
}
