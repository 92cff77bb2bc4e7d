package io.ibid.bench;

import java.io.IOException;
import java.util.List;

/** One named row, or a few that share their work. */
public interface Benchmark {

    /** {@code suite/row}. */
    String name();

    /**
     * Measures.
     *
     * @return one line per reference, or several rows of one run
     * @throws BenchmarkFailure when a side did not do what it claims, so that its figures mean nothing
     */
    List<Measurement> run(Settings settings) throws IOException, InterruptedException;
}
