package io.ibid.cli.documents;

import io.ibid.cli.client.Answer;
import io.ibid.cli.client.Cancellation;
import io.ibid.cli.client.Names;
import io.ibid.cli.client.StatementClient;
import io.ibid.cli.terminal.CommandFailure;
import io.ibid.cli.terminal.Count;
import io.ibid.cli.terminal.ProgressBar;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes the documents of a collection, all of them as they were at one moment. */
public final class Exporter {
    private final StatementClient client;
    private final String collection;
    private final String where;
    private final ProgressBar progress;
    private long total;

    /** @param where only documents that meet this condition; blank for all */
    public Exporter(StatementClient client, String collection, String where, ProgressBar progress) {
        this.client = client;
        this.collection = collection;
        this.where = where;
        this.progress = progress;
    }

    /** Writes to a stream. */
    public void write(PrintWriter out, ExportFormat format, Cancellation cancellation) {
        try (Answer answer = query(cancellation)) {
            Path waiting = Files.createTempDirectory("ibid-export-").resolve("documents.jsonl");
            try {
                write(answer, out, format, waiting);
            } finally {
                Files.delete(waiting.getParent());
            }
        } catch (IOException full) {
            throw CommandFailure.failure("cannot write a temporary file: " + full);
        }
        out.flush();
    }

    /**
     * Writes a file.
     *
     * @param replaces whether an existing file is replaced; otherwise it is an error
     * @return what was done, as a sentence
     */
    public String write(Path file, ExportFormat format, boolean replaces, Cancellation cancellation) {
        if (Files.isDirectory(file)) {
            throw CommandFailure.failure(file + " is a folder");
        }
        if (Files.exists(file) && !replaces) {
            throw CommandFailure.failure(file + " exists; add --force to replace it");
        }
        // Under another name first: a half written file never looks like a whole one.
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try (Answer answer = query(cancellation)) {
            long documents = writeFile(answer, partial, format);
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
            progress.clear();
            return "exported " + Count.of(documents, "document") + " to " + file + " in "
                    + Count.duration(progress.elapsedMs());
        } catch (IOException unwritable) {
            throw CommandFailure.failure("cannot write " + file + ": " + unwritable);
        }
    }

    private Answer query(Cancellation cancellation) {
        String from = " FROM " + Names.quoted(collection) + (where.isBlank() ? "" : " WHERE " + where);
        if (progress.isShown()) {
            total = count(from, cancellation);
        }
        return client.execute("SELECT *" + from, Value.Struct.EMPTY, cancellation);
    }

    private long count(String from, Cancellation cancellation) {
        try (Answer answer = client.execute("SELECT COUNT(*) AS n" + from, Value.Struct.EMPTY, cancellation)) {
            Value.Struct row = answer.next();
            return row != null && row.get("n") instanceof Value.Int number ? number.value() : 0;
        }
    }

    private long writeFile(Answer answer, Path partial, ExportFormat format) throws IOException {
        boolean isDone = false;
        try (BufferedWriter writer = Files.newBufferedWriter(partial)) {
            long documents = write(answer, writer, format, partial.resolveSibling(partial.getFileName() + ".jsonl"));
            isDone = true;
            return documents;
        } finally {
            if (!isDone) {
                Files.deleteIfExists(partial);
            }
        }
    }

    private long write(Answer answer, Writer writer, ExportFormat format, Path waiting) throws IOException {
        return switch (format) {
            case JSON -> json(answer, writer, true);
            case JSONL -> json(answer, writer, false);
            case CSV -> table(answer, writer, waiting);
        };
    }

    private long json(Answer answer, Writer writer, boolean asArray) throws IOException {
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
            progress.update(documents, total, documents);
        }
        if (asArray) {
            writer.append(documents == 0 ? "[]\n" : "\n]\n");
        }
        return documents;
    }

    private long table(Answer answer, Writer writer, Path waiting) throws IOException {
        try (CsvTable table = new CsvTable(waiting)) {
            long documents = 0;
            Value.Struct document;
            while ((document = answer.next()) != null) {
                table.add(document);
                documents++;
                progress.update(documents, total, documents);
            }
            table.write(writer);
            return documents;
        }
    }
}
