package io.ibid.bench.sdk;

import io.ibid.bench.Benchmark;
import java.util.List;

/** The rows {@code sdk/*}. */
public final class SdkBenchmarks {

    private SdkBenchmarks() {}

    public static List<Benchmark> all() {
        return List.of(new AttachmentBenchmark("sdk/attachment-1gib", 1L << 30));
    }
}
