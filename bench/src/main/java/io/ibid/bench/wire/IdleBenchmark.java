package io.ibid.bench.wire;

import io.ibid.bench.Benchmark;
import io.ibid.bench.Better;
import io.ibid.bench.Figure;
import io.ibid.bench.Measurement;
import io.ibid.bench.Settings;
import io.ibid.peer.runtime.OpenDatabase;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * What both ends of an idle link keep in the heap, links and dictionaries included: the same databases connected and not. Half of the
 * difference is one end's.
 *
 * @param sessions partners of one peer
 */
record IdleBenchmark(String name, int sessions) implements Benchmark {
    private static final double KIB_MAX = 4;
    private static final long FORGOTTEN_AFTER_MS = 12_000;

    @Override
    public List<Measurement> run(Settings settings) throws InterruptedException {
        List<Double> kib = new ArrayList<>();
        try (Peers peers = new Peers()) {
            OpenDatabase hub = peers.open();
            List<OpenDatabase> partners = new ArrayList<>();
            for (int i = 0; i < sessions; i++) {
                partners.add(peers.open(hub));
            }
            Peers.fill(hub, 0, 100);
            for (OpenDatabase partner : partners) {
                Peers.await("the documents", () -> Peers.count(partner) == 100);
            }
            for (int round = 0; round < Math.min(settings.rounds(), 3); round++) {
                Thread.sleep(FORGOTTEN_AFTER_MS);
                long connected = heapBytes();
                partners.forEach(OpenDatabase::stopSync);
                long alone = heapBytes();
                kib.add((connected - alone) / 2.0 / sessions / 1024);
                partners.forEach(partner -> partner.startSync(List.of(), hub.listening()));
                Peers.await(
                        "the sessions",
                        () -> Peers.number(
                                        hub, "SELECT COUNT(*) AS n FROM system:sync_peers WHERE status = 'Connected'")
                                == sessions);
            }
        }
        return List.of(Figure.of(name, "goal", kib, KIB_MAX, "KiB", Better.LOWER, KIB_MAX));
    }

    private static long heapBytes() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
