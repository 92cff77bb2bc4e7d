package io.ibid.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code ./ibid bench}: measure against other systems. */
@Command(
        name = "bench",
        description = "Measure against other systems. (Not in this version yet.)",
        footerHeading = "%nExample:%n",
        footer = "  ./ibid bench store")
final class BenchCommand implements Callable<Integer> {
    /** Whatever its options will be, the answer is the same. */
    @Unmatched
    @SuppressWarnings("UnusedVariable")
    private List<String> arguments = List.of();

    @Override
    public Integer call() {
        throw CommandFailure.usage("this version has no benchmarks yet");
    }
}
