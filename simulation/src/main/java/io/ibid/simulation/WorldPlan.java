package io.ibid.simulation;

import io.ibid.core.error.Ablation;
import java.util.Collections;
import java.util.SortedSet;
import java.util.SplittableRandom;

/**
 * What one seed makes of a world. Each seed draws everything anew, so that many seeds together meet what no plan would have thought of.
 * Immutable.
 *
 * @param ablation rules to leave out
 * @param stepsMax how many things happen at most
 * @param absent peers that never come, to see whether it goes wrong without them too
 */
record WorldPlan(
        long seed,
        Ablation ablation,
        Population population,
        Machine machine,
        Traffic traffic,
        long stepsMax,
        SortedSet<Integer> absent) {

    /** A world in which everything happens that is planned. */
    WorldPlan(long seed, Ablation ablation, Population population, Machine machine, Traffic traffic) {
        this(seed, ablation, population, machine, traffic, Long.MAX_VALUE, Collections.emptySortedSet());
    }

    /** The same world, with less in it. */
    WorldPlan only(long steps, SortedSet<Integer> without) {
        return new WorldPlan(seed, ablation, population, machine, traffic, steps, without);
    }

    /**
     * The world of a seed.
     *
     * @param peers how many; 0: 10 to 30, and now and then only 3 to 9
     */
    static WorldPlan of(long seed, int peers, Ablation ablation) {
        if (!ablation.switches().isEmpty()) {
            return Bias.plan(seed, peers, ablation, ablation);
        }
        SplittableRandom random = new SplittableRandom(seed * 31 + 17);
        int drawn = random.nextInt(3) == 0 ? random.nextInt(3, 10) : random.nextInt(10, 31);
        int count = peers > 0 ? peers : drawn;
        Traffic traffic = Traffic.draw(random, count);
        Population population = Population.draw(random, count, traffic.collections(), traffic.tenants());
        return new WorldPlan(seed, ablation, population, Machine.draw(random), traffic);
    }

    int peers() {
        return population.size();
    }
}
