package io.ibid.core.error;

import java.util.EnumSet;
import java.util.Set;

/**
 * Switches that each remove one rule of the design on purpose. Production runs with {@link #NONE}; only the simulation and tests
 * may name another set. The suite must fail while any switch is on: that is the test of the tests (docs/verification.md).
 */
public record Ablation(Set<Switch> switches) {

    public static final Ablation NONE = new Ablation(EnumSet.noneOf(Switch.class));

    public static Ablation of(Switch only) {
        return new Ablation(EnumSet.of(only));
    }

    public boolean has(Switch rule) {
        return switches.contains(rule);
    }

    /** One removed rule each; the lower-case name is what the command line takes. */
    public enum Switch {
        /** Drops losing concurrent siblings at merge. */
        LWWDROP,
        /** Applies deltas without the floor check. */
        NOFLOOR,
        /** Drops field tombstones without remembering them. */
        NOREAP,
        /** Keeps the actor after EVICT. */
        AMNESIA,
        /** A first INCREMENT opens a fresh epoch instead of the zero epoch. */
        NOZERO,
        /** Removals do not remember the counter epoch they saw. */
        NOMEM,
        /** UPDATE writes EXIST. */
        EXISTUPD,
        /** INSERT over a hidden husk keeps the husk's cells. */
        HIDEINSERT,
        /** INITIAL writes with a fresh dot. */
        INITDOT,
        /** INITIAL is written over a local tombstone. */
        INITUNDEL,
        /** INITIAL counters of value 0 open their own epoch. */
        INITZERO,
        /** One slot per path, whatever the type. */
        ONETYPE,
        /** The type that arrived last is shown, not the one with the greatest dot. */
        ARRIVAL,
        /** Chunks become visible as they come, without waiting for their CUT. */
        PROGRESSIVE,
        /** A unit is applied in two commits. */
        HALFUNIT,
        /** Sessions read the head instead of the published snapshot. */
        EARLYSEND,
        /** ACK before the sync to disk. */
        EARLYACK,
        /** The resume token is written before its data. */
        TOKENAHEAD,
        /** Evicted documents are not told to suppliers. */
        NOFORGET,
        /** Documents that stop matching are not sent. */
        NODEPART,
        /** After an absence nobody is asked what he holds. */
        NOHELD,
        /** A supplier's filter that opens does not bring back what it kept away. */
        NOTAG,
        /** Scopes are ignored. */
        NOSCOPE,
        /** What a partner is behind on is sent to it whatever the scope says. */
        ECHOLEAK,
        /** The stored lease of the clock is ignored at start. */
        NOLEASE,
        /** The ACK of a unit without news does not wait until what it was compared with is durable. */
        SAMEACK,
        /** Observers see the head instead of the published snapshot. */
        OBSEARLY,
        /** Suppliers send without regard to credit. */
        NOCREDIT,
        /** First contacts compare how many documents there are, not which. */
        RECONCOUNT,
        /** A restored or copied folder keeps its store id. */
        NOCOPY,
        /** The commit chain is not compared when a partner resumes. */
        NOCHAIN
    }
}
