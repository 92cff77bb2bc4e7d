package io.ibid.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RoundsTest {

    @Test
    void sides_take_turns_and_the_first_one_rotates() throws IOException, InterruptedException {
        List<String> turns = new ArrayList<>();
        Rounds.take(2, 1, Better.LOWER, List.of(side("a", turns), side("b", turns)), 0);
        assertThat(turns).containsExactly("a", "b", "b", "a", "a", "b", "b", "a");
    }

    private static Rounds.Side side(String name, List<String> turns) {
        return round -> {
            turns.add(name);
            return 1;
        };
    }

    @Test
    void the_figure_is_the_median_of_the_ratios_of_each_round() throws IOException, InterruptedException {
        double[] ours = {9, 9, 10, 20, 30};
        double[] reference = {9, 9, 10, 10, 10};
        Measurement line = Rounds.take(3, 1, Better.HIGHER, List.of(round -> ours[round], round -> reference[round]), 0)
                .compare("a/b", "c", 1, "x", Better.HIGHER, 2.0);
        assertThat(line.ratio()).isEqualTo(2);
        assertThat(line.ratioMin()).isEqualTo(1);
        assertThat(line.ratioMax()).isEqualTo(3);
        assertThat(line.value()).isEqualTo(20);
        assertThat(line.met()).isTrue();
    }

    @Test
    void slices_of_a_round_are_averaged_as_equal_pieces_of_work() throws IOException, InterruptedException {
        double[] rates = {1, 1, 1, 1, 10, 30};
        Rounds harmonic = Rounds.take(1, 2, Better.HIGHER, List.of(slice -> rates[slice]), 0);
        assertThat(harmonic.median(0)).isEqualTo(15);
        Rounds plain = Rounds.take(1, 2, Better.LOWER, List.of(slice -> rates[slice]), 0);
        assertThat(plain.median(0)).isEqualTo(20);
    }

    @Test
    void of_several_references_the_best_is_found() throws IOException, InterruptedException {
        Rounds rounds = Rounds.take(3, 1, Better.HIGHER, List.of(round -> 1, round -> 5, round -> 7), 0);
        assertThat(rounds.best(Better.HIGHER, 1, 2)).isEqualTo(2);
        assertThat(rounds.best(Better.LOWER, 1, 2)).isEqualTo(1);
    }
}
