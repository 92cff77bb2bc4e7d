package io.ibid.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.error.IbidException;
import io.ibid.core.query.syntax.Command;
import io.ibid.core.query.syntax.Parser;
import io.ibid.core.query.syntax.SelectGenerator;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The engine and the naive evaluator give the same rows for generated statements over generated documents. */
class OracleTest {
    private static final int ROUNDS = Boolean.getBoolean("ibid.long") ? 3_000_000 : 60_000;

    @Test
    void engine_and_oracle_agree() {
        int answered = 0;
        int rows = 0;
        Dql dql = new Dql();
        for (int seed = 0; seed < ROUNDS; seed++) {
            if (seed % 100 == 0) {
                dql = filled(seed);
            }
            String text = new SelectGenerator(seed).select();
            List<Value.Struct> actual = new ArrayList<>();
            try (Result result = Statement.prepare(text, StatementOptions.FLEXIBLE)
                    .execute((Source) dql.store, Value.Struct.EMPTY, Limits.of(0, 1 << 26))) {
                result.rest().forEach(row -> actual.add(row.value()));
            } catch (IbidException refused) {
                continue;
            }
            List<Value.Struct> expected = new NaiveSelect((Command.Select) Parser.parse(text), "c")
                    .answer(List.copyOf(dql.store.documents("c").values()))
                    .first();
            if (!same(actual, expected)) {
                assertThat(actual).as("seed %s: %s", seed, text).isEqualTo(expected);
            }
            answered++;
            rows += actual.size();
        }
        assertThat(answered).isGreaterThan(ROUNDS * 3 / 4);
        assertThat(rows).isGreaterThan(ROUNDS);
    }

    private static boolean same(List<Value.Struct> actual, List<Value.Struct> expected) {
        if (actual.size() != expected.size()) {
            return false;
        }
        for (int i = 0; i < actual.size(); i++) {
            if (ValueOrder.compare(actual.get(i), expected.get(i)) != 0) {
                return false;
            }
        }
        return true;
    }

    private static Dql filled(long seed) {
        Random random = new Random(seed);
        Dql dql = new Dql();
        List<String> values = List.of(
                "1",
                "2",
                "1.0",
                "2.5",
                "-7",
                "null",
                "true",
                "false",
                "\"x\"",
                "\"xy\"",
                "\"\"",
                "[1,2]",
                "[\"x\",null]",
                "{\"b\":1}",
                "{\"b\":{\"a\":[2]}}",
                "9223372036854775807");
        for (int id = 0; id < 12; id++) {
            StringBuilder document = new StringBuilder("{\"_id\":" + (id % 3 == 0 ? id : "\"" + id + "\""));
            for (String name : List.of("a", "b", "color", "n")) {
                if (random.nextInt(4) > 0) {
                    document.append(",\"").append(name).append("\":").append(values.get(random.nextInt(values.size())));
                }
            }
            dql.store.put("c", (Value.Struct) Json.parse(document.append('}').toString()));
        }
        return dql;
    }
}
