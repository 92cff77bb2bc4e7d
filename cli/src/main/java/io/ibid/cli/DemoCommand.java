package io.ibid.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code ./ibid demo}: run a server and small peers that sync real documents. */
@Command(
        name = "demo",
        description = "Run a server and small peers that sync real documents. (Not in this version yet.)",
        footerHeading = "%nExample:%n",
        footer = "  ./ibid demo --once")
final class DemoCommand implements Callable<Integer> {
    /** Whatever its options will be, the answer is the same. */
    @Unmatched
    @SuppressWarnings("UnusedVariable")
    private List<String> arguments = List.of();

    @Override
    public Integer call() {
        throw CommandFailure.usage("this version has no demo yet");
    }
}
