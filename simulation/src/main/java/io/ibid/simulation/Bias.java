package io.ibid.simulation;

import io.ibid.core.error.Ablation;
import io.ibid.core.error.Ablation.Switch;
import io.ibid.simulation.Population.Spread;
import java.util.SplittableRandom;

/**
 * Worlds in which a rule that is left out is soon missed: small, so that everything meets everything, and with much of what the rule is about.
 * Confined to one plan.
 */
final class Bias {
    private final SplittableRandom random;
    private final int count;
    private Shape shape = Shape.RANDOM;
    private Spread spread = Spread.EQUAL;
    private double faultsPerSecond;
    private double wishesPerSecond = Traffic.NEVER;
    private double scopesPerSecond = Traffic.NEVER;
    private int powerCutPercent;
    private int evictPercent;
    private int deletePercent = 10;
    private int watchPercent;
    private boolean hasSlowDisks;
    private boolean hasLittleCredit;
    private int textCharactersMax = Traffic.TEXT_CHARACTERS_MAX;

    private Bias(SplittableRandom random, int peers) {
        this.random = random;
        this.count = peers > 0 ? peers : random.nextInt(3, 7);
        this.faultsPerSecond = random.nextDouble(0.3, 3);
        this.powerCutPercent = random.nextInt(0, 100);
        this.evictPercent = random.nextInt(3, 8);
    }

    /**
     * The world of a seed in which certain rules matter.
     *
     * @param rules those
     * @param ablation those to leave out
     */
    static WorldPlan plan(long seed, int peers, Ablation rules, Ablation ablation) {
        Bias bias = new Bias(new SplittableRandom(seed * 31 + 17), peers);
        rules.switches().forEach(bias::favour);
        return bias.plan(seed, ablation);
    }

    private void favour(Switch rule) {
        switch (rule) {
            case NODEPART, NOHELD -> {
                shape = random.nextBoolean() ? Shape.STAR : Shape.TREE;
                spread = Spread.SHRINKING;
                evictPercent = 0;
                deletePercent = 0;
            }
            case NOTAG, NOSCOPE, ECHOLEAK -> scopesPerSecond = random.nextDouble(0.5, 3);
            case NOLEASE -> {
                faultsPerSecond = random.nextDouble(4, 8);
                powerCutPercent = 0;
            }
            case SAMEACK -> {
                shape = Shape.FULL_MESH;
                hasSlowDisks = true;
                powerCutPercent = 100;
                faultsPerSecond = random.nextDouble(3, 6);
                evictPercent = 0;
            }
            case OBSEARLY -> {
                watchPercent = 100;
                hasSlowDisks = true;
            }
            case NOCREDIT -> {
                hasLittleCredit = true;
                textCharactersMax = 60_000;
            }
            default -> {
                // What worlds do anyway is enough.
            }
        }
    }

    private WorldPlan plan(long seed, Ablation ablation) {
        Traffic drawn = Traffic.draw(random, count);
        Traffic traffic = new Traffic(
                drawn.collections(),
                drawn.tenants(),
                drawn.documentsPerTenant(),
                drawn.busyMs(),
                drawn.writesPerSecond(),
                faultsPerSecond,
                Traffic.NEVER,
                wishesPerSecond,
                scopesPerSecond,
                powerCutPercent,
                evictPercent,
                deletePercent,
                watchPercent,
                textCharactersMax);
        Population population = Population.of(random, count, shape, spread, traffic.collections(), traffic.tenants());
        Machine machine = Machine.draw(random);
        return new WorldPlan(
                seed,
                ablation,
                population,
                new Machine(
                        machine.latencyUsMax(),
                        machine.workUsMax(),
                        hasSlowDisks ? 200_000 : machine.syncUsMax(),
                        machine.bytesPerSecond(),
                        machine.clockSkewMsMax(),
                        hasLittleCredit ? 1_024 : machine.creditBytes(),
                        machine.stagedBytesInMemoryMax(),
                        machine.unitBytesMax()),
                traffic);
    }
}
