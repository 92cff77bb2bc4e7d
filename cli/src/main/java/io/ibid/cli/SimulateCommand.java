package io.ibid.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code ./ibid simulate}: run the database in a simulated world. */
@Command(
        name = "simulate",
        description = "Run the database in a simulated world. (Not in this version yet.)",
        footerHeading = "%nExample:%n",
        footer = "  ./ibid simulate --seed 42")
final class SimulateCommand implements Callable<Integer> {
    /** Whatever its options will be, the answer is the same. */
    @Unmatched
    @SuppressWarnings("UnusedVariable")
    private List<String> arguments = List.of();

    @Override
    public Integer call() {
        throw CommandFailure.usage("this version has no simulate command yet; ./ibid test runs the simulations");
    }
}
