package io.ibid.cli.documents;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Documents as a table by RFC 4180: {@code _id} first, then the other fields by name. Which columns there are is known only after the last
 * document, so documents wait as JSON lines in a file next to the target, and memory stays small.
 *
 * <p>Texts stand as they are, numbers and booleans as in JSON, objects and lists as JSON. An absent field and null are an empty cell; an
 * empty text is a cell of two quotes, and a text that looks like a number stands in quotes.
 */
final class CsvTable implements AutoCloseable {
    private final Path waiting;
    private final BufferedWriter lines;
    private final TreeSet<String> fields = new TreeSet<>(ValueOrder.KEYS);
    private final StringBuilder line = new StringBuilder();

    /** @param waiting a file that does not exist, and will not after {@link #close} */
    CsvTable(Path waiting) throws IOException {
        this.waiting = waiting;
        this.lines = Files.newBufferedWriter(waiting);
    }

    void add(Value.Struct document) throws IOException {
        for (int i = 0; i < document.size(); i++) {
            fields.add(document.name(i));
        }
        line.setLength(0);
        Json.append(line, document);
        lines.append(line).append('\n');
    }

    /** Writes header and rows. */
    void write(Writer out) throws IOException {
        lines.close();
        List<String> columns = new ArrayList<>();
        if (fields.remove("_id")) {
            columns.add("_id");
        }
        columns.addAll(fields);
        boolean[] quoted = new boolean[columns.size()];
        // The writer is not closed: that would close the target.
        CsvWriter table = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.CRLF)
                .quoteStrategy(new Quotes(quoted))
                .build(out);
        if (columns.isEmpty()) {
            return; // a header without names would be no table
        }
        table.writeRecord(columns);
        try (DocumentFile documents = DocumentFile.open(waiting, waiting.toString(), true)) {
            Value.Struct document;
            while ((document = documents.next()) != null) {
                List<@Nullable String> cells = new ArrayList<>(columns.size());
                for (int i = 0; i < quoted.length; i++) {
                    Value value = document.get(columns.get(i));
                    quoted[i] = value instanceof Value.Text(String text) && CsvFile.looksTyped(text);
                    cells.add(cell(value));
                }
                table.writeRecord(cells);
            }
        }
        table.flush();
    }

    private static @Nullable String cell(Value value) {
        return switch (value) {
            case Value.Missing missing -> null;
            case Value.Null none -> null;
            case Value.Text text -> text.value();
            default -> Json.write(value);
        };
    }

    @Override
    public void close() throws IOException {
        lines.close();
        Files.deleteIfExists(waiting);
    }

    /** Beyond what the format itself demands. */
    private record Quotes(boolean[] quoted) implements QuoteStrategy {
        @Override
        public boolean quoteEmpty(int line, int column) {
            return true;
        }

        @Override
        public boolean quoteValue(int line, int column, String value) {
            return quoted[column];
        }
    }
}
