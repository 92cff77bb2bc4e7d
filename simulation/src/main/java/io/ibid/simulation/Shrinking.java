package io.ibid.simulation;

import io.ibid.core.error.Ablation;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the small world in a large one that goes wrong: as few steps as possible, then without each peer that is not needed for it. */
public final class Shrinking {

    private Shrinking() {}

    /**
     * Shrinks the world of a seed as long as the same invariant falls, and runs what is left.
     *
     * @param trace gets the legend and every line of the last run
     * @return null when nothing goes wrong
     */
    public static World.@Nullable Report shrink(long seed, int peers, Ablation ablation, Consumer<String> trace) {
        WorldPlan whole = WorldPlan.of(seed, peers, ablation);
        World.Report first = World.run(whole);
        Violation violation = first.violation();
        if (violation == null) {
            return null;
        }
        String invariant = violation.invariant();
        SortedSet<Integer> absent = new TreeSet<>();
        long steps = fewest(whole, absent, first.steps(), invariant);
        for (int peer = whole.peers() - 1; peer >= 0; peer--) {
            SortedSet<Integer> fewer = new TreeSet<>(absent);
            fewer.add(peer);
            if (isWrong(whole.only(steps, fewer), invariant)) {
                absent = fewer;
            }
        }
        steps = fewest(whole, absent, steps, invariant);
        trace.accept("# only the first " + steps + " steps, and without the peers " + absent);
        return World.run(whole.only(steps, absent), trace);
    }

    /** Where more steps are right and fewer wrong as well, some such number. */
    private static long fewest(WorldPlan plan, SortedSet<Integer> absent, long enough, String invariant) {
        long tooFew = -1;
        long wrong = enough;
        while (wrong - tooFew > 1) {
            long middle = (tooFew + wrong) / 2;
            if (isWrong(plan.only(middle, absent), invariant)) {
                wrong = middle;
            } else {
                tooFew = middle;
            }
        }
        return wrong;
    }

    private static boolean isWrong(WorldPlan plan, String invariant) {
        Violation violation = World.run(plan).violation();
        return violation != null && violation.invariant().equals(invariant);
    }
}
