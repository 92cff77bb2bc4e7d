package io.ibid.cli.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.cli.processes.Chain.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of a server, a relay and a leaf while all three write and sync.
 *
 * <p>To know what was under way when a process died, it is stopped first ({@code kill -STOP}, at a random moment) and the cables are
 * held: writes that wait for an answer now will never get it, and the bytes of a unit that are on a cable now have been sent and never
 * arrive. Only then it is killed; what it had in memory is as lost as if the two signals were one. A moment at which nothing was under
 * way does not count and the process goes on.
 */
class KillTest {
    private static final int ROUNDS = Boolean.getBoolean("ibid.long") ? 50 : 10;
    private static final int WRITERS = 3;
    private static final int TRIES_MAX = 200;
    private static final int DELAY_MS_MAX = 12;
    private static final long SEED = Long.getLong("ibid.seed", new SplittableRandom().nextLong());

    private final SplittableRandom random = new SplittableRandom(SEED);

    @TempDir
    private Path folder;

    /** What was under way when a process was killed. */
    private record Strike(int writes, long unitBytes, int tries) {}

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void kill_9_of_any_role_loses_no_acknowledged_write_shows_no_half_transaction_and_all_agree_again(
            TestReporter reporter) throws Exception {
        List<String> collections =
                IntStream.range(0, ROUNDS).mapToObj(round -> "round" + round).toList();
        Totals totals = new Totals();
        try (Chain chain = new Chain(folder, collections)) {
            for (int round = 0; round < ROUNDS; round++) {
                round(chain, Role.values()[round % 3], collections.get(round), totals);
            }
            for (int round = 0; round < ROUNDS; round++) {
                // What was whole after its round stays so through all later kills.
                assertThat(chain.awaitAgreement(collections.get(round), 10_000).size())
                        .isEqualTo(totals.documents.get(round));
            }
        }
        reporter.publishEntry("kill -9", totals.toString());
    }

    private void round(Chain chain, Role victim, String collection, Totals totals) throws Exception {
        String name = collection + ", " + victim + ", seed " + SEED;
        chain.cables().forEach(cable -> cable.delay(DELAY_MS_MAX));
        List<HalfWatch> watches = new ArrayList<>();
        List<List<Writer>> writers = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        Strike strike;
        try {
            for (Role role : Role.values()) {
                chain.endpoint(role)
                        .require(
                                "INSERT INTO " + collection + " INITIAL DOCUMENTS ({'_id': '" + Writer.COUNTER + "'})");
                watches.add(new HalfWatch(() -> chain.endpoint(role), collection));
                writers.add(writers(chain.endpoint(role), role, collection));
            }
            writers.forEach(some ->
                    some.forEach(writer -> threads.add(Thread.ofPlatform().start(writer))));
            Thread.sleep(random.nextInt(200, 900));
            strike = strike(chain, victim, writers.get(victim.ordinal()), name);
            Thread.sleep(random.nextInt(200)); // the others go on
            writers.forEach(some -> some.forEach(Writer::stop));
            for (Thread thread : threads) {
                thread.join();
            }
            check(chain, victim, collection, strike, writers, name, totals);
        } finally {
            writers.forEach(some -> some.forEach(Writer::stop));
            for (HalfWatch watch : watches) {
                watch.end();
            }
        }
        for (HalfWatch watch : watches) {
            assertThat(watch.halves()).as("seen in part, " + name).isEmpty();
            assertThat(watch.looks()).as("looks for parts, " + name).isGreaterThan(5);
            totals.looks += watch.looks();
        }
    }

    private static void check(
            Chain chain,
            Role victim,
            String collection,
            Strike strike,
            List<List<Writer>> writers,
            String name,
            Totals totals)
            throws Exception {
        assertThat(strike.writes()).as(name).isPositive();
        assertThat(strike.unitBytes()).as(name).isPositive();
        for (Role role : Role.values()) {
            if (role != victim) {
                assertThat(writers.get(role.ordinal()))
                        .as(role + " lives, " + name)
                        .allMatch(writer -> writer.doubtful() == 0);
            }
        }
        assertThat(writers.get(victim.ordinal()).stream()
                        .mapToInt(Writer::doubtful)
                        .sum())
                .as("writes of the killed process without an answer, " + name)
                .isGreaterThanOrEqualTo(strike.writes());

        chain.start(victim);
        // Still cut off from the others, so that nobody gives it back what it lost.
        assertThat(losses(Contents.of(chain.endpoint(victim), collection), List.of(writers.get(victim.ordinal()))))
                .as("what " + victim + " lost by itself, " + name)
                .isEmpty();
        chain.cables().forEach(cable -> cable.delay(0));
        chain.cables().forEach(SlowCable::release);
        chain.cables().forEach(SlowCable::mend);
        Contents agreed = chain.awaitAgreement(collection, 30_000);
        assertThat(losses(agreed, writers)).as("what all lost, " + name).isEmpty();
        totals.add(writers, strike, agreed);
    }

