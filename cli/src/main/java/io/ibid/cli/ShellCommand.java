package io.ibid.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code ./ibid shell}: work with a database interactively. */
@Command(
        name = "shell",
        description = "Work with a database interactively. (Not in this version yet.)",
        footerHeading = "%nExample:%n",
        footer = "  ./ibid shell --data ./phone")
final class ShellCommand implements Callable<Integer> {
    /** Whatever its options will be, the answer is the same. */
    @Unmatched
    @SuppressWarnings("UnusedVariable")
    private List<String> arguments = List.of();

    @Override
    public Integer call() {
        throw CommandFailure.usage("this version has no shell yet; ./ibid dql runs single statements");
    }
}
