package io.ibid.bench.sync;

import io.ibid.bench.Benchmark;
import io.ibid.bench.Better;
import io.ibid.bench.Figure;
import io.ibid.bench.Measurement;
import io.ibid.bench.Settings;
import io.ibid.bench.store.PutSizes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A peer without anything gets all documents of a server, of about 225 bytes each, both of them processes with 512 MiB of heap and a disk:
 * from the dialling until all are durable and visible. Beside it the same documents through a plain socket into plain RocksDB, in the
 * same process. With the large sizes once, and else three times.
 */
record LargeSyncBenchmark(String name, int documents, int documentsLarge) implements Benchmark {
    private static final String HEAP = "-Xmx512m";
    private static final double DOCUMENTS_PER_SECOND_MIN = 20_000;
    private static final int SAMPLE = 1_000;
    private static final int ROUNDS = 3;

    @Override
    public List<Measurement> run(Settings settings) throws IOException {
        int size = settings.size(documents, documentsLarge);
        Path folder = settings.folder();
        PutSizes sizes = PutSizes.learn(folder.resolve("sample"), new SmallDocuments().next(SAMPLE));
        List<Double> ours = new ArrayList<>();
        List<Double> floor = new ArrayList<>();
        try (SupplierProcess supplier = new SupplierProcess(folder.resolve("supplier"), size, HEAP);
                ReceiverProcess receiver = new ReceiverProcess(HEAP)) {
            for (int round = 0; round < (settings.large() ? 1 : Math.min(settings.rounds(), ROUNDS)); round++) {
                Path own = folder.resolve("ours-" + round);
                receiver.open(own, supplier.address());
                ours.add(size * 1e9 / receiver.sync(size).nanos());
                receiver.close(own);
                try (RawStream stream = new RawStream(size, new SmallDocuments()::next)) {
                    floor.add(size * 1e9 / receiver.raw(folder.resolve("raw-" + round), stream.port(), size, sizes));
                }
            }
        }
        double fastest = floor.stream().mapToDouble(value -> value).max().orElseThrow();
        return List.of(
                Figure.of(name, "socket+rocksdb", ours, fastest, "docs/s", Better.HIGHER, DOCUMENTS_PER_SECOND_MIN));
    }
}
