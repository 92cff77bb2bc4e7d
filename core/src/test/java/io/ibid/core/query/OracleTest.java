package io.ibid.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.error.IbidException;
import io.ibid.core.query.function.Function;
import io.ibid.core.query.function.Functions;
import io.ibid.core.query.syntax.Command;
import io.ibid.core.value.Value;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The engine and the naive evaluator give the same rows for generated SELECTs over generated documents, whatever indexes there are and
 * whatever is made of them.
 */
class OracleTest {
    private static final int CASES = Boolean.getBoolean("ibid.long") ? 5_000_000 : 70_000;
    private static final int LEAST = 100;
    /** What the parser's tree does not keep. */
    private static final List<String> SPELLINGS = List.of(
            "TRIM form",
            "POSITION form",
            "cast with a text",
            "function in upper case",
            "function with a format",
            "block comment",
            "line comment",
            "trailing semicolon",
            "keyword in lower case",
            "keyword in mixed case",
            "qualified path",
            "hexadecimal number",
            "exponent",
            "text in double quotes",
            "escape in a text",
            "directive to the end of the line",
            "directive behind SELECT",
            "SELECT without FROM",
            "namespace default",
            "name in backticks");

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void engine_and_oracle_agree() {
        Coverage coverage = new Coverage();
        int answered = 0;
        long rows = 0;
        for (OracleCase each : OracleCase.all(0, CASES)) {
            Answers expected = each.expected();
            List<Value.Struct> actual;
            try {
                actual = each.actual();
            } catch (IbidException refused) {
                assertThat(expected)
                        .as("%s is refused: %s", each, refused.getMessage())
                        .isNull();
                continue;
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError(each.toString(), broken);
            }
            if (expected != null && !expected.allow(actual)) {
                assertThat(actual).as("%s by %s", each, each.plan()).isEqualTo(expected.first());
            }
            answered++;
            rows += actual.size();
            coverage.add(each.command());
            coverage.add(each.plan());
            each.writer().spellings().forEach(coverage::count);
        }
        assertThat(answered).isGreaterThan(CASES * 9 / 10);
        assertThat(rows).isGreaterThan(CASES);
        coverage.requireEach(required(), LEAST);
    }

    /** Nodes that the binder makes; the coverage is counted before it. */
    private static final List<String> BOUND =
            List.of("AggregateValue", "Field", "GroupKey", "Unqualified", "Variable", "WholeDocument");

    /** What only observers have. */
    private static final List<String> OBSERVED = List.of("Projector.Identified");

    /** What only mutations have, which {@link MutationOracleTest} runs. */
    static final List<String> OF_MUTATIONS = List.of("Plan.Given", "Plan.IndexScan.once true");

    private static NavigableSet<String> required() {
        NavigableSet<String> required = new TreeSet<>();
        required.addAll(Coverage.possible(Command.Select.class));
        required.addAll(Coverage.possible(Plan.class));
        for (List<String> elsewhere : List.of(BOUND, OBSERVED, OF_MUTATIONS, JoinOracleTest.COVERED)) {
            assertThat(required).containsAll(elsewhere);
            elsewhere.forEach(required::remove);
        }
        required.addAll(SPELLINGS);
        for (Function function : Functions.functions()) {
            required.add("function " + function.name());
        }
        return required;
    }
}
