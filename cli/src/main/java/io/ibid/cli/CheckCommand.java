package io.ibid.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code ./ibid check}: check the integrity of a stored database. */
@Command(
        name = "check",
        description = "Check the integrity of a stored database. (Not in this version yet.)",
        footerHeading = "%nExample:%n",
        footer = "  ./ibid check --data ./phone")
final class CheckCommand implements Callable<Integer> {
    /** Whatever its options will be, the answer is the same. */
    @Unmatched
    @SuppressWarnings("UnusedVariable")
    private List<String> arguments = List.of();

    @Override
    public Integer call() {
        throw CommandFailure.usage("this version cannot check a database yet");
    }
}
