package io.ibid.cli.documents;

import java.nio.file.Path;
import java.util.Locale;

/** The forms in which documents are written. The lower-case name is what the command line takes. */
public enum ExportFormat {
    /** One JSON array. */
    JSON,
    /** One JSON object a line. */
    JSONL,
    /** A table with a header: a column for each field of some document. */
    CSV;

    /** The one that a file's name says: {@code .json}, {@code .csv}, and lines for all others. */
    public static ExportFormat of(Path file) {
        String lower = file.toString().toLowerCase(Locale.ROOT);
        return lower.endsWith(".json") ? JSON : lower.endsWith(".csv") ? CSV : JSONL;
    }
}
