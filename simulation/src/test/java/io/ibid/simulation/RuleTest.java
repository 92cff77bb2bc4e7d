package io.ibid.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.ibid.core.error.Ablation;
import io.ibid.simulation.kernel.Histories;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** The tests of the tests: a world in which one rule is left out must be found out, and only because it is left out. */
class RuleTest {
    private static final int SEEDS = 100;

    @BeforeAll
    static void be_quiet() {
        ((Logger) LoggerFactory.getLogger("io.ibid")).setLevel(Level.OFF);
    }

    /** Those that the histories of single documents find out have their own test. */
    static Stream<Rule> rules() {
        return Arrays.stream(Rule.values())
                .filter(rule -> rule.obstacle() == null)
                .filter(rule -> rule == Rule.NOFLOOR
                        || rule == Rule.AMNESIA
                        || rule == Rule.LWWDROP
                        || !Histories.rules().contains(Ablation.Switch.valueOf(rule.name())));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void a_missing_rule_is_found_within_a_hundred_seeds(Rule rule) {
        assertThat(firstWrong(rule, rule.ablation())).isNotNull();
    }

    /** Else it would be the world that is wrong, and not what is missing in it. */
    @ParameterizedTest
    @MethodSource("rules")
    void the_same_worlds_with_the_rule_keep_every_promise(Rule rule) {
        World.Report wrong = firstWrong(rule, rule.ablation());
        if (wrong != null) {
            assertThat(World.run(Bias.plan(wrong.seed(), 0, rule.ablation(), Ablation.NONE))
                            .violation())
                    .isNull();
        }
    }

    private static World.Report firstWrong(Rule rule, Ablation ablation) {
        World.Report[] found = new World.Report[1];
        Worlds.inOrder(0, SEEDS - 1, seed -> World.run(Bias.plan(seed, 0, rule.ablation(), ablation)), report -> {
            found[0] = report.violation() == null ? null : report;
            return report.violation() == null;
        });
        return found[0];
    }

    @Test
    void every_switch_is_a_rule_and_what_can_be_left_out_has_a_switch() {
        List<String> switches =
                Arrays.stream(Ablation.Switch.values()).map(Enum::name).toList();
        assertThat(Arrays.stream(Rule.values()).map(Enum::name)).containsAll(switches);
        assertThat(Arrays.stream(Rule.values())
                        .filter(rule -> rule.obstacle() == null)
                        .map(Enum::name))
                .isSubsetOf(switches);
    }
}
