package io.ibid.bench.sync;

import io.ibid.bench.Benchmark;
import io.ibid.bench.Better;
import io.ibid.bench.Measurement;
import io.ibid.bench.Rounds;
import io.ibid.bench.Settings;
import io.ibid.core.value.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * While a peer is away one field of each of a hundred documents changes, in a transaction each; it comes back: what TCP carries after the
 * greeting until both are silent. The reference is a JSON patch of the same changes: each document's id, the field and its value.
 */
record HundredChangesBenchmark(String name, int documents) implements Benchmark {

    private static final int CHANGES = 100;
    private static final double BYTES_GOAL = 6_000;

    @Override
    public List<Measurement> run(Settings settings) throws IOException, InterruptedException {
        Path folder = settings.folder();
        try (Supplier supplier = new Supplier(folder.resolve("supplier"), documents);
                Reconnecting peer = new Reconnecting(folder.resolve("receiver"), supplier)) {
            long[] patchBytes = new long[1];
            Rounds rounds = Rounds.take(
                    settings.rounds(),
                    1,
                    Better.LOWER,
                    List.of(
                            slice -> {
                                peer.leave();
                                patchBytes[0] = change(supplier, slice);
                                return peer.comeBack();
                            },
                            slice -> patchBytes[0]));
            supplier.checkDurability();
            return List.of(rounds.bounded(name, "json-patch", 1, "B", Better.LOWER, BYTES_GOAL));
        }
    }

    /** Gives the bytes of the JSON patch. */
    private static long change(Supplier supplier, int slice) {
        Random random = new Random(slice);
        List<String> ids = supplier.ids();
        long bytes = 0;
        for (int document : random.ints(0, ids.size()).distinct().limit(CHANGES).toArray()) {
            int weight = random.nextInt(5_000);
            supplier.update(ids.get(document), "weight", Value.of(weight));
            bytes += ("{\"_id\":\"" + ids.get(document) + "\",\"weight\":" + weight + "}").length();
        }
        return bytes;
    }
}
