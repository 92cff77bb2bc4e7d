package io.ibid.core.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.error.Ablation;
import io.ibid.core.error.Ablation.Switch;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The tests of the tests: with any rule of the kernel removed, the histories above must find it out. */
class AblationTest {

    /** What makes the rule matter often. */
    private static final Map<Switch, World.Action> FAVOURITES = new EnumMap<>(Map.ofEntries(
            Map.entry(Switch.LWWDROP, World.Action.TRANSACTION),
            Map.entry(Switch.NOFLOOR, World.Action.SEND),
            Map.entry(Switch.NOREAP, World.Action.REAP),
            Map.entry(Switch.AMNESIA, World.Action.EVICT),
            Map.entry(Switch.NOZERO, World.Action.TRANSACTION),
            Map.entry(Switch.NOMEM, World.Action.TRANSACTION),
            Map.entry(Switch.EXISTUPD, World.Action.INITIAL),
            Map.entry(Switch.HIDEINSERT, World.Action.EVICT),
            Map.entry(Switch.INITDOT, World.Action.INITIAL),
            Map.entry(Switch.INITUNDEL, World.Action.INITIAL),
            Map.entry(Switch.INITZERO, World.Action.INITIAL),
            Map.entry(Switch.ONETYPE, World.Action.TRANSACTION),
            Map.entry(Switch.ARRIVAL, World.Action.TRANSACTION)));

    static EnumSet<Switch> kernelSwitches() {
        EnumSet<Switch> switches = EnumSet.noneOf(Switch.class);
        switches.addAll(FAVOURITES.keySet());
        return switches;
    }

    @Test
    void every_switch_of_the_kernel_has_a_pinned_history() {
        assertThat(Arrays.stream(PinnedHistory.values()).map(history -> history.rule))
                .containsExactlyInAnyOrderElementsOf(kernelSwitches());
    }

    @ParameterizedTest
    @EnumSource
    void a_pinned_history_is_right_with_all_rules_and_wrong_without_its_own(PinnedHistory history) {
        assertThat(history.play(Ablation.NONE).violations).isEmpty();
        assertThat(history.play(Ablation.of(history.rule)).violations).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("kernelSwitches")
    void random_histories_find_out_that_a_rule_is_missing(Switch rule) {
        int seeds = 1_000;
        int seed = 0;
        while (seed < seeds && isRight(seed, rule)) {
            seed++;
        }
        assertThat(seed).as("seeds without any violation").isLessThan(seeds);
    }

    private static boolean isRight(int seed, Switch rule) {
        return RandomHistoryTest.run(seed, Ablation.of(rule), Objects.requireNonNull(FAVOURITES.get(rule)))
                .violations
                .isEmpty();
    }
}
