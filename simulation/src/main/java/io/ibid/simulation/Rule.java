package io.ibid.simulation;

import io.ibid.core.error.Ablation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules of the design that can be left out to see whether the worlds notice, by the promise that should fall first. */
public enum Rule {
    LWWDROP(Promise.DOCUMENTS),
    NOREAP(Promise.DOCUMENTS),
    NOZERO(Promise.DOCUMENTS),
    NOMEM(Promise.DOCUMENTS),
    EXISTUPD(Promise.DOCUMENTS),
    HIDEINSERT(Promise.DOCUMENTS),
    INITDOT(Promise.DOCUMENTS),
    INITUNDEL(Promise.DOCUMENTS),
    INITZERO(Promise.DOCUMENTS),
    ONETYPE(Promise.DOCUMENTS),
    ARRIVAL(Promise.DOCUMENTS),
    PROGRESSIVE(Promise.ORDER),
    NOFLOOR(Promise.ORDER),
    NODEPART(Promise.ORDER),
    SPLITBACKFILL(Promise.ORDER, "a new subscription has no lane of its own here"),
    AMNESIA(Promise.ORDER),
    NOTAG(Promise.ORDER, "no world leads there any more since peers compare what they have"),
    TAGCUT(Promise.ORDER, "nothing that was staged outlives its session here"),
    NEEDLOST(Promise.ORDER, "nothing that was staged outlives its session here"),
    PROGLANE(Promise.ORDER, "a new subscription has no lane of its own here"),
    PROGMULTI(Promise.ORDER, "a new subscription has no lane of its own here"),
    DIRTYCUT(Promise.ORDER, "a new subscription has no lane of its own here"),
    SPLITLANE(Promise.ORDER, "a new subscription has no lane of its own here"),
    HALFUNIT(Promise.WHOLE),
    OBSEARLY(Promise.WHOLE),
    NOECHO(Promise.AGREEMENT, "no world leads there yet"),
    ECHOMEM(Promise.AGREEMENT, "no world leads there yet"),
    OLDTOKEN(Promise.AGREEMENT, "no world leads there yet"),
    NOANCHOR(Promise.AGREEMENT, "no world leads there yet"),
    ANCHORACK(Promise.AGREEMENT, "no world leads there yet"),
    NOFORGET(Promise.AGREEMENT),
    NOHELD(Promise.AGREEMENT),
    LAZYLOST(Promise.AGREEMENT, "all links are eager here"),
    RECONCOUNT(Promise.AGREEMENT, "no world leads there yet"),
    TOKENAHEAD(Promise.TOKENS),
    NOCHAIN(Promise.TOKENS, "simulated folders are never put back to an older state"),
    NOLEASE(Promise.DOTS),
    NOCOPY(Promise.DOTS, "simulated folders are never copied"),
    EARLYSEND(Promise.DURABLE),
    EARLYACK(Promise.DURABLE),
    SAMEACK(Promise.DURABLE),
    ECHOLEAK(Promise.FORBIDDEN),
    NOSCOPE(Promise.FORBIDDEN),
    NOPERM(Promise.FORBIDDEN, "peers have no permissions here"),
    NOWRITE(Promise.FORBIDDEN, "peers have no permissions here"),
    NOREVOKE(Promise.FORBIDDEN, "peers have no permissions here"),
    NOCREDIT(Promise.BOUNDS),
    NOLIMIT(Promise.BOUNDS, "simulated links carry only what peers write"),
    BADDOT(Promise.BOUNDS, "simulated links carry only what peers write"),
    APPLYCLOCK(Promise.REPLICAS, "the server has no log here");

    /** What is promised, with the names of the invariants. */
    private enum Promise {
        DOCUMENTS("I1, I13 and the tables of documents"),
        ORDER("I2"),
        WHOLE("I3, I-OBS"),
        AGREEMENT("I4, I5"),
        TOKENS("I6"),
        DOTS("I7"),
        DURABLE("I8, I9"),
        FORBIDDEN("I10"),
        BOUNDS("I11, I12"),
        REPLICAS("I14");

        private final String invariants;

        Promise(String invariants) {
            this.invariants = invariants;
        }
    }

    private final Promise promise;
    private final @Nullable String obstacle;

    Rule(Promise promise) {
        this(promise, null);
    }

    Rule(Promise promise, @Nullable String obstacle) {
        this.promise = promise;
        this.obstacle = obstacle;
    }

    /** The name that the command line takes. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The rule of a name. */
    public static Optional<Rule> of(String text) {
        return Arrays.stream(values()).filter(rule -> rule.text().equals(text)).findFirst();
    }

    /** Why it cannot be left out; null when it can. */
    public @Nullable String obstacle() {
        return obstacle;
    }

    /** The switch that leaves it out. */
    public Ablation ablation() {
        return Ablation.of(Ablation.Switch.valueOf(name()));
    }

    /** All rules in lines of invariants and names. */
    public static List<String> table() {
        return Arrays.stream(Promise.values())
                .map(promise -> String.format(
                        Locale.ROOT,
                        "%-36s%s",
                        promise.invariants,
                        String.join(
                                ", ",
                                Arrays.stream(values())
                                        .filter(rule ->
                                                rule.promise == promise || (rule == AMNESIA && promise == Promise.DOTS))
                                        .map(Rule::text)
                                        .toList())))
                .toList();
    }
}
