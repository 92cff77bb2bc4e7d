package io.ibid.simulation.kernel;

import static io.ibid.simulation.kernel.Statement.delete;
import static io.ibid.simulation.kernel.Statement.increment;
import static io.ibid.simulation.kernel.Statement.insert;
import static io.ibid.simulation.kernel.Statement.restart;
import static io.ibid.simulation.kernel.Statement.set;
import static io.ibid.simulation.kernel.Statement.unset;
import static io.ibid.simulation.kernel.Statement.update;

import io.ibid.core.crdt.Delta;
import io.ibid.core.crdt.Known;
import io.ibid.core.error.Ablation;
import io.ibid.core.error.Ablation.Switch;
import java.util.BitSet;
import java.util.function.Consumer;

/** The smallest histories that we know of in which each rule matters: remove the rule, and the oracle objects. */
@SuppressWarnings("ImmutableEnumChecker") // the scripts have no state
enum PinnedHistory {
    A_DELETE_THAT_HAS_SEEN_ONLY_THE_WINNER_MEETS_THE_LOSER(Switch.LWWDROP, history -> {
        Replica a = history.replica(0);
        Replica b = history.replica(1);
        Replica c = history.replica(2);
        shared(history, set("x", 1));
        a.skewMs = 1_000;
        a.run(update(set("x", 2)));
        b.run(update(set("x", 3)));
        c.pull(a);
        c.run(delete());
        a.pull(b);
        a.pull(c);
        b.pull(c);
        b.pull(a);
    }),

    A_DELTA_FOR_ANOTHER_RECEIVER_ARRIVES_WHERE_ITS_BASE_IS_MISSING(Switch.NOFLOOR, history -> {
        Replica a = history.replica(0);
        Replica b = history.replica(1);
        a.run(insert(set("x", 1), set("y", 1)));
        a.run(update(set("y", 2)));
        Delta sinceFirst = a.document.extract(new Known.ByCommit(1));
        b.receive(new History.Packet(a, (BitSet) a.known.clone(), sinceFirst));
        b.pull(a);
    }),

    A_REMOVAL_IS_FORGOTTEN_BEFORE_EVERYBODY_HEARD_OF_IT(Switch.NOREAP, history -> {
        Replica a = history.replica(0);
        Replica b = history.replica(1);
        shared(history, set("x", 1), set("y", 1));
        a.run(update(unset("x")));
        a.reap(0);
        b.pull(a);
    }),

    AN_ACTOR_WRITES_A_DOCUMENT_OF_WHICH_IT_HAS_FORGOTTEN_EVENTS(Switch.AMNESIA, history -> {
        Replica a = history.replica(0);
        Replica b = history.replica(1);
        a.run(insert(set("x", 1)));
        b.pull(a);
        a.evict();
        a.run(insert(set("y", 2)));
        b.pull(a);
        a.pull(b);
    }),

    TWO_OFFLINE_PEERS_COUNT_FOR_THE_FIRST_TIME(Switch.NOZERO, history -> {
        Replica a = history.replica(0);
        Replica b = history.replica(1);
        shared(history, set("x", 1));
        a.run(update(increment("n", 5)));
        b.run(update(increment("n", 7)));
        a.pull(b);
    }),

    COUNTING_GOES_ON_AFTER_A_RESTARTED_COUNTER_WAS_REMOVED(Switch.NOMEM, history -> {
        Replica a = history.replica(0);
        Replica b = history.replica(1);
        shared(history, set("x", 1), restart("n", 3));
        b.run(update(increment("n", 5)));
        a.run(update(unset("n")));
        a.run(update(increment("n", 2)));
        a.pull(b);
    }),

    AN_UPDATE_MEETS_A_DELETE(Switch.EXISTUPD, history -> {
        Replica a = history.replica(0);
        Replica b = history.replica(1);
        shared(history, set("x", 1), set("y", 1));
        a.run(delete());
        b.run(update(set("x", 7)));
        a.pull(b);
    }),

    AN_INSERT_OVER_A_HUSK_THAT_IS_HIDDEN_HERE(Switch.HIDEINSERT, history -> {
        Replica a = history.replica(0);
        Replica b = history.replica(1);
        a.hidesHusks = true;
        shared(history, set("x", 1), set("m.y", 2));
        a.run(delete());
        b.run(update(set("x", 7)));
        a.pull(b);
        a.run(insert(set("k", 4)));
    }),

    EQUAL_SEEDS_ON_TWO_PEERS_ARE_ONE_EVENT(Switch.INITDOT, history -> {
        Replica a = history.replica(0);
        Replica b = history.replica(1);
        a.initial(0);
        b.initial(0);
        a.run(delete());
        a.pull(b);
        b.pull(a);
    }),

    A_DELETED_SEED_STAYS_DELETED_AT_THE_NEXT_START(Switch.INITUNDEL, history -> {
        Replica a = history.replica(0);
        a.initial(0);
        a.run(delete());
        a.initial(0);
        a.initial(1);
    }),

    SEEDS_OF_TWO_VERSIONS_HAVE_THE_SAME_COUNTER(Switch.INITZERO, history -> {
        Replica a = history.replica(0);
        Replica b = history.replica(1);
        a.initial(0);
        a.run(update(increment("c", 5)));
        b.initial(1);
        b.run(update(increment("c", 7)));
        a.pull(b);
    }),

    COUNTING_UNDER_THE_NAME_OF_A_REGISTER(Switch.ONETYPE, history -> {
        Replica a = history.replica(0);
        a.run(insert(set("n", 10)));
        a.run(update(increment("n", 1)));
    }),

    THE_EARLIER_OF_TWO_TYPES_ARRIVES_LATER(Switch.ARRIVAL, history -> {
        Replica a = history.replica(0);
        Replica b = history.replica(1);
        Replica c = history.replica(2);
        shared(history, set("x", 1));
        a.skewMs = 1_000;
        a.run(update(set("k", 5)));
        b.run(update(set("k.x", 3)));
        c.pull(a);
        c.pull(b);
    });

    final Switch rule;
    private final Consumer<History> script;

    PinnedHistory(Switch rule, Consumer<History> script) {
        this.rule = rule;
        this.script = script;
    }

    /** A document that everybody has. */
    private static void shared(History history, Statement.Write... writes) {
        history.replica(0).run(insert(writes));
        history.replica(1).pull(history.replica(0));
        history.replica(2).pull(history.replica(0));
    }

    History play(Ablation ablation) {
        History history = new History(1, ablation, 3);
        script.accept(history);
        history.settle();
        return history;
    }
}
