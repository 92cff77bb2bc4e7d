package io.ibid.cli;

import io.ibid.cli.client.Cancellation;
import io.ibid.cli.client.StatementClient;
import io.ibid.cli.documents.DocumentSource;
import io.ibid.cli.documents.Importer;
import io.ibid.cli.terminal.Console;
import io.ibid.cli.terminal.ProgressBar;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./ibid import}: the documents of a file into a collection, in batches. */
@Command(
        name = "import",
        description = {
            "Insert the documents of a JSON, JSON lines or CSV file into a collection.",
            "Each batch of up to 500 documents or 4 MiB is one transaction: it is imported whole or not at all.",
            "When a batch fails, the import stops, says where, and keeps the batches before it.",
            "The first line of a CSV file names the fields. A cell is a text; an empty one leaves its field out."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./ibid import cars.json --collection cars --data ./phone",
            "  ./ibid import cars.csv --types --collection cars --data ./phone",
            "  ./ibid import cars.jsonl --collection cars --on-conflict update --url http://127.0.0.1:4080 --api-key"
                    + " KEY"
        })
final class ImportCommand implements Callable<Integer> {
    @Mixin
    private DatabaseChoice database = new DatabaseChoice();

    @Option(names = "--collection", required = true, paramLabel = "C", description = "The collection to insert into.")
    private String collection;

    @Option(
            names = "--on-conflict",
            paramLabel = "fail|nothing|update",
            defaultValue = "fail",
            description =
                    "What to do when a document of the same id exists: stop (the default), keep the old one, or update"
                            + " it.")
    private Importer.Conflict conflict;

    @Option(
            names = "--types",
            description = "In a CSV file, read cells as numbers or booleans where JSON would; quoted ones stay texts.")
    private boolean types;

    @Parameters(
            paramLabel = "FILE",
            description = {
                "An array of objects, or objects one after another; or a table, when the name ends with .csv or .tsv."
                        + " In UTF-8."
            })
    private Path file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try (DocumentSource documents = DocumentSource.open(file, types);
                StatementClient client = database.open();
                ProgressBar progress = new ProgressBar(err, "importing", Console.showsProgress())) {
            Importer importer = new Importer(client, collection, conflict, progress);
            spec.commandLine().getOut().println(importer.run(documents, new Cancellation()));
        }
        return 0;
    }
}
