package io.ibid.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.error.Ablation;
import org.junit.jupiter.api.Test;

class WorldTest {
    @Test
    void peers_converge() {
        int from = Integer.getInteger("ibid.seed", 0);
        int count = Integer.getInteger("ibid.seeds", 20);
        for (int seed = from; seed < from + count; seed++) {
            World.Report report = World.run(seed, 0, Ablation.NONE);
            System.out.println(report);
            if (report.violation() != null) {
                report.trace().forEach(System.out::println);
                report.violation().printStackTrace();
            }
            assertThat(report.violation()).isNull();
        }
    }
}
