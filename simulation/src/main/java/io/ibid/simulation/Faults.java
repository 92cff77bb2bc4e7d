package io.ibid.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** Everything that goes wrong in a world while it is busy, one thing at a time and at random. One thread. */
final class Faults {
    private static final long CUT_US_MAX = 20_000_000;
    private static final long DOWN_US_MAX = 3_000_000;

    private final World world;
    private final SplittableRandom random;
    private final List<SimulatedPeer> peers;

    Faults(World world, SplittableRandom random) {
        this.world = world;
        this.random = random;
        this.peers = world.peers();
    }

    /** One more. */
    void happen() {
        SimulatedPeer peer = any();
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> {
                world.network().resetOne();
                world.trace("network", "reset", "");
            }
            case 3 -> cut(peer, any(), true);
            case 4 -> cut(peer, any(), false);
            case 5 -> {
                world.network().forgetOne();
                world.trace("network", "half-open", "");
            }
            case 6 -> {
                long jumpMs = random.nextLong(7_200_000) - 3_600_000;
                peer.jumpClock(jumpMs);
                world.trace(peer.address(), "jump", jumpMs + " ms");
            }
            case 7 -> {
                PowerCutStorage.Fault[] faults = PowerCutStorage.Fault.values();
                PowerCutStorage.Fault fault = faults[random.nextInt(faults.length)];
                if (peer.process() != null) {
                    peer.disk().inject(fault);
                    world.trace(peer.address(), "disk", fault);
                    dieSoon(peer);
                }
            }
            default -> die(peer);
        }
    }

    private SimulatedPeer any() {
        return peers.get(random.nextInt(peers.size()));
    }

    private void cut(SimulatedPeer a, SimulatedPeer b, boolean bothWays) {
        if (a == b) {
            return;
        }
        world.trace(a.address(), bothWays ? "cut" : "cut to", b.address());
        world.network().cut(a.address(), b.address());
        if (bothWays) {
            world.network().cut(b.address(), a.address());
        }
        world.time().after(random.nextLong(100_000, CUT_US_MAX), () -> {
            world.trace(a.address(), "heal", b.address());
            world.network().heal(a.address(), b.address());
        });
    }

    /** A process that meets a failing disk is of no more use, and somebody starts it again. */
    private void dieSoon(SimulatedPeer peer) {
        SimulatedPeer.Process process = peer.process();
        world.time().after(random.nextLong(2_000_000), () -> {
            if (peer.process() == process) {
                die(peer);
            }
        });
    }

    private void die(SimulatedPeer peer) {
        if (peer.process() != null) {
            boolean isPowerCut = random.nextInt(100) < world.plan().traffic().powerCutPercent();
            world.trace(peer.address(), isPowerCut ? "power cut" : "crash", "");
            peer.die(isPowerCut);
            world.time().after(random.nextLong(DOWN_US_MAX), () -> {
                if (peer.process() == null) {
                    world.start(peer);
                }
            });
        }
    }
}
