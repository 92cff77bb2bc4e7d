package io.ibid.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code ./ibid status}: show peers, subscriptions and disk use. */
@Command(
        name = "status",
        description = "Show peers, subscriptions and disk use. (Not in this version yet.)",
        footerHeading = "%nExample:%n",
        footer = "  ./ibid status --data ./phone")
final class StatusCommand implements Callable<Integer> {
    /** Whatever its options will be, the answer is the same. */
    @Unmatched
    @SuppressWarnings("UnusedVariable")
    private List<String> arguments = List.of();

    @Override
    public Integer call() {
        throw CommandFailure.usage("this version cannot show the status yet");
    }
}
