package io.ibid.cli;

import io.ibid.cli.terminal.CommandFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./ibid example}: the examples run in a Java of their own, which the launcher starts. */
@Command(
        name = "example",
        description = "Run one of the small programs in examples/: tasks, chat or till.",
        footerHeading = "%nExample:%n",
        footer = "  ./ibid example chat ann --listen 4062")
final class ExampleCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "NAME", defaultValue = "", description = "The example.")
    private String name;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "ARGUMENT", description = "What its page says.")
    @SuppressWarnings("UnusedVariable") // they are the example's, and this command runs none
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
        throw CommandFailure.usage((name.isEmpty() ? "name an example" : "there is no example " + name)
                + ": tasks, chat or till; the launcher starts it, as in ./ibid example chat ann --listen 4062");
    }
}
