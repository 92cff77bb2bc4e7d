package io.ibid.cli.documents;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.ibid.cli.terminal.CommandFailure;
import io.ibid.core.value.Value;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table as documents, by RFC 4180 and in UTF-8. The first row names the fields. A cell is a text; one without anything, not
 * even quotes, leaves its field out.
 */
final class CsvFile implements DocumentSource {
    /** As JSON writes numbers: what begins with a zero, like a postal code, is no number. */
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,18})");

    private static final Pattern FLOAT = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    /** How the parser's messages name a line. */
    private static final Pattern PLACE = Pattern.compile(" \\(record starting at line (\\d+)\\)");

    private static final int FLOAT_CHARS_MAX = 32;
    private static final int CHARS_OF_A_CELL_MAX = 16 << 20;

    private final String name;
    private final long size;
    private final boolean types;
    private final CountingStream bytes;
    private final CsvReader<CsvRow> reader;
    private final Iterator<CsvRow> rows;
    private final List<String> header = new ArrayList<>();
    private long line;
    private int charsOfLast;

    private CsvFile(String name, long size, CountingStream bytes, char separator, boolean types) {
        this.name = name;
        this.size = size;
        this.types = types;
        this.bytes = bytes;
        InputStreamReader text = new InputStreamReader(
                bytes,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        this.reader = CsvReader.builder()
                .fieldSeparator(separator)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE) // counted here, where the message can name the header
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .maxBufferSize(CHARS_OF_A_CELL_MAX)
                .build(new CsvRow.Collector(), text);
        this.rows = reader.iterator();
    }

    static CsvFile open(Path file, String name, char separator, boolean types) throws IOException {
        return of(name, Files.size(file), Files.newInputStream(file), separator, types);
    }

    /** Takes over the stream. */
    static CsvFile of(String name, long size, InputStream bytes, char separator, boolean types) {
        CountingStream counted = new CountingStream(new BufferedInputStream(bytes, 1 << 16));
        CsvFile file = new CsvFile(name, size, counted, separator, types);
        try {
            file.readHeader();
        } catch (CommandFailure broken) {
            file.close();
            throw broken;
        }
        return file;
    }

    private void readHeader() {
        CsvRow row = nextRow();
        if (row == null) {
            throw CommandFailure.failure(name + " is empty; its first line has to name the fields");
        }
        TreeSet<String> names = new TreeSet<>();
        for (CsvRow.Cell cell : row.cells()) {
            String field = header.isEmpty() && cell.text().startsWith("\uFEFF")
                    ? cell.text().substring(1)
                    : cell.text();
            header.add(field);
            if (field.isEmpty() && !cell.isQuoted()) {
                throw at("column " + header.size() + " of the header has no name");
            }
            if (!names.add(field)) {
                throw at("the header names " + field + " twice");
            }
        }
    }

    @Override
    public Value.@Nullable Struct next() {
        CsvRow row = nextRow();
        if (row == null) {
            return null;
        }
        if (row.cells().size() != header.size()) {
            throw at((row.cells().size() == 1
                            ? "here is 1 cell"
                            : "here are " + row.cells().size() + " cells") + ", but the header names " + header.size());
        }
        Value.Struct.Builder document = Value.Struct.builder(header.size());
        for (int i = 0; i < header.size(); i++) {
            CsvRow.Cell cell = row.cells().get(i);
            if (!cell.isEmpty()) {
                document.put(header.get(i), value(cell));
            }
        }
        return document.build();
    }

    private @Nullable CsvRow nextRow() {
        try {
            if (!rows.hasNext()) {
                return null;
            }
            CsvRow row = rows.next();
            line = row.line();
            charsOfLast = row.chars();
            return row;
        } catch (CsvParseException broken) {
            throw told(broken);
        } catch (UncheckedIOException unreadable) {
            if (unreadable.getCause() instanceof CharacterCodingException) {
                throw CommandFailure.failure(name + ", somewhere behind line " + line + ": this is no UTF-8");
            }
            throw CommandFailure.failure("cannot read " + name + ": " + unreadable.getCause());
        }
    }

    /** What the parser found, which names the line somewhere; it wraps its own exceptions when it is asked for the next row. */
    private CommandFailure told(CsvParseException broken) {
        Throwable deepest = broken;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String problem = String.valueOf(deepest.getMessage());
        Matcher place = PLACE.matcher(problem);
        if (!place.find()) {
            return CommandFailure.failure(name + ", behind line " + line + ": " + problem);
        }
        line = Long.parseLong(place.group(1));
        return at(place.replaceFirst(""));
    }

    private CommandFailure at(String problem) {
        return CommandFailure.failure(name + ", line " + line + ": " + problem);
    }

    private Value value(CsvRow.Cell cell) {
        return types && !cell.isQuoted() ? guessed(cell.text()) : Value.of(cell.text());
    }

    private static Value guessed(String text) {
        if (INTEGER.matcher(text).matches()) {
            return whole(text);
        }
        if (text.length() <= FLOAT_CHARS_MAX && FLOAT.matcher(text).matches()) {
            double number = Double.parseDouble(text);
            return Double.isInfinite(number) ? Value.of(text) : Value.of(number);
        }
        return switch (text) {
            case "true" -> Value.TRUE;
            case "false" -> Value.FALSE;
            default -> Value.of(text);
        };
    }

    private static Value whole(String text) {
        try {
            return Value.of(Long.parseLong(text));
        } catch (NumberFormatException beyond64Bits) {
            return Value.of(text);
        }
    }

    /** Whether it would not be read as a text when types are guessed. */
    static boolean looksTyped(String text) {
        return !(guessed(text) instanceof Value.Text);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int line() {
        return (int) line;
    }

    @Override
    public int bytesOfLast() {
        return charsOfLast;
    }

    @Override
    public long position() {
        return bytes.count;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException unclosable) {
            throw CommandFailure.failure("cannot close " + name + ": " + unclosable.getMessage());
        }
    }

    /** Tells how far the file was read. */
    private static final class CountingStream extends FilterInputStream {
        private long count;

        CountingStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count += b < 0 ? 0 : 1;
            return b;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            count += Math.max(read, 0);
            return read;
        }
    }
}
