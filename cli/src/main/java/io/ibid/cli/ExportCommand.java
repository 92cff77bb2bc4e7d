package io.ibid.cli;

import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.concurrent.Callable;
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
            "A name that ends with .json gets one JSON array, any other JSON lines. All documents are of one moment."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./ibid export cars.json --collection cars --data ./phone",
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
        Path target = Path.of(file);
        if (!isStdout && Files.exists(target) && !replaces) {
            throw CommandFailure.failure(file + " exists; add --force to replace it");
        }
        String statement = "SELECT * FROM " + Names.quoted(collection) + (where.isBlank() ? "" : " WHERE " + where);
        try (StatementClient client = database.openExisting();
                Answer answer = client.execute(statement, Value.Struct.EMPTY);
                ProgressBar progress = new ProgressBar(
                        spec.commandLine().getErr(), "exporting", Console.showsProgress() && !isStdout)) {
            if (isStdout) {
                write(answer, out, false, progress);
                return 0;
            }
            // Under another name first: a half written file never looks like a whole one.
            Path partial = target.resolveSibling(target.getFileName() + ".partial");
            long documents = writeFile(answer, partial, progress);
            Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
            progress.clear();
            out.println("exported " + Count.of(documents, "document") + " of " + collection + " to " + file + " in "
                    + Count.duration(progress.elapsedMs()));
        } catch (IOException unwritable) {
            throw CommandFailure.failure("cannot write " + file + ": " + unwritable);
        }
        return 0;
    }

    private long writeFile(Answer answer, Path partial, ProgressBar progress) throws IOException {
        boolean isDone = false;
        try (BufferedWriter writer = Files.newBufferedWriter(partial)) {
            long documents = write(answer, writer, file.toLowerCase(Locale.ROOT).endsWith(".json"), progress);
            isDone = true;
            return documents;
        } finally {
            if (!isDone) {
                Files.deleteIfExists(partial);
            }
        }
    }

    private static long write(Answer answer, Appendable writer, boolean asArray, ProgressBar progress)
            throws IOException {
        long documents = 0;
        StringBuilder line = new StringBuilder();
        Value.Struct document;
        while ((document = answer.next()) != null) {
            line.setLength(0);
            if (asArray) {
                line.append(documents == 0 ? "[\n" : ",\n");
            }
            Json.append(line, document);
            if (!asArray) {
                line.append('\n');
            }
            writer.append(line);
            documents++;
            progress.update(0, 0, documents);
        }
        if (asArray) {
            writer.append(documents == 0 ? "[]\n" : "\n]\n");
        }
        return documents;
    }
}
