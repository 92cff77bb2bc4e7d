package io.ibid.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Any text gives a result or an error with a place, in bounded time and memory; and the fuzzer that says so finds planted defects. */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class HostileTextTest {

    private static final Set<String> WAYS =
            Set.of("sequence", "scan", "idScan", "indexScan", "unionScan", "intersectScan", "fetch", "filter", "sort");
    private static final int TEXTS = Boolean.getBoolean("ibid.long") ? 5_000_000 : 30_000;
    private static final int CANARY_TEXTS = 60_000;
    private static final int CHECKS_MAX = 100_000;
    private static final int TEXTS_PER_STORE = 100;

    /** The engine over a few odd documents, which statements that are well formed may change. */
    private static final class Engine implements Fuzzer.Subject {
        private MapStore store = new MapStore();
        private int runs;

        @Override
        public void run(String text) {
            if (runs++ % TEXTS_PER_STORE == 0) {
                store = new MapStore();
                OracleStore.documents(runs).forEach(document -> store.put("c", document));
            }
            Statement statement = Statement.prepare(text, StatementOptions.FLEXIBLE);
            if (statement.kind().needs() != StatementKind.Needs.SOURCE
                    && statement.kind().needs() != StatementKind.Needs.TARGET) {
                return;
            }
            try (Result result = statement.execute((Target) store, OracleStore.ARGUMENTS, new Budget())) {
                result.rest().forEach(row -> row.appendJson(new StringBuilder()));
            }
        }
    }

    /** Stops a statement after so many steps. */
    private static final class Budget implements Limits {
        private int checks;
        private long reserved;

        @Override
        public void check() {
            if (++checks > CHECKS_MAX) {
                throw new IbidException(ErrorCode.QUERY_EXECUTION, "the statement was stopped");
            }
        }

        @Override
        public boolean reserve(long bytes) {
            reserved += bytes;
            return reserved <= 1 << 24;
        }

        @Override
        public void release(long bytes) {
            reserved -= bytes;
        }

        @Override
        public long nowMs() {
            return NaiveEvaluator.NOW_MS;
        }
    }

    @Test
    void any_text_gives_a_result_or_an_error_with_a_place() {
        assertThat(Fuzzer.firstFault(new Engine(), 0, TEXTS)).isNull();
    }

    /** Defects such as lexers, parsers and executors have had. */
    enum Canary {
        READS_BEHIND_A_BACKSLASH_AT_THE_END {
            @Override
            void defect(String text) {
                if (text.contains("'") && text.endsWith("\\")) {
                    throw new StringIndexOutOfBoundsException(text.length());
                }
            }
        },
        DESCENDS_WITHOUT_A_LIMIT {
            @Override
            void defect(String text) {
                descend(text, 0, 0);
            }

            // As in a parser by the grammar, a bracket is reached through a method for each level of precedence.
            private static int descend(String text, int at, int level) {
                if (level < 12) {
                    return descend(text, at, level + 1);
                }
                int next = at;
                while (next < text.length() && text.charAt(next) != ')') {
                    next = text.charAt(next) == '(' ? descend(text, next + 1, 0) : next + 1;
                }
                return next + 1;
            }
        },
        REFUSES_WITHOUT_A_PLACE {
            @Override
            void defect(String text) {
                if (text.contains("::")) {
                    throw new IbidException(ErrorCode.QUERY_INVALID, "a colon too many");
                }
            }
        },
        COUNTS_ELEMENTS_IN_A_BYTE {
            @Override
            void defect(String text) {
                int commas = (int) text.chars().filter(c -> c == ',').count();
                if (text.contains("IN (") && (byte) commas < 0) {
                    throw new NegativeArraySizeException(String.valueOf((byte) commas));
                }
            }
        },
        TAKES_A_LONE_SURROGATE_FOR_A_PAIR {
            @Override
            void defect(String text) {
                for (int i = 0; i < text.length(); i++) {
                    if (Character.isHighSurrogate(text.charAt(i))) {
                        Character.toChars(Character.toCodePoint(text.charAt(i), text.charAt(++i)));
                    }
                }
            }
        };

        abstract void defect(String text);
    }

    @ParameterizedTest
    @EnumSource(Canary.class)
    void the_fuzzer_finds_a_planted_defect(Canary canary) {
        Engine engine = new Engine();
        Fuzzer.Subject defective = text -> {
            canary.defect(text);
            engine.run(text);
        };
        assertThat(Fuzzer.firstFault(defective, 0, CANARY_TEXTS)).isNotNull();
    }

    @Test
    void arguments_never_change_the_shape_of_a_statement() {
        List<String> hostile = List.of(
                "\"x' OR '1'='1\"",
                "\"') DELETE FROM d --\"",
                "\"*/ DELETE FROM d\"",
                "\"`a` = `a`\"",
                "\":one\"",
                "\"\\u0000\"",
                "{\"#index\":\"i0\"}",
                "[[[[]]]]",
                "null",
                "1e308",
                "{\"_id\":\"x\",\"x' OR TRUE\":1}");
        int compared = 0;
        for (int seed = 0; seed < TEXTS / 10; seed++) {
            MutationCases writer = new MutationCases(seed);
            String text = seed % 2 == 0 ? writer.select() : writer.mutation();
            Value.Struct.Builder builder = Value.Struct.builder();
            for (int i = 0; i < OracleStore.ARGUMENTS.size(); i++) {
                builder.put(OracleStore.ARGUMENTS.name(i), Json.parse(writer.pick(hostile)));
            }
            Value.Struct arguments = builder.build();
            Dql dql = new Dql().with("d", "[{\"_id\":\"kept\"}]").with("c", "[{\"_id\":\"1\",\"a\":\"x\"}]");
            assertThat(plan(dql, text, arguments)).as(text).isEqualTo(plan(dql, text, OracleStore.ARGUMENTS));
            Statement statement = Statement.prepare(text, StatementOptions.FLEXIBLE);
            try (Result result = statement.execute((Target) dql.store, arguments, new Budget())) {
                result.rest();
                compared++;
            } catch (IbidException refused) {
                assertThat(refused.code()).as(text).isNotEqualTo(ErrorCode.QUERY_INVALID);
            }
            assertThat(dql.store.documents("d")).as(text).hasSize(1);
            if (statement.isReadOnly()) {
                assertThat(dql.store.documents("c")).as(text).hasSize(1);
            }
        }
        assertThat(compared).isGreaterThan(TEXTS / 50);
    }

    /** What a statement does: its operators but those that find and order documents, whose ways may follow the values. */
    private static List<String> plan(Dql dql, String text, Value.Struct arguments) {
        try (Result result = Statement.prepare("EXPLAIN " + text, StatementOptions.FLEXIBLE)
                .execute((Source) dql.store, arguments, new Budget())) {
            List<String> operators = new ArrayList<>();
            collect(result.rest().getFirst().value().get("plan"), operators);
            return operators;
        }
    }

    private static void collect(Value node, List<String> operators) {
        if (!(node instanceof Value.Struct operator)) {
            return;
        }
        Value.Struct.Builder itself = Value.Struct.builder();
        for (int i = 0; i < operator.size(); i++) {
            if (operator.name(i).equals("children") && operator.value(i) instanceof Value.Array children) {
                children.elements().forEach(child -> collect(child, operators));
            } else if (!operator.name(i).equals("#estimatedRows")) {
                itself.put(operator.name(i), operator.value(i));
            }
        }
        if (operator.get("#operator") instanceof Value.Text name && !WAYS.contains(name.value())) {
            operators.add(Json.write(itself.build()));
        }
    }
}
