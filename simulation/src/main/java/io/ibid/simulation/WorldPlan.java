package io.ibid.simulation;

import io.ibid.core.error.Ablation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * What one seed makes of a world: how many peers, who dials whom, how much is written and how much goes wrong. Each seed draws
 * everything anew, so that many seeds together meet what no plan would have thought of. Immutable.
 *
 * @param dials per peer the numbers of the peers it dials; together they connect everybody
 * @param servers per peer whether it takes everything as a server does; the others subscribe to all collections
 * @param busyMs how long is written and broken, before everything is mended and must become quiet and equal
 * @param writesPerSecond of all peers together
 * @param faultsPerSecond likewise
 * @param indexingsPerSecond indexes created and dropped, likewise
 */
record WorldPlan(
        long seed,
        Ablation ablation,
        List<List<Integer>> dials,
        List<Boolean> servers,
        List<String> collections,
        int documentsPerCollection,
        long busyMs,
        double writesPerSecond,
        double faultsPerSecond,
        double indexingsPerSecond,
        int powerCutPercent,
        int evictPercent,
        long latencyUsMax,
        long workUsMax,
        long syncUsMax,
        long clockSkewMsMax,
        long creditBytes,
        long stagedBytesInMemoryMax,
        long unitBytesMax) {

    /**
     * The world of a seed.
     *
     * @param peers how many; 0: 3 to 10
     */
    static WorldPlan of(long seed, int peers, Ablation ablation) {
        SplittableRandom random = new SplittableRandom(seed * 31 + 17);
        int count = peers > 0 ? peers : random.nextInt(3, random.nextInt(4) == 0 ? 11 : 7);
        boolean isBroken = !ablation.switches().isEmpty();
        return new WorldPlan(
                seed,
                ablation,
                dials(random, count),
                servers(random, count),
                List.of("a", "b", "c").subList(0, random.nextInt(1, 4)),
                random.nextInt(2, 7),
                random.nextLong(4_000, 12_000),
                random.nextDouble(5, 40),
                random.nextDouble(0.3, 3),
                isBroken ? 0.01 : random.nextDouble(0.3, 4),
                random.nextInt(0, 100),
                random.nextInt(isBroken ? 3 : 0, 8),
                random.nextLong(500, random.nextInt(3) == 0 ? 200_000 : 5_000),
                random.nextLong(50, 2_000),
                random.nextLong(100, random.nextInt(3) == 0 ? 100_000 : 10_000),
                random.nextInt(3) == 0 ? random.nextLong(1, 3_600_000) : random.nextLong(1, 1_000),
                random.nextInt(3) == 0 ? 4_096 : 1 << 20,
                random.nextInt(3) == 0 ? 2_000 : 8 << 20,
                256 << 20);
    }

    private static List<Boolean> servers(SplittableRandom random, int count) {
        List<Boolean> servers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            servers.add(random.nextBoolean());
        }
        return servers;
    }

    /** A random tree, and now and then an edge more. */
    private static List<List<Integer>> dials(SplittableRandom random, int count) {
        List<TreeSet<Integer>> edges = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            edges.add(new TreeSet<>());
        }
        for (int i = 1; i < count; i++) {
            int to = random.nextInt(i);
            if (random.nextBoolean()) {
                edges.get(i).add(to);
            } else {
                edges.get(to).add(i);
            }
        }
        for (int extra = random.nextInt(count); extra > 0; extra--) {
            int from = random.nextInt(count);
            int to = random.nextInt(count);
            if (from != to) {
                edges.get(from).add(to);
            }
        }
        List<List<Integer>> dials = new ArrayList<>();
        edges.forEach(targets -> dials.add(List.copyOf(targets)));
        return dials;
    }

    int peers() {
        return dials.size();
    }
}
