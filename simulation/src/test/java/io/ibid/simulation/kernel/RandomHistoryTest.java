package io.ibid.simulation.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.error.Ablation;
import org.junit.jupiter.api.Test;

/**
 * Random histories of three to five replicas. After every step each replica must show what the oracle says, and whoever has equal
 * vectors must have equal states; at the end everybody agrees. {@code -Dibid.long=true} runs ten times as many.
 */
class RandomHistoryTest {

    static final int SCALE = Boolean.getBoolean("ibid.long") ? 10 : 1;

    @Test
    void replicas_show_what_the_events_they_know_mean_and_converge() {
        int reads = 0;
        int anomalies = 0;
        int refusals = 0;
        int histories = 3_000 * SCALE;
        long start = System.nanoTime();
        for (int seed = 0; seed < histories; seed++) {
            History history = Histories.run(seed, Ablation.NONE);
            assertThat(history.violations).as("seed %d", seed).isEmpty();
            reads += history.oracle.counterReads;
            anomalies += history.oracle.anomalies;
            refusals += history.refusals;
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
