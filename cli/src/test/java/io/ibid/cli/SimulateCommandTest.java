package io.ibid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class SimulateCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    @Test
    void a_seed_is_repeated_exactly() {
        assertThat(run("simulate", "--seed", "3")).isZero();
        assertThat(run("simulate", "--seed", "3")).isZero();
        String[] lines = out.toString().split("\n", -1);
        assertThat(lines[0]).startsWith("seed 3: ").isEqualTo(lines[1]);
    }

    @Test
    void a_broken_rule_is_noticed_and_the_seed_is_told() {
        assertThat(run("simulate", "--seeds", "1..100", "--break", "halfunit")).isEqualTo(1);
        assertThat(err.toString()).startsWith("error: seed ").contains("repeat it with ./ibid simulate --seed ");
        assertThat(out.toString().lines().count()).isGreaterThan(2);
    }

    @Test
    void a_rule_of_the_kernel_is_missed_in_the_history_of_one_document() {
        assertThat(run("simulate", "--seeds", "1..100", "--break", "nozero")).isEqualTo(1);
        assertThat(err.toString()).startsWith("error: seed ").contains("kernel history");
    }

    @Test
    void the_rules_are_listed() {
        assertThat(run("simulate", "--break", "list")).isZero();
        assertThat(out.toString())
                .containsPattern("I2 +progressive, nofloor, nodepart")
                .containsPattern("I14 +applyclock\n");
    }

    @Test
    void a_rule_that_cannot_be_left_out_yet_is_refused_with_the_reason() {
        assertThat(run("simulate", "--break", "applyclock")).isEqualTo(2);
        assertThat(err.toString()).contains("applyclock").contains("the server has no log here");
    }

    @Test
    void a_world_that_goes_wrong_is_shrunk() {
        assertThat(run("simulate", "--seed", "1", "--break", "halfunit", "--shrink"))
                .isEqualTo(1);
        assertThat(out.toString()).contains("# only the first ").contains("  begin  ");
    }

    @Test
    void nonsense_is_refused() {
        assertThat(run("simulate", "--break", "everything")).isEqualTo(2);
        assertThat(run("simulate", "--seeds", "9..1")).isEqualTo(2);
        assertThat(run("simulate", "--seeds", "1-9")).isEqualTo(2);
        assertThat(run("simulate", "--seed", "1", "--seeds", "1..2")).isEqualTo(2);
        assertThat(run("simulate", "--peers", "1")).isEqualTo(2);
        assertThat(err.toString().lines()).allMatch(line -> line.startsWith("error: --"));
    }
}
