package io.ibid.simulation;

import io.ibid.core.error.Ablation;
import io.ibid.core.settings.SyncScopes;
import io.ibid.core.store.Commit;
import io.ibid.core.store.Decided;
import io.ibid.core.store.Published;
import io.ibid.core.store.Touch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.function.Consumer;
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
    private final Trace trace;
    private final Oracle oracle;
    private final SplittableRandom random;
    private final SimulatedNetwork network;
    private final Workload workload;
    private final IndexLife indexes;
    private final Claims claims;
    private final Secrets secrets;
    private final Seen seen = new Seen();
    private final Judgement judgement;
    private final Faults faults;
    private final Turnover turnover;
    private final List<SimulatedPeer> peers = new ArrayList<>();
    private final List<Watching> watching = new ArrayList<>();
    private boolean busy = true;
    private long commits;
    private long steps;

    /**
     * How a run went.
     *
     * @param violation what did not hold; null for nothing
     * @param traceHash equal for equal runs
     * @param steps how many things were made to happen
     * @param messages the kinds of messages that were sent
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
            long steps,
            SortedSet<String> messages,
            List<String> trace,
            @Nullable Violation violation) {

        /** What the histories of single documents have found, before there was a world. */
        static Report ofHistory(long seed, String wrong) {
            Violation violation = new Violation("I1", wrong);
            return new Report(seed, 0, 0, 0, 0, 0, 0, 0, Collections.emptySortedSet(), List.of(), violation);
        }

        /** One line, for people. */
        @Override
        public String toString() {
            return "seed " + seed + ": " + peers + " peers, " + transactions + " transactions, " + commits
                    + " commits, " + frames
                    + " frames, " + events + " events, trace " + Long.toHexString(traceHash)
                    + (violation == null ? "" : ": " + violation.getMessage());
        }
    }

    private World(WorldPlan plan, Consumer<String> listener) {
        this.plan = plan;
        this.trace = new Trace(time, listener);
        this.random = new SplittableRandom(plan.seed());
        Machine machine = plan.machine();
        this.network = new SimulatedNetwork(time, random.split(), machine.latencyUsMax(), machine.bytesPerSecond());
        this.claims = new Claims(plan.population());
        this.oracle = new Oracle(claims);
        this.secrets = new Secrets(claims, plan.peers());
        this.workload = new Workload(plan, oracle, secrets, random.split());
        this.indexes = new IndexLife(plan);
        for (int i = 0; i < plan.peers(); i++) {
            boolean isServer = plan.population().servers().get(i);
            peers.add(new SimulatedPeer(
                    time, network, machine, plan.ablation(), random.split(), i, isServer, SimulatedPeer.DATABASE));
        }
        network.tap((from, to, frame) -> {
            secrets.sent(numberOf(from), numberOf(to), frame);
            seen.sent(from, to, frame);
        });
        this.judgement = new Judgement(plan, oracle, peers);
        this.faults = new Faults(this, random.split());
        this.turnover = new Turnover(this, claims, random.split());
    }

    /**
     * Runs the world of a seed.
     *
     * @param peers how many; 0: as many as the seed says
     * @param ablation rules to leave out
     */
    public static Report run(long seed, int peers, Ablation ablation) {
        return run(WorldPlan.of(seed, peers, ablation));
    }

    /**
     * Runs the world of a seed again, for people to look at.
     *
     * @param trace gets the legend, and a line for everything that happens
     */
    public static Report run(long seed, int peers, Ablation ablation, Consumer<String> trace) {
        return run(WorldPlan.of(seed, peers, ablation), trace);
    }

    /** Runs a world of somebody's own plan. */
    static Report run(WorldPlan plan) {
        return new World(plan, line -> {}).run();
    }

    /** Likewise, for people to look at. */
    static Report run(WorldPlan plan, Consumer<String> trace) {
        Trace.LEGEND.forEach(trace);
        return new World(plan, trace).run();
    }

    private Report run() {
        Violation violation = null;
        try {
            trace.add("world", "begin", plan.population());
            peers.stream().filter(peer -> !isAbsent(peer)).forEach(this::start);
            Traffic traffic = plan.traffic();
            repeat(traffic.writesPerSecond(), () -> write(any()));
            repeat(traffic.faultsPerSecond(), faults::happen);
            repeat(traffic.indexingsPerSecond(), this::changeIndex);
            repeat(traffic.wishesPerSecond(), turnover::changeWish);
            repeat(traffic.scopesPerSecond(), turnover::changeScope);
            time.runUntil(traffic.busyMs() * 1_000);
            calm();
            time.runUntil((traffic.busyMs() + CALM_MS) * 1_000);
            secrets.check();
            judgement.settled(indexes);
            watching.forEach(Watching::settled);
        } catch (Violation found) {
            violation = found;
        } catch (RuntimeException | AssertionError broken) { // the database itself has noticed that something cannot be
            violation = new Violation("broken", broken);
        }
        return new Report(
                plan.seed(),
                plan.peers(),
                oracle.transactions(),
                commits,
                network.frames(),
                time.done(),
                trace.hash(),
                steps,
                seen.labels(),
                trace.last(),
                violation);
    }

    // ---- for those who make things happen

    WorldPlan plan() {
        return plan;
    }

    VirtualTime time() {
        return time;
    }

    SimulatedNetwork network() {
        return network;
    }

    List<SimulatedPeer> peers() {
        return peers;
    }

    void trace(String who, String what, Object with) {
        trace.add(who, what, with);
    }

    // ---- peers

    void start(SimulatedPeer peer) {
        int number = peer.number();
        List<String> neighbours = new ArrayList<>();
        plan.population()
                .dials()
                .get(number)
                .forEach(other -> neighbours.add(peers.get(other).address()));
        List<String> queries = new ArrayList<>();
        if (!plan.population().servers().get(number)) {
            claims.wished(number).forEach(wish -> queries.add(wish.query()));
        }
        SimulatedPeer.Process process = peer.start(neighbours, queries, claims.scopes(number));
        process.database().listen(commit -> published(peer, commit));
        indexes.begin(process.database().indexing());
        if (random.nextInt(100) < plan.traffic().watchPercent()) {
            List<String> collections = plan.traffic().collections();
            watching.add(new Watching(peer, collections.get(random.nextInt(collections.size())), time, random.split()));
        }
        try (Published state = process.database().published()) {
            trace.add(peer.address(), "start", "at commit " + state.commitId() + " " + claims.wished(number));
            oracle.reopened(number, state);
            judgement.tokensHold(peer, state);
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
        secrets.published(peer.number(), commit);
        secrets.check();
        watching.forEach(observer -> observer.publishedBy(peer, commit));
    }

    private static int numberOf(String address) {
        return Integer.parseInt(address, SimulatedPeer.ADDRESS.length(), address.length(), 10);
    }

    /** A peer's scopes are others from now on. */
    void restrict(SimulatedPeer peer, SyncScopes scopes) {
        claims.restricted(peer.number(), scopes);
        secrets.restricted(peer.number());
        SimulatedPeer.Process process = peer.process();
        if (process != null) {
            process.database().sync().restrictTo(scopes);
        }
    }

    // ---- what happens

    /** Again and again while the world is busy, at random moments. */
    private void repeat(double perSecond, Runnable event) {
        long waitUs = (long) (-Math.log(1 - random.nextDouble()) * 1_000_000 / perSecond);
        time.after(waitUs, () -> {
            if (busy && steps < plan.stepsMax()) {
                steps++;
                event.run();
                repeat(perSecond, event);
            }
        });
    }

    private SimulatedPeer any() {
        return peers.get(random.nextInt(peers.size()));
    }

    private void write(SimulatedPeer peer) {
        SimulatedPeer.Process process = peer.process();
        if (process != null && workload.mayWrite(peer.number())) {
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

    private void changeIndex() {
        SimulatedPeer peer = any();
        SimulatedPeer.Process process = peer.process();
        if (process != null) {
            trace.add(peer.address(), "index", indexes.change(process.database().indexing()));
        }
    }

    private void calm() {
        busy = false;
        trace.add("world", "calm", "");
        network.healAll();
        turnover.openScopes();
        for (SimulatedPeer peer : peers) {
            if (peer.disk().isRefusing()) {
                peer.die(false);
            }
            if (peer.process() == null && !isAbsent(peer)) {
                start(peer);
            }
        }
    }

    private boolean isAbsent(SimulatedPeer peer) {
        return plan.absent().contains(peer.number());
    }
}
