package io.ibid.cli;

import io.ibid.cli.terminal.CommandFailure;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code ./ibid example}: the examples run in a Java of their own, which the launcher starts. */
@Command(
        name = "example",
        description = "Run one of the small programs in examples/: tasks, chat or till.",
        footerHeading = "%nExample:%n",
        footer = "  ./ibid example chat ann --listen 4062")
final class ExampleCommand implements Callable<Integer> {
    /** Whatever an example's arguments are, the answer is the same. */
    @Unmatched
    @SuppressWarnings("UnusedVariable")
    private List<String> arguments = List.of();

    @Override
    public Integer call() {
        throw CommandFailure.usage(
                "name one of the examples tasks, chat and till; the launcher starts it: ./ibid example chat ann"
                        + " --listen 4062");
    }
}
