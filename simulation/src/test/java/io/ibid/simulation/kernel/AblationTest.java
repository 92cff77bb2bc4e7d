package io.ibid.simulation.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.error.Ablation;
import io.ibid.core.error.Ablation.Switch;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The tests of the tests: with any rule of the kernel removed, the histories above must find it out. */
class AblationTest {

    @Test
    void every_switch_of_the_kernel_has_a_pinned_history() {
        assertThat(Arrays.stream(PinnedHistory.values()).map(history -> history.rule))
                .containsExactlyInAnyOrderElementsOf(Histories.rules());
    }

    @ParameterizedTest
    @EnumSource
    void a_pinned_history_is_right_with_all_rules_and_wrong_without_its_own(PinnedHistory history) {
        assertThat(history.play(Ablation.NONE).violations).isEmpty();
        assertThat(history.play(Ablation.of(history.rule)).violations).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.ibid.simulation.kernel.Histories#rules")
    void random_histories_find_out_that_a_rule_is_missing(Switch rule) {
        assertThat(Histories.violation(0, 1_000, Ablation.of(rule))).isNotNull();
    }
}
