package io.ibid.simulation;

import io.ibid.core.error.Ablation;
import io.ibid.core.store.Commit;
import io.ibid.core.store.Decided;
import io.ibid.core.store.Published;
import io.ibid.core.store.Token;
import io.ibid.core.store.Touch;
import io.ibid.core.sync.SyncEngine;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A few peers that write, sync, and fail in every way, in virtual time: the production database in simulated processes, on simulated disks
 * and links. One seed is one run, down to every byte.
 *
 * <p>First all is busy and breaks; then everything is mended and nothing is written any more, and within a while all must be equal, all
 * acknowledged, and quiet.
 */
public final class World {
    private static final long CALM_MS = 45_000;

    private final WorldPlan plan;
    private final VirtualTime time = new VirtualTime();
    private final Trace trace = new Trace(time);
    private final Oracle oracle = new Oracle();
    private final SplittableRandom random;
    private final SimulatedNetwork network;
    private final Workload workload;
    private final IndexLife indexes;
    private final List<SimulatedPeer> peers = new ArrayList<>();
    private boolean busy = true;
    private long commits;

    /**
     * How a run went.
     *
     * @param violation what did not hold; null for nothing
     * @param traceHash equal for equal runs
     * @param trace the last lines
     */
    public record Report(
            long seed,
            int peers,
            long transactions,
            long commits,
            long frames,
            long events,
            long traceHash,
            List<String> trace,
            @Nullable Violation violation) {

        /** One line, for people. */
        @Override
        public String toString() {
            return "seed " + seed + ": " + peers + " peers, " + transactions + " transactions, " + commits
                    + " commits, " + frames
                    + " frames, " + events + " events, trace " + Long.toHexString(traceHash)
                    + (violation == null ? "" : ": " + violation.getMessage());
        }
    }

    private World(WorldPlan plan) {
        this.plan = plan;
        this.random = new SplittableRandom(plan.seed());
        this.network = new SimulatedNetwork(time, random.split(), plan.latencyUsMax());
        this.workload = new Workload(plan, oracle, random.split());
        this.indexes = new IndexLife(plan);
        for (int i = 0; i < plan.peers(); i++) {
            peers.add(new SimulatedPeer(
                    time, network, plan, random.split(), i, plan.servers().get(i), SimulatedPeer.DATABASE));
        }
    }

    /**
     * Runs the world of a seed.
     *
     * @param peers how many; 0: as many as the seed says
     * @param ablation rules to leave out
     */
    public static Report run(long seed, int peers, Ablation ablation) {
        return new World(WorldPlan.of(seed, peers, ablation)).run();
    }

    private Report run() {
        Violation violation = null;
        try {
            peers.forEach(this::start);
            scheduleWrite();
            scheduleFault();
            scheduleIndexing();
            time.runUntil(plan.busyMs() * 1_000);
            calm();
            time.runUntil((plan.busyMs() + CALM_MS) * 1_000);
            settled();
        } catch (Violation found) {
            violation = found;
        }
        return new Report(
                plan.seed(),
                plan.peers(),
                oracle.transactions(),
                commits,
                network.frames(),
                time.done(),
                trace.hash(),
                trace.last(),
                violation);
    }

    // ---- peers

    private void start(SimulatedPeer peer) {
        List<String> neighbours = new ArrayList<>();
        plan.dials()
                .get(peer.number())
                .forEach(number -> neighbours.add(peers.get(number).address()));
        List<String> queries = new ArrayList<>();
        if (!plan.servers().get(peer.number())) {
            plan.collections().forEach(collection -> queries.add("SELECT * FROM " + collection));
        }
        SimulatedPeer.Process process = peer.start(neighbours, queries);
        process.database().listen(commit -> published(peer, commit));
        indexes.begin(process.database().indexing());
        try (Published state = process.database().published()) {
            trace.add(peer.address(), "start", "at commit " + state.commitId());
            oracle.reopened(peer.number(), state);
            tokensHold(peer, state);
        }
        IndexLife.check(peer);
    }

    private void published(SimulatedPeer peer, Commit commit) {
        commits++;
        StringBuilder touched = new StringBuilder();
        for (Touch touch : commit.touched()) {
            touched.append(touch.evicted() ? " -" : " ").append(Oracle.name(touch.key()));
        }
        trace.add(peer.address(), commit.origin() == null ? "commit" : "unit", commit.id() + touched.toString());
        oracle.published(peer.number(), commit);
    }

