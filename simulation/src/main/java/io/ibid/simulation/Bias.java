package io.ibid.simulation;

import io.ibid.core.error.Ablation;
import java.util.SplittableRandom;

/** Worlds in which a rule that is left out is soon missed: small, so that everything meets everything. */
final class Bias {

    private Bias() {}

    static WorldPlan plan(long seed, int peers, Ablation ablation) {
        SplittableRandom random = new SplittableRandom(seed * 31 + 17);
        int count = peers > 0 ? peers : random.nextInt(3, 7);
        Traffic drawn = Traffic.draw(random, count);
        Traffic traffic = new Traffic(
                drawn.collections(),
                drawn.tenants(),
                drawn.documentsPerTenant(),
                drawn.busyMs(),
                drawn.writesPerSecond(),
                drawn.faultsPerSecond(),
                Traffic.NEVER,
                Traffic.NEVER,
                Traffic.NEVER,
                drawn.powerCutPercent(),
                random.nextInt(3, 8),
                10);
        Population population = Population.of(
                random, count, Shape.RANDOM, Population.Spread.EQUAL, traffic.collections(), traffic.tenants());
        return new WorldPlan(seed, ablation, population, Machine.draw(random), traffic);
    }
}
