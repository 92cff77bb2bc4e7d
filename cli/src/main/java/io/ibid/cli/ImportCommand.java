package io.ibid.cli;

import io.ibid.core.error.IbidException;
import io.ibid.core.value.Value;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
            "Insert the documents of a JSON or JSON lines file into a collection.",
            "Each batch is one transaction. When a batch fails, the ones before it stay."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./ibid import cars.json --collection cars --data ./phone",
            "  ./ibid import cars.jsonl --collection cars --on-conflict update --url http://127.0.0.1:4080 --api-key KEY"
        })
final class ImportCommand implements Callable<Integer> {
    private static final int BATCH_DOCUMENTS_MAX = 500;
    private static final long BATCH_BYTES_MAX = 4L * 1024 * 1024;

    /** What happens to a document whose id is taken. The lower-case name is what the command line takes. */
    enum Conflict {
        FAIL(""),
        NOTHING(" ON ID CONFLICT DO NOTHING"),
        UPDATE(" ON ID CONFLICT DO UPDATE");

        private final String clause;

        Conflict(String clause) {
            this.clause = clause;
        }
    }

    @Mixin
    private DatabaseChoice database = new DatabaseChoice();

    @Option(names = "--collection", required = true, paramLabel = "C", description = "The collection to insert into.")
    private String collection;

    @Option(
            names = "--on-conflict",
            paramLabel = "fail|nothing|update",
            defaultValue = "fail",
            description =
                    "What to do when a document of the same id exists: stop (the default), keep the old one, or update it.")
    private Conflict conflict;

    @Parameters(paramLabel = "FILE", description = "An array of objects, or objects one after another, in UTF-8.")
    private Path file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        String statement = "INSERT INTO " + Names.quoted(collection) + " DOCUMENTS (:documents)" + conflict.clause;
        try (DocumentFile documents = DocumentFile.open(file);
                StatementClient client = database.open();
                ProgressBar progress = new ProgressBar(err, "importing", Console.showsProgress())) {
            Totals totals = copy(documents, client, statement, progress);
            progress.clear();
            long skipped = totals.read - totals.written;
            spec.commandLine()
                    .getOut()
                    .println("imported " + Count.of(totals.written, "document") + " into " + collection
                            + (skipped == 0 ? "" : ", " + Count.number(skipped) + " existed already")
                            + " in " + Count.duration(progress.elapsedMs())
                            + " (" + Count.number(Count.rate(totals.read, progress.elapsedMs())) + "/s)");
        }
        return 0;
    }

    private static final class Totals {
        private long read;
        private long written;
    }

    private static Totals copy(DocumentFile documents, StatementClient client, String statement, ProgressBar progress) {
        Totals totals = new Totals();
        List<Value> batch = new ArrayList<>();
        long bytes = 0;
        int firstLine = 0;
        Value.Struct document;
        while ((document = documents.next()) != null) {
            boolean isFull = batch.size() == BATCH_DOCUMENTS_MAX
                    || (!batch.isEmpty() && bytes + documents.bytesOfLast() > BATCH_BYTES_MAX);
            if (isFull) {
                write(documents.name(), firstLine, batch, client, statement, totals);
                progress.update(documents.position(), documents.size(), totals.read);
                bytes = 0;
            }
            if (batch.isEmpty()) {
                firstLine = documents.line();
            }
            batch.add(document);
            bytes += documents.bytesOfLast();
        }
        if (!batch.isEmpty()) {
            write(documents.name(), firstLine, batch, client, statement, totals);
        }
        return totals;
    }

    private static void write(
            String file, int firstLine, List<Value> batch, StatementClient client, String statement, Totals totals) {
        Value.Struct arguments =
                Value.Struct.builder().put("documents", new Value.Array(batch)).build();
        try (Answer answer = client.execute(statement, arguments)) {
            totals.read += batch.size();
            totals.written += answer.mutatedIds().size();
            batch.clear();
        } catch (IbidException | CommandFailure refused) {
            throw CommandFailure.failure(
                    file + ", the " + Count.of(batch.size(), "document") + " from line " + firstLine + " on: "
                            + refused.getMessage()
                            + (totals.written == 0
                                    ? ""
                                    : "; " + Count.of(totals.written, "document") + " before them were imported"));
        }
    }
}
