package io.ibid.simulation;

import io.ibid.core.env.Link;
import io.ibid.core.env.Links;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Connections between the processes of a world. Each delivers frames whole, once and in order, as TCP does; what can go wrong is that it takes
 * long, that a connection is reset at any moment with what is under way, and that a part of the network cannot reach another for a
 * while: then frames wait, dials fail, and only time tells the ends. One thread.
 */
final class SimulatedNetwork {
    private static final int FRAME_HEADER_BYTES = 4;
    private static final long DIAL_TIMEOUT_US = 300_000;

    private final VirtualTime time;
    private final SplittableRandom random;
    private final long latencyUsMax;
    private final long bytesPerSecond;
    private final SortedMap<String, Port> ports = new TreeMap<>();
    private final TreeSet<String> cut = new TreeSet<>();
    private final List<End> ends = new ArrayList<>();
    private long frames;
    private Tap tap = (from, to, frame) -> {};

    /** Sees every frame that is sent. */
    interface Tap {
        void sent(String from, String to, byte[] frame);
    }

    /** A process that can be dialled. */
    interface Port {
        /** Whether it runs. */
        boolean isUp();

        Link.Handler accepted(Link link);
    }

    /** @param bytesPerSecond what one direction of a connection carries; frames queue for it */
    SimulatedNetwork(VirtualTime time, SplittableRandom random, long latencyUsMax, long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
        this.time = time;
        this.random = random;
        this.latencyUsMax = latencyUsMax;
    }

    void open(String address, Port port) {
        ports.put(address, port);
    }

    void tap(Tap seen) {
        tap = seen;
    }

    long frames() {
        return frames;
    }

    /** The network as one process sees it. */
    Links links(String from, Port process) {
        return (address, dialler) -> time.after(latencyUs(), () -> {
            Port target = ports.get(address);
            if (!process.isUp()) {
                return;
            }
            if (target == null || !target.isUp() || isApart(from, address)) {
                time.after(isApart(from, address) ? DIAL_TIMEOUT_US : latencyUs(), () -> {
                    if (process.isUp()) {
                        dialler.failed("cannot connect to " + address);
                    }
                });
                return;
            }
            End near = new End(from, address, true, process);
            End far = new End(address, from, false, target);
            near.other = far;
            far.other = near;
            ends.add(near);
            ends.add(far);
            far.handler = target.accepted(far);
            near.handler = dialler.connected(near);
        });
    }

    private long latencyUs() {
        // Mostly quick, sometimes as slow as it gets.
        return 50 + (random.nextInt(8) == 0 ? random.nextLong(latencyUsMax) : random.nextLong(latencyUsMax / 10 + 1));
    }

    // ---- what goes wrong

    /** Nothing of the one reaches the other until {@link #heal}; what the other says still arrives. */
    void cut(String from, String to) {
        cut.add(way(from, to));
    }

    /** Both ways. */
    void heal(String a, String b) {
        cut.remove(way(a, b));
        cut.remove(way(b, a));
        for (End end : List.copyOf(ends)) {
            end.flow();
        }
    }

    void healAll() {
        cut.clear();
        for (End end : List.copyOf(ends)) {
            end.flow();
        }
    }

    private boolean isCut(String from, String to) {
        return cut.contains(way(from, to));
    }

    private boolean isApart(String a, String b) {
        return isCut(a, b) || isCut(b, a);
    }

    private static String way(String from, String to) {
        return from + " " + to;
    }

    /** Resets one connection, if there is one: frames under way are lost. */
    void resetOne() {
        if (!ends.isEmpty()) {
            ends.get(random.nextInt(ends.size())).reset("connection reset");
        }
    }

    /** One end of a connection is gone and the other is not told: only silence tells it. */
    void forgetOne() {
        if (!ends.isEmpty()) {
            ends.get(random.nextInt(ends.size())).end("connection lost");
        }
    }

    /**
     * A process is gone.
     *
     * @param isTold whether the other ends of its connections learn of it, as when only the process died and not the device
     */
    void died(String address, boolean isTold) {
        for (End end : List.copyOf(ends)) {
            if (end.local.equals(address)) {
                if (isTold) {
                    end.reset("connection reset");
                } else {
                    end.end("power cut");
                }
            }
        }
    }

    /** One end of a connection. */
    private final class End implements Link {
        private final String local;
        private final String remote;
        private final boolean dialler;
        private final Port process;
        private @Nullable End other;
        private Link.@Nullable Handler handler;
        private boolean open = true;
        private boolean closing;
        private long sent;
        private long received;
        private long queued;
        private long sendingUntilUs;
        private long lastArrivalUs;
        private final List<byte[]> held = new ArrayList<>();

        End(String local, String remote, boolean dialler, Port process) {
            this.local = local;
            this.remote = remote;
            this.dialler = dialler;
            this.process = process;
        }

        @Override
        public void send(byte[] frame, boolean compressible) {
            if (!open || closing || !process.isUp()) {
                return;
            }
            frames++;
            sent += FRAME_HEADER_BYTES + frame.length;
            queued += frame.length;
            byte[] copy = Arrays.copyOf(frame, frame.length);
            tap.sent(local, remote, copy);
            sendingUntilUs = Math.max(sendingUntilUs, time.nowUs()) + frame.length * 1_000_000L / bytesPerSecond;
            long arrivalUs = Math.max(lastArrivalUs, sendingUntilUs + latencyUs());
            lastArrivalUs = arrivalUs;
            End to = peer();
            time.after(arrivalUs - time.nowUs(), () -> to.arrive(copy));
        }

        private void arrive(byte[] frame) {
            if (open) {
                held.add(frame);
                flow();
            }
        }

        /** Delivers what has arrived, unless the network is cut. */
        private void flow() {
            while (open && !held.isEmpty() && !isCut(remote, local)) {
                byte[] frame = held.removeFirst();
                received += FRAME_HEADER_BYTES + frame.length;
                End from = peer();
                from.queued -= frame.length;
                if (handler != null && process.isUp() && !closing) {
                    handler.received(frame);
                }
                if (from.open && from.queued == 0 && from.handler != null && from.process.isUp() && !from.closing) {
                    from.handler.drained();
                }
            }
        }

        @Override
        public void close(String reason) {
            if (open && !closing) {
                closing = true;
                long arrivalUs = Math.max(lastArrivalUs, time.nowUs() + latencyUs());
                time.after(arrivalUs - time.nowUs(), () -> {
                    end(reason);
                    peer().end("closed by the partner");
                });
            }
        }

        void reset(String reason) {
            end(reason);
            End to = peer();
            time.after(latencyUs(), () -> to.end(reason));
        }

        private void end(String reason) {
            if (open) {
                open = false;
                ends.remove(this);
                held.clear();
                if (handler != null && process.isUp()) {
                    handler.closed(reason);
                }
            }
        }

        private End peer() {
            if (other == null) {
                throw new AssertionError("a connection with one end");
            }
            return other;
        }

        @Override
        public long queuedBytes() {
            return queued;
        }

        @Override
        public String transport() {
            return "simulated";
        }

        @Override
        public boolean isLoopback() {
            return true;
        }

        @Override
        public String remoteAddress() {
            return remote;
        }

        @Override
        public boolean isDialler() {
            return dialler;
        }

        @Override
        public long sentBytes() {
            return sent;
        }

        @Override
        public long receivedBytes() {
            return received;
        }
    }
}
