package io.ibid.cli;

import io.ibid.bench.Bench;
import io.ibid.bench.Benchmark;
import io.ibid.cli.results.OutputFormat;
import io.ibid.cli.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./ibid bench}: measure against other systems. */
@Command(
        name = "bench",
        description = "Measure against other systems, in turns with them and in the same run.",
        footerHeading = "%nExample:%n",
        footer = "  ./ibid bench store")
final class BenchCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..*",
            paramLabel = "NAME",
            description = "Rows (store/open) or all of a kind (store). Default: all.")
    private List<String> names = List.of();

    @Option(
            names = "--format",
            paramLabel = "table|json",
            defaultValue = "table",
            description = "A table, or one JSON object a line. Default: table.")
    private OutputFormat format;

    @Option(names = "--long", description = "Take the large sizes.")
    private boolean large;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "7",
            description = "Measured rounds of each side, at least 5. Default: 7.")
    private int rounds;

    @Option(names = "--csv", paramLabel = "FILE", description = "Append the results to this file.")
    private @Nullable Path csv;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Measure the disk that holds this directory. Default: the system's temporary directory.")
    private @Nullable Path folder;

    @Option(names = "--list", description = "Print the names of the rows and stop.")
    private boolean list;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (list) {
            Bench.all().stream().map(Benchmark::name).forEach(spec.commandLine().getOut()::println);
            return 0;
        }
        if (rounds < Bench.ROUNDS_MIN) {
            throw CommandFailure.usage("a median needs at least " + Bench.ROUNDS_MIN + " rounds");
        }
        Bench.Options options = new Bench.Options(names, format == OutputFormat.JSON, large, rounds, csv, folder);
        return Bench.run(
                options, spec.commandLine().getOut(), spec.commandLine().getErr());
    }
}
