package io.ibid.bench.sync;

import io.ibid.bench.Benchmark;
import io.ibid.bench.Better;
import io.ibid.bench.Documents;
import io.ibid.bench.Documents.Document;
import io.ibid.bench.Measurement;
import io.ibid.bench.Rounds;
import io.ibid.bench.Settings;
import io.ibid.bench.store.PutSizes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A peer without anything gets all documents of a server: from the dialling until they are durable and visible, as one unit. Beside it
 * the same documents through a plain socket into plain RocksDB. Then once more through a tap, for the bytes.
 *
 * @param goal documents per second; null: no goal
 */
record FirstSyncBenchmark(
        String name, int documents, @Nullable Double goal) implements Benchmark {

    private static final double BYTES_GOAL = 0.6;
    private static final long QUIET_MS = 1_000;
    private static final int SEED = 42;

    @Override
    public List<Measurement> run(Settings settings) throws IOException, InterruptedException {
        Path folder = settings.folder();
        PutSizes sizes = PutSizes.learn(folder.resolve("sample"));
        List<Document> made = new Documents(SEED).next(documents);
        try (Supplier supplier = new Supplier(folder.resolve("supplier"), documents);
                ReceiverProcess receiver = new ReceiverProcess()) {
            Rounds rounds = Rounds.take(
                    settings.rounds(),
                    1,
                    Better.HIGHER,
                    List.of(
                            slice -> ours(receiver, folder.resolve("ours"), supplier.address()),
                            slice -> raw(receiver, folder.resolve("raw"), made, sizes)));
            supplier.checkDurability();
            Measurement speed = goal == null
                    ? rounds.compare(name, "socket+rocksdb", 1, "docs/s", Better.HIGHER, null)
                    : rounds.bounded(name, "socket+rocksdb", 1, "docs/s", Better.HIGHER, goal);
            return List.of(speed, bytes(receiver, folder.resolve("tapped"), supplier));
        }
    }

    private double ours(ReceiverProcess receiver, Path folder, String address) throws IOException {
        receiver.open(folder, address);
        double rate = documents * 1e9 / receiver.sync(documents).nanos();
        receiver.close(folder);
        return rate;
    }

    private double raw(ReceiverProcess receiver, Path folder, List<Document> made, PutSizes sizes) throws IOException {
        try (RawStream stream = new RawStream(made)) {
            return documents * 1e9 / receiver.raw(folder, stream.port(), documents, sizes);
        }
    }

    private Measurement bytes(ReceiverProcess receiver, Path folder, Supplier supplier)
            throws IOException, InterruptedException {
        try (Tap tap = new Tap(supplier.address(), 0)) {
            receiver.open(folder, tap.address());
            receiver.sync(documents);
            tap.awaitQuiet(QUIET_MS);
            double ours = (double) tap.bytes() / documents;
            receiver.close(folder);
            double json = (double) supplier.jsonBytes() / documents;
            double ratio = ours / json;
            return new Measurement(
                    name, "json", ours, json, "B/doc", Better.LOWER, ratio, ratio, ratio, BYTES_GOAL, false);
        }
    }
}
