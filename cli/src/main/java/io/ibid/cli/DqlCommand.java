package io.ibid.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code ./ibid dql}: run one statement. */
@Command(
        name = "dql",
        description = "Run one statement. (Not in this version yet.)",
        footerHeading = "%nExample:%n",
        footer = "  ./ibid dql --data ./phone 'SELECT * FROM cars'")
final class DqlCommand implements Callable<Integer> {
    /** Whatever its options will be, the answer is the same. */
    @Unmatched
    @SuppressWarnings("UnusedVariable")
    private List<String> arguments = List.of();

    @Override
    public Integer call() {
        throw CommandFailure.usage("this version cannot run statements from the command line yet");
    }
}
