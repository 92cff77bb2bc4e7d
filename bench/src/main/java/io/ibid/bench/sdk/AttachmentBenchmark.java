package io.ibid.bench.sdk;

import io.ibid.bench.Benchmark;
import io.ibid.bench.Better;
import io.ibid.bench.Measurement;
import io.ibid.bench.Rounds;
import io.ibid.bench.Settings;
import java.io.IOException;
import java.util.List;

/**
 * An attachment from one peer to another over loopback, in a process with 64 MiB of heap: from the call of {@code fetchAttachment} until it is
 * complete, durable and verified. The reference is one thread that reads a socket, hashes and writes a file, without a sync, while another
 * sends the same bytes from a file. Ours syncs the file at the end and once in between, which the reference does not.
 */
record AttachmentBenchmark(String name, long bytes) implements Benchmark {
    private static final double RATIO_GOAL = 0.6;

    @Override
    public List<Measurement> run(Settings settings) throws IOException, InterruptedException {
        try (AttachmentProcess process = new AttachmentProcess(settings.folder(), bytes)) {
            Rounds rounds = Rounds.take(
                    settings.rounds(), 1, Better.HIGHER, List.of(slice -> process.fetch(), slice -> process.bare()));
            return List.of(rounds.compare(name, "bare-loopback", 1, "MB/s", Better.HIGHER, RATIO_GOAL));
        }
    }
}
