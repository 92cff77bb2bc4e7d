package io.ibid.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.value.Value;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A test of the oracle: mistakes such as a planner, an executor or an index could make are each found by it. */
@Timeout(120)
class PlantedFaultTest {
    private static final int CASES_MAX = 30_000;

    @ParameterizedTest
    @EnumSource(PlanFault.class)
    void a_mistake_of_the_planner_is_found(PlanFault fault) {
        assertThat(isFound(UnaryOperator.identity(), fault::in)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(SourceFault.class)
    void a_mistake_of_the_indexes_is_found(SourceFault fault) {
        assertThat(isFound(fault::in, UnaryOperator.identity())).isTrue();
    }

    private static boolean isFound(UnaryOperator<Source> source, UnaryOperator<Plan> plan) {
        for (OracleCase each : OracleCase.all(0, CASES_MAX)) {
            Answers expected = each.expected();
            if (expected != null && !holds(each, expected, source, plan)) {
                // Without the mistake the same case has to be right.
                assertThat(holds(each, expected, UnaryOperator.identity(), UnaryOperator.identity()))
                        .as(each.toString())
                        .isTrue();
                return true;
            }
        }
        return false;
    }

    private static boolean holds(
            OracleCase each, Answers expected, UnaryOperator<Source> source, UnaryOperator<Plan> plan) {
        @Nullable List<Value.Struct> actual;
        try {
            actual = each.actual(source.apply(each.store()), plan);
        } catch (AssertionError broken) { // the engine has noticed it by itself
            return false;
        }
        return expected.allow(actual);
    }
}