    /** Where a token says to stand, the data must stand; what others believe to be here must be here. */
    private void tokensHold(SimulatedPeer peer, Published state) {
        for (SimulatedPeer other : peers) {
            SimulatedPeer.Process process = other.process();
            if (other != peer && process != null) {
                Token token = state.token(process.database().store().storeId());
                if (token != null) {
                    oracle.has("I6", peer.number(), state, other.number(), SyncEngine.commitOf(token));
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

    // ---- what happens

    private void scheduleWrite() {
        time.after(wait(plan.writesPerSecond()), () -> {
            if (busy) {
                write(peers.get(random.nextInt(peers.size())));
                scheduleWrite();
            }
        });
    }

    private void write(SimulatedPeer peer) {
        SimulatedPeer.Process process = peer.process();
        if (process != null) {
            process.database().submitShared(head -> workload.decide(peer.number(), head), decided -> {
                if (decided instanceof Decided.Failed failed) {
                    trace.add(
                            peer.address(),
                            "failed",
                            String.valueOf(failed.cause().getMessage()));
                    if (failed.cause() instanceof Violation found) {
                        throw found;
                    }
                }
            });
        }
    }

    private void scheduleIndexing() {
        time.after(wait(plan.indexingsPerSecond()), () -> {
            if (busy) {
                SimulatedPeer peer = peers.get(random.nextInt(peers.size()));
                SimulatedPeer.Process process = peer.process();
                if (process != null) {
                    trace.add(
                            peer.address(),
                            "index",
                            indexes.change(process.database().indexing()));
                }
                scheduleIndexing();
            }
        });
    }

    private void scheduleFault() {
        time.after(wait(plan.faultsPerSecond()), () -> {
            if (busy) {
                fault();
                scheduleFault();
            }
        });
    }

    private long wait(double perSecond) {
        return (long) (-Math.log(1 - random.nextDouble()) * 1_000_000 / perSecond);
    }

    private void fault() {
        SimulatedPeer peer = peers.get(random.nextInt(peers.size()));
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> {
                network.resetOne();
                trace.add("network", "reset", "");
            }
            case 3 -> cut(peer, peers.get(random.nextInt(peers.size())));
            case 4 -> {
                long jumpMs = random.nextLong(7_200_000) - 3_600_000;
                peer.jumpClock(jumpMs);
                trace.add(peer.address(), "jump", jumpMs + " ms");
            }
            case 5 -> {
                PowerCutStorage.Fault[] faults = PowerCutStorage.Fault.values();
                PowerCutStorage.Fault fault = faults[random.nextInt(faults.length)];
                if (peer.process() != null) {
                    peer.disk().inject(fault);
                    trace.add(peer.address(), "disk", fault);
                    dieSoon(peer);
                }
            }
            default -> die(peer);
        }
    }

    private void cut(SimulatedPeer a, SimulatedPeer b) {
        if (a != b) {
            trace.add(a.address(), "cut", b.address());
            network.cut(a.address(), b.address());
            time.after(random.nextLong(100_000, 20_000_000), () -> {
                trace.add(a.address(), "heal", b.address());
                network.heal(a.address(), b.address());
            });
        }
    }

    private void dieSoon(SimulatedPeer peer) {
        SimulatedPeer.Process process = peer.process();
        time.after(random.nextLong(2_000_000), () -> {
            if (peer.process() == process) {
                die(peer);
            }
        });
    }

    private void die(SimulatedPeer peer) {
        if (peer.process() != null) {
            boolean isPowerCut = random.nextInt(100) < plan.powerCutPercent();
            trace.add(peer.address(), isPowerCut ? "power cut" : "crash", "");
            peer.die(isPowerCut);
            time.after(random.nextLong(3_000_000), () -> {
                if (peer.process() == null) {
                    start(peer);
                }
            });
        }
    }

    private void calm() {
        busy = false;
        trace.add("world", "calm", "");
        network.healAll();
        for (SimulatedPeer peer : peers) {
            if (peer.disk().isRefusing()) {
                peer.die(false);
            }
            if (peer.process() == null) {
                start(peer);
            }
        }
    }

    // ---- the end

    private void settled() {
        SortedMap<Integer, SortedMap<String, String>> states = new TreeMap<>();
        for (SimulatedPeer peer : peers) {
            SimulatedPeer.Process process = peer.process();
            if (process == null) {
                throw new Violation("I5", peer.address() + " is not there in the end");
            }
            try (Published state = process.database().published()) {
                states.put(peer.number(), Oracle.state(state));
                tokensHold(peer, state);
                everybodyHasUpTo(peer, process, state.commitId());
                indexes.settled(peer, state);
            }
            IndexLife.check(peer);
        }
        oracle.converged(states);
    }

    private void everybodyHasUpTo(SimulatedPeer peer, SimulatedPeer.Process process, long head) {
        for (Integer number : plan.dials().get(peer.number())) {
            long acknowledged = acknowledged(process, peers.get(number));
            if (acknowledged != head) {
                throw new Violation(
                        "I9",
                        peer.address() + " is quiet at commit " + head + " and "
                                + peers.get(number).address() + " has acknowledged only " + acknowledged);
            }
        }
    }
}
