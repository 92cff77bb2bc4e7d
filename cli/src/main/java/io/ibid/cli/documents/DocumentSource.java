package io.ibid.cli.documents;

import io.ibid.cli.terminal.CommandFailure;
import io.ibid.core.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Documents of a file, one after another, so that a file may be larger than memory. */
public interface DocumentSource extends AutoCloseable {

    /**
     * Opens a file: {@code .csv} and {@code .tsv} as a table, everything else as JSON.
     *
     * @param types whether cells of a table that look like numbers or booleans are some
     */
    static DocumentSource open(Path file, boolean types) {
        String name = file.getFileName() == null
                ? file.toString()
                : file.getFileName().toString();
        String lower = name.toLowerCase(Locale.ROOT);
        boolean isTable = lower.endsWith(".csv") || lower.endsWith(".tsv");
        if (types && !isTable) {
            throw CommandFailure.usage("--types is for CSV; in JSON every value says what it is");
        }
        try {
            if (Files.isDirectory(file)) {
                throw CommandFailure.failure(file + " is a folder");
            }
            return isTable
                    ? CsvFile.open(file, name, lower.endsWith(".tsv") ? '\t' : ',', types)
                    : DocumentFile.open(file, name, lower.endsWith(".jsonl") || lower.endsWith(".ndjson"));
        } catch (NoSuchFileException missing) {
            throw CommandFailure.failure("there is no file " + file);
        } catch (IOException unreadable) {
            throw CommandFailure.failure("cannot read " + file + ": " + unreadable.getMessage());
        }
    }

    /**
     * The next document, null after the last one.
     *
     * @throws CommandFailure when the file is not what it should be; names file and line
     */
    Value.@Nullable Struct next();

    /** The file's name. */
    String name();

    /** The line on which the last document began, from 1. */
    int line();

    /** About how many bytes the last document has in the file. */
    int bytesOfLast();

    /** How many bytes were read so far. */
    long position();

    /** How many bytes there are. */
    long size();

    @Override
    void close();
}
