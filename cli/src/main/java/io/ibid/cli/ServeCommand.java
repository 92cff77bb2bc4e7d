package io.ibid.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code ./ibid serve}: serve databases over HTTP and to peers. */
@Command(
        name = "serve",
        description = "Serve databases over HTTP and to peers. (Not in this version yet.)",
        footerHeading = "%nExample:%n",
        footer = "  ./ibid serve --data /var/lib/ibid --http 127.0.0.1:4080")
final class ServeCommand implements Callable<Integer> {
    /** Whatever its options will be, the answer is the same. */
    @Unmatched
    @SuppressWarnings("UnusedVariable")
    private List<String> arguments = List.of();

    @Override
    public Integer call() {
        throw CommandFailure.usage("this version has no server yet");
    }
}
