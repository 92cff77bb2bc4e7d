package io.ibid.core.store;

import io.ibid.core.crdt.Delta;
import java.util.BitSet;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A decided change of state. Applying it is a pure function of the change, the commit id and the state before, so a list of changes
 * gives every replica that applies it the same state. Immutable.
 */
public sealed interface Change extends Proposal {

    /** Nothing to do: no commit, no batch. */
    @SuppressWarnings("ClassInitializationDeadlock") // an interface is not initialised with its implementations
    Change NOTHING = new Beside(0, List.of(), NodeEffects.NONE);

    /** The hybrid clock when it was decided; part of the commit chain, and what ages are measured against. */
    long hlc();

    /** Values written in the same batch. */
    List<SidePut> sidePuts();

    /** What it means for this node alone; not for the log of a server. */
    NodeEffects node();

    /** Whether applying it makes a commit. */
    default boolean makesCommit() {
        return switch (this) {
            case Local local -> true;
            case Unit unit -> true;
            case Beside beside -> false;
            case Reap reap -> false;
            case Indexing indexing -> false;
            case Renewal renewal -> false;
        };
    }

    /**
     * A transaction of this database.
     *
     * @param documents each document once, always the same; of a transaction larger than memory read from disk, until the next one begins
     */
    record Local(long hlc, Iterable<DocumentChange> documents, List<SidePut> sidePuts, NodeEffects node)
            implements Change {
        public Local {
            sidePuts = List.copyOf(sidePuts);
        }
    }

    /**
     * A unit of another store, all floors checked.
     *
     * @param accepted the positions of the deltas to merge, in the order of {@link IncomingUnit#open}
     * @param repeated the documents with more than one accepted delta
     * @param absent the accepted positions whose document was not here when it was decided; good only on the state {@code version}
     * @param version the state that was decided on
     * @param dropped how many deltas the receive rule or the bounds of the clock kept out
     */
    record Unit(
            long hlc,
            IncomingUnit unit,
            BitSet accepted,
            SortedSet<DocumentKey> repeated,
            BitSet absent,
            long version,
            int dropped,
            List<SidePut> sidePuts,
            NodeEffects node)
            implements Change {
        public Unit {
            sidePuts = List.copyOf(sidePuts);
        }
    }

    /** Side puts alone. */
    record Beside(long hlc, List<SidePut> sidePuts, NodeEffects node) implements Change {
        public Beside {
            sidePuts = List.copyOf(sidePuts);
        }

        boolean isEmpty() {
            return sidePuts.isEmpty() && node.equals(NodeEffects.NONE);
        }
    }

    /**
     * Forgets what nobody needs any more. Makes no commit: no reader sees a difference.
     *
     * @param tombstones each forgotten with its height as a stub, see {@link Evict}
     * @param evictions documents whose eviction every partner was told of
     * @param chainFrom the first commit whose part of the chain is kept
     */
    record Reap(long hlc, List<Evict> tombstones, List<DocumentKey> evictions, long chainFrom, NodeEffects node)
            implements Change {
        public Reap {
            tombstones = List.copyOf(tombstones);
            evictions = List.copyOf(evictions);
        }

        @Override
        public List<SidePut> sidePuts() {
            return List.of();
        }
    }

    /** A step at the indexes of this node alone; not for the log of a server. Makes no commit: no document changes. */
    record Indexing(long hlc, IndexStep step) implements Change {

        @Override
        public List<SidePut> sidePuts() {
            return List.of();
        }

        @Override
        public NodeEffects node() {
            return NodeEffects.NONE;
        }
    }

    /**
     * The store goes on as another one, and so under another actor: somebody knows a history under its id that it does not know itself.
     * Of this node alone. Makes no commit.
     */
    record Renewal(long hlc, StoreId storeId) implements Change {

        @Override
        public List<SidePut> sidePuts() {
            return List.of();
        }

        @Override
        public NodeEffects node() {
            return NodeEffects.NONE;
        }
    }

    /** What a transaction does to one document. */
    sealed interface DocumentChange {
        DocumentKey key();
    }

    /** One event on one document. Worked out when asked for: a peer applies what it has decided without it. */
    @FunctionalInterface
    interface Event {
        Delta delta();
    }

    /**
     * Merges an event into the document.
     *
     * @param evicted the document is forgotten first, and the event is all there is of it
     * @param edited what is known about the result already; null when the change comes from elsewhere
     */
    record Write(
            DocumentKey key,
            Event event,
            @Nullable Evict evicted,
            @Nullable Edited edited) implements DocumentChange {

        public Delta delta() {
            return event.delta();
        }
    }

    /**
     * Forgets the document on this node.
     *
     * @param ownHlc the time of the newest event in it that the current actor made, 0 when there is none: the height of the stub
     */
    record Evict(DocumentKey key, long ownHlc) implements DocumentChange {}
}
