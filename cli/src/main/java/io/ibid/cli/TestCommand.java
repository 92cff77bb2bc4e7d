package io.ibid.cli;

import io.ibid.cli.terminal.CommandFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code ./ibid test}: the tests run in Maven, which the launcher starts. */
@Command(
        name = "test",
        description = "Run the tests: everything that continuous integration runs.",
        footerHeading = "%nExample:%n",
        footer = "  ./ibid test --quick")
final class TestCommand implements Callable<Integer> {
    /** Whatever its options will be, the answer is the same. */
    @Unmatched
    @SuppressWarnings("UnusedVariable")
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
        throw CommandFailure.usage("the tests are started by the launcher: ./ibid test");
    }
}
