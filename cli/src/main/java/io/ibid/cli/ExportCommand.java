package io.ibid.cli;

import io.ibid.cli.client.Cancellation;
import io.ibid.cli.client.StatementClient;
import io.ibid.cli.documents.ExportFormat;
import io.ibid.cli.documents.Exporter;
import io.ibid.cli.terminal.Console;
import io.ibid.cli.terminal.ProgressBar;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./ibid export}: the documents of a collection into a file. */
@Command(
        name = "export",
        description = {
            "Write the documents of a collection to a file.",
            "A name that ends with .json gets one JSON array, .csv a table, any other JSON lines. All documents are of"
                    + " one moment.",
            "A table has a column for each field of some document; objects and lists in it are JSON, absent fields and"
                    + " null are empty cells."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./ibid export cars.json --collection cars --data ./phone",
            "  ./ibid export cars.csv --collection cars --data ./phone",
            "  ./ibid export - --collection cars --where \"color = 'blue'\" --url http://127.0.0.1:4080 --api-key KEY"
        })
final class ExportCommand implements Callable<Integer> {
    @Mixin
    private DatabaseChoice database = new DatabaseChoice();

    @Option(names = "--collection", required = true, paramLabel = "C", description = "The collection to write.")
    private String collection;

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            defaultValue = "",
            description = "Only documents that meet this condition.")
    private String where;

    @Option(
            names = "--format",
            paramLabel = "json|jsonl|csv",
            description = "The form, where the file's name does not say it.")
    private @Nullable ExportFormat format;

    @Option(names = "--force", description = "Replace the file when it exists.")
    private boolean replaces;

    @Parameters(paramLabel = "FILE", description = "The file to write; - for stdout.")
    private String file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        boolean isStdout = file.equals("-");
        try (StatementClient client = database.openExisting();
                ProgressBar progress = new ProgressBar(
                        spec.commandLine().getErr(), "exporting", Console.showsProgress() && !isStdout)) {
            Exporter exporter = new Exporter(client, collection, where, progress);
            if (isStdout) {
                exporter.write(out, format == null ? ExportFormat.JSONL : format, new Cancellation());
            } else {
                Path target = Path.of(file);
                ExportFormat form = format == null ? ExportFormat.of(target) : format;
                out.println(exporter.write(target, form, replaces, new Cancellation()));
            }
        }
        return 0;
    }
}
