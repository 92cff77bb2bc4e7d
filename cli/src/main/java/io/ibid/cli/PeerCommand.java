package io.ibid.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code ./ibid peer}: run a small peer. */
@Command(
        name = "peer",
        description = "Run a small peer. (Not in this version yet.)",
        footerHeading = "%nExample:%n",
        footer = "  ./ibid peer --data ./phone --connect 127.0.0.1:4040")
final class PeerCommand implements Callable<Integer> {
    /** Whatever its options will be, the answer is the same. */
    @Unmatched
    @SuppressWarnings("UnusedVariable")
    private List<String> arguments = List.of();

    @Override
    public Integer call() {
        throw CommandFailure.usage("this version cannot run a peer as a process yet");
    }
}
