package io.ibid.simulation;

import java.util.List;
import java.util.SplittableRandom;

/**
 * What happens in a world: how much is written, changed and broken. All rates are of all peers together. Immutable.
 *
 * @param tenants to how many the documents of a collection belong
 * @param documentsPerTenant in each collection
 * @param busyMs how long it goes on, before everything is mended and must become quiet and equal
 * @param indexingsPerSecond indexes created and dropped
 * @param wishesPerSecond subscriptions added and cancelled
 * @param scopesPerSecond sync scopes changed
 * @param watchPercent of the processes have an observer
 */
record Traffic(
        List<String> collections,
        int tenants,
        int documentsPerTenant,
        long busyMs,
        double writesPerSecond,
        double faultsPerSecond,
        double indexingsPerSecond,
        double wishesPerSecond,
        double scopesPerSecond,
        int powerCutPercent,
        int evictPercent,
        int deletePercent,
        int watchPercent,
        int textCharactersMax) {
    static final int TEXT_CHARACTERS_MAX = 1_600;

    /** Almost never, but not never: a rate has to be positive. */
    static final double NEVER = 1e-9;

    static Traffic draw(SplittableRandom random, int peers) {
        return new Traffic(
                List.of("a", "b", "c").subList(0, random.nextInt(1, 4)),
                random.nextInt(1, 4),
                random.nextInt(1, 4),
                random.nextLong(4_000, peers < 10 ? 12_000 : 7_000),
                random.nextDouble(5, peers < 10 ? 40 : 20),
                random.nextDouble(0.3, 3),
                random.nextDouble(0.3, peers < 10 ? 4 : 1),
                random.nextInt(3) == 0 ? random.nextDouble(0.2, 3) : NEVER,
                random.nextInt(5) == 0 ? random.nextDouble(0.1, 1) : NEVER,
                random.nextInt(0, 100),
                random.nextInt(0, 8),
                random.nextBoolean() ? 10 : 0,
                random.nextInt(4) == 0 ? 50 : 0,
                TEXT_CHARACTERS_MAX);
    }

    int documents() {
        return collections.size() * tenants * documentsPerTenant;
    }
}
