package io.ibid.simulation.kernel;

import io.ibid.core.error.Ablation;
import io.ibid.core.error.Ablation.Switch;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Random histories by their seeds. Stateless. */
public final class Histories {
    private static final int REPLICAS_MIN = 3;

    /** The rules of the kernel, and what makes each matter often. */
    private static final Map<Switch, History.Action> FAVOURITES =
            Collections.unmodifiableMap(new EnumMap<>(Map.ofEntries(
                    Map.entry(Switch.LWWDROP, History.Action.TRANSACTION),
                    Map.entry(Switch.NOFLOOR, History.Action.SEND),
                    Map.entry(Switch.NOREAP, History.Action.REAP),
                    Map.entry(Switch.AMNESIA, History.Action.EVICT),
                    Map.entry(Switch.NOZERO, History.Action.TRANSACTION),
                    Map.entry(Switch.NOMEM, History.Action.TRANSACTION),
                    Map.entry(Switch.EXISTUPD, History.Action.INITIAL),
                    Map.entry(Switch.HIDEINSERT, History.Action.EVICT),
                    Map.entry(Switch.INITDOT, History.Action.INITIAL),
                    Map.entry(Switch.INITUNDEL, History.Action.INITIAL),
                    Map.entry(Switch.INITZERO, History.Action.INITIAL),
                    Map.entry(Switch.ONETYPE, History.Action.TRANSACTION),
                    Map.entry(Switch.ARRIVAL, History.Action.TRANSACTION))));

    private Histories() {}

    /** The rules whose absence shows in a single document. */
    public static Set<Switch> rules() {
        return FAVOURITES.keySet();
    }

    /**
     * Runs the histories of a range of seeds, until one breaks a rule.
     *
     * @return what did not hold, with its seed; null when all did
     */
    public static @Nullable String violation(long from, int count, Ablation ablation) {
        for (long seed = from; seed < from + count; seed++) {
            History history = run(seed, ablation);
            if (!history.violations.isEmpty()) {
                return "kernel history " + seed + ": " + history.violations.getFirst();
            }
        }
        return null;
    }

    /** The history of a seed: three to five replicas, and each time something else five times as often as usual. */
    static History run(long seed, Ablation ablation) {
        History history = new History(seed, ablation, REPLICAS_MIN + (int) Math.floorMod(seed, 3L));
        history.runRandomHistory(favourite(seed, ablation));
        return history;
    }

    private static History.Action favourite(long seed, Ablation ablation) {
        History.Action[] actions = History.Action.values();
        return ablation.switches().stream()
                .filter(FAVOURITES::containsKey)
                .map(FAVOURITES::get)
                .findFirst()
                .orElse(actions[(int) Math.floorMod(seed, (long) actions.length)]);
    }
}