    private List<Writer> writers(Endpoint endpoint, Role role, String collection) {
        return IntStream.range(0, WRITERS)
                .mapToObj(i -> new Writer(role + "-" + i, endpoint, collection, random.nextLong()))
                .toList();
    }

    /** Kills at a moment at which a write of the victim and a unit to or from it are under way. */
    private Strike strike(Chain chain, Role role, List<Writer> writers, String name) throws Exception {
        Child victim = chain.member(role);
        List<SlowCable> cables = chain.cables(role);
        for (int tries = 1; tries <= TRIES_MAX; tries++) {
            victim.freeze();
            cables.forEach(SlowCable::hold);
            long frozenNs = System.nanoTime();
            Thread.sleep(30); // answers that it had sent arrive
            int writes = (int) writers.stream()
                    .filter(writer -> writer.isWaitingSince(frozenNs))
                    .count();
            long unitBytes =
                    cables.stream().mapToLong(SlowCable::contentUnderWay).sum();
            if (writes > 0 && unitBytes > 0) {
                victim.kill();
                if (random.nextBoolean()) { // what it had sent arrives after its death
                    cables.forEach(SlowCable::release);
                    Thread.sleep(20);
                }
                chain.cables().forEach(SlowCable::cut);
                return new Strike(writes, unitBytes, tries);
            }
            cables.forEach(SlowCable::release);
            victim.thaw();
            Thread.sleep(random.nextInt(20, 60));
        }
        throw new AssertionError("never were a write and a unit under way at once: " + name);
    }

    private static List<String> losses(Contents contents, List<List<Writer>> writers) {
        List<String> losses = new ArrayList<>(contents.halves());
        int acknowledged = 0;
        int doubtful = 0;
        for (Writer writer : writers.stream().flatMap(List::stream).toList()) {
            losses.addAll(writer.losses(contents));
            acknowledged += writer.acknowledgedIncrements();
            doubtful += writer.doubtfulIncrements();
        }
        boolean isWhole = writers.size() == Role.values().length;
        if (contents.counter() < acknowledged || isWhole && contents.counter() > acknowledged + doubtful) {
            losses.add("the counter is " + contents.counter() + " after " + acknowledged
                    + " acknowledged increments and " + doubtful + " in doubt");
        }
        return losses;
    }

    /** What a run has done. */
    private static final class Totals {
        private final List<Integer> documents = new ArrayList<>();
        private final List<Strike> strikes = new ArrayList<>();
        private int acknowledged;
        private int doubtful;
        private int looks;

        void add(List<List<Writer>> writers, Strike strike, Contents agreed) {
            documents.add(agreed.size());
            strikes.add(strike);
            for (Writer writer : writers.stream().flatMap(List::stream).toList()) {
                acknowledged += writer.acknowledged();
                doubtful += writer.doubtful();
            }
        }

        @Override
        public String toString() {
            return documents.size() + " rounds, " + acknowledged + " acknowledged transactions and " + doubtful
                    + " without an answer, "
                    + documents.stream().mapToInt(Integer::intValue).sum()
                    + " documents, none lost; " + looks + " looks, none at a part; under way at each kill "
                    + strikes.stream().mapToInt(Strike::writes).min().orElse(0) + " to "
                    + strikes.stream().mapToInt(Strike::writes).max().orElse(0) + " writes, "
                    + strikes.stream().mapToLong(Strike::unitBytes).min().orElse(0) + " to "
                    + strikes.stream().mapToLong(Strike::unitBytes).max().orElse(0) + " bytes of units, after "
                    + strikes.stream().mapToInt(Strike::tries).sum() + " tries, seed " + SEED;
        }
    }
}
