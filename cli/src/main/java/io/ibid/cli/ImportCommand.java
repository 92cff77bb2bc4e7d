package io.ibid.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code ./ibid import}: import documents from a file. */
@Command(
        name = "import",
        description = "Import documents from a file. (Not in this version yet.)",
        footerHeading = "%nExample:%n",
        footer = "  ./ibid import cars.json --collection cars --data ./phone")
final class ImportCommand implements Callable<Integer> {
    /** Whatever its options will be, the answer is the same. */
    @Unmatched
    @SuppressWarnings("UnusedVariable")
    private List<String> arguments = List.of();

    @Override
    public Integer call() {
        throw CommandFailure.usage("this version cannot import yet");
    }
}
