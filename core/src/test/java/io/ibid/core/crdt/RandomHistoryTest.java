package io.ibid.core.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.error.Ablation;
import org.junit.jupiter.api.Test;

/**
 * Random histories of three to five replicas. After every step each replica must show what the oracle says, and whoever has equal
 * vectors must have equal states; at the end everybody agrees. {@code -Dibid.long=true} runs ten times as many.
 */
class RandomHistoryTest {

    static final int SCALE = Boolean.getBoolean("ibid.long") ? 10 : 1;

    static World run(long seed, Ablation ablation, World.Action favourite) {
        World world = new World(seed, ablation, 3 + (int) (seed % 3));
        world.runRandomHistory(favourite);
        return world;
    }

    @Test
    void replicas_show_what_the_events_they_know_mean_and_converge() {
        int reads = 0;
        int anomalies = 0;
        int refusals = 0;
        int histories = 3_000 * SCALE;
        long start = System.nanoTime();
        for (int seed = 0; seed < histories; seed++) {
            World.Action favourite = World.Action.values()[seed % World.Action.values().length];
            World world = run(seed, Ablation.NONE, favourite);
            assertThat(world.violations)
                    .as("seed %d, favourite %s", seed, favourite)
                    .isEmpty();
            reads += world.oracle.counterReads;
            anomalies += world.oracle.anomalies;
            refusals += world.refusals;
        }
        if (SCALE > 1) {
            System.out.printf(
                    "%d histories in %d ms, 0 violations; %d counter reads, %d with the accepted anomaly; %d deltas refused%n",
                    histories, (System.nanoTime() - start) / 1_000_000, reads, anomalies, refusals);
        }
        assertThat(anomalies)
                .as("the accepted anomaly is met, or the histories are too tame")
                .isPositive();
        assertThat(refusals).as("floors are met, or the histories are too tame").isPositive();
    }
}
