package io.ibid.simulation;

import io.ibid.core.store.Published;
import io.ibid.core.store.Token;
import io.ibid.core.sync.StoredTokens;
import io.ibid.core.value.Value;
import java.util.List;

/** What is looked at in several peers at once: after every start, and when all have become quiet. */
final class Judgement {
    private final WorldPlan plan;
    private final Oracle oracle;
    private final List<SimulatedPeer> peers;

    Judgement(WorldPlan plan, Oracle oracle, List<SimulatedPeer> peers) {
        this.plan = plan;
        this.oracle = oracle;
        this.peers = peers;
    }

    /** Where a token says to stand, the data must stand; what others believe to be here must be here. */
    void tokensHold(SimulatedPeer peer, Published state) {
        for (SimulatedPeer other : peers) {
            SimulatedPeer.Process process = other.process();
            if (other != peer && process != null) {
                Token token = state.token(process.database().store().storeId());
                if (token != null) {
                    oracle.has("I6", peer.number(), state, other.number(), StoredTokens.commitOf(token));
                }
                oracle.has("I9", peer.number(), state, other.number(), acknowledged(process, peer));
            }
        }
    }

    /** What a process believes that a peer has, as users read it. */
    private static long acknowledged(SimulatedPeer.Process process, SimulatedPeer peer) {
        for (Value.Struct row :
                process.database().sync().systemCollections().getFirst().rows()) {
            if (row.get("_id").equals(Value.of(peer.peerKey().toString()))
                    && row.get("documents") instanceof Value.Struct documents
                    && documents.get("synced_up_to_local_commit_id") instanceof Value.Int commit) {
                return commit.value();
            }
        }
        return 0;
    }

    /** Nothing happens any more: everything that was promised for the end must be so. */
    void settled(IndexLife indexes) {
        for (SimulatedPeer peer : peers) {
            if (plan.absent().contains(peer.number())) {
                continue;
            }
            SimulatedPeer.Process process = processOf(peer);
            try (Published state = process.database().published()) {
                tokensHold(peer, state);
                indexes.settled(peer, state);
            }
            IndexLife.check(peer);
            if (process.stagedEntries() > 0) {
                throw new Violation(
                        "I11", peer.address() + " is quiet and has " + process.stagedEntries() + " entries in scratch");
            }
        }
        for (int number = 0; number < peers.size(); number++) {
            for (int other : plan.population().dials().get(number)) {
                if (!plan.absent().contains(number) && !plan.absent().contains(other)) {
                    neighbours(peers.get(number), peers.get(other));
                    neighbours(peers.get(other), peers.get(number));
                }
            }
        }
    }

    private static SimulatedPeer.Process processOf(SimulatedPeer peer) {
        SimulatedPeer.Process process = peer.process();
        if (process == null) {
            throw new Violation("I5", peer.address() + " is not there in the end");
        }
        return process;
    }

    private void neighbours(SimulatedPeer supplier, SimulatedPeer receiver) {
        SimulatedPeer.Process process = processOf(supplier);
        try (Published has = process.database().published();
                Published gets = processOf(receiver).database().published()) {
            oracle.caughtUp(supplier.number(), has, receiver.number(), gets);
            long acknowledged = acknowledged(process, receiver);
            if (acknowledged != has.commitId()) {
                throw new Violation(
                        "I9",
                        supplier.address() + " is quiet at commit " + has.commitId() + " and " + receiver.address()
                                + " has acknowledged only " + acknowledged);
            }
        }
    }
}
