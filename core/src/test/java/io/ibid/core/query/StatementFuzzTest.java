package io.ibid.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.error.IbidException;
import io.ibid.core.query.syntax.StatementGenerator;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.util.TreeMap;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Random statements over odd documents: every one gives a result or an error of ours. */
class StatementFuzzTest {
    private static final int ROUNDS = Boolean.getBoolean("ibid.long") ? 2_000_000 : 40_000;

    @Test
    void any_statement_gives_a_result_or_an_error_with_a_code() {
        Value.Struct arguments = (Value.Struct)
                Json.parse(
                        "{\"p\":[\"a\",2,null],\"limit\":3,\"o\":1,\"v\":5,\"list\":[1,\"x\",{\"a\":1}],\"_x1\":{\"a\":{\"b\":[1,2]}}}");
        TreeMap<String, Integer> outcomes = new TreeMap<>();
        Dql dql = new Dql();
        for (int seed = 0; seed < ROUNDS; seed++) {
            if (seed % 50 == 0) {
                dql = filled();
            }
            String text = new StatementGenerator(seed).statement();
            StatementOptions options = seed % 2 == 0 ? StatementOptions.FLEXIBLE : StatementOptions.STRICT;
            String outcome = "rows";
            try (Result result =
                    Statement.prepare(text, options).execute((Target) dql.store, arguments, Limits.of(0, 1 << 24))) {
                for (ResultRow row : result.rest()) {
                    row.appendJson(new StringBuilder());
                }
            } catch (IbidException refused) {
                outcome = refused.code().text();
            } catch (RuntimeException | AssertionError | StackOverflowError wrong) {
                Assertions.fail("Statement " + text, wrong);
            }
            outcomes.merge(outcome, 1, Integer::sum);
        }
        // The generator is worth something only if many statements get through.
        assertThat(outcomes.get("rows")).isGreaterThan(ROUNDS / 10);
        assertThat(outcomes).containsKeys("query/evaluation", "query/unsupported", "query/invalid");
    }

    private static Dql filled() {
        Dql dql = new Dql();
        for (String collection : new String[] {"a", "b", "color", "date", "c", "value", "a b"}) {
            dql.with(collection, """
                    [{"_id":"a","a":1,"b":"x","color":null,"value":[1,2,{"a":1}],"date":"2026-03-15T10:30:45Z"},
                     {"_id":2,"a":{"b":{"color":1.5}},"count":3,"text":"some text","documents":{"a":[]}},
                     {"_id":{"a":1,"b":[true]},"a":-9223372036854775808,"b":false,"z9":1e300,"a b":"%_"}]""");
        }
        return dql;
    }

    @Test
    void arguments_cannot_change_the_shape_of_a_statement() {
        Dql dql = new Dql().with("c", "[{\"_id\":\"1\",\"a\":\"x\"}]");
        for (String hostile : new String[] {"x' OR '1'='1", "x\\\" OR TRUE --", "`a`", ":p", "') DELETE FROM c --"}) {
            String arguments = "{\"p\":" + Json.write(Value.of(hostile)) + "}";
            assertThat(dql.run("SELECT * FROM c WHERE a = :p", arguments)).isEmpty();
            assertThat(dql.run("SELECT :p AS v", arguments)).isEqualTo("{\"v\":" + Json.write(Value.of(hostile)) + "}");
        }
        assertThat(dql.store.documents("c")).hasSize(1);
    }
}
