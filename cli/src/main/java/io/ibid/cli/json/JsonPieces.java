package io.ibid.cli.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of JSON into its top-level values without parsing them: it only follows brackets and strings. What is wrong inside
 * a value is for the parser to find.
 */
public final class JsonPieces implements AutoCloseable {
    /** No document may be so large; whoever forgets a bracket should not fill the memory. */
    public static final int PIECE_BYTES_MAX = 16 * 1024 * 1024;

    private static final int END = -1;

    private final InputStream bytes;
    private int ahead;
    private int line = 1;
    private int firstLine = 1;
    private long position;
    private boolean byLine;
    private boolean isFirst = true;

    /** Takes over the stream, which should be buffered. */
    public JsonPieces(InputStream bytes) throws IOException {
        this.bytes = bytes;
        this.ahead = bytes.read();
        skipByteOrderMark();
    }

    /** Something is wrong between the values, or a value does not end. */
    public static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        private final int line;
        private final String problem;

        private Broken(int line, String problem) {
            super(problem, null, false, false);
            this.line = line;
            this.problem = problem;
        }

        public int line() {
            return line;
        }

        public String problem() {
            return problem;
        }
    }

    public void splitByLine() {
        byLine = true;
    }

    /** Skips white space and then the given character, if it is the next one. */
    public boolean skipIf(char wanted) throws IOException {
        skipSpace();
        if (ahead != wanted) {
            return false;
        }
        read();
        return true;
    }

    /**
     * The bytes of the next value, null after the last one.
     *
     * @param inArray whether values are separated by commas and a bracket ends them
     */
    public byte @Nullable [] next(boolean inArray) throws IOException, Broken {
        skipSpace();
        if (byLine) {
            firstLine = line;
            return ahead == END ? null : restOfLine();
        }
        if (inArray) {
            if (ahead == ']') {
                read();
                requireEnd();
                return null;
            }
            if (!isFirst && !skipIf(',')) {
                throw broken(ahead == END ? "the array does not end; ] is missing" : "expected , or ]");
            }
            skipSpace();
        }
        isFirst = false;
        firstLine = line;
        if (ahead == END) {
            if (inArray) {
                throw broken("the array does not end; ] is missing");
            }
            return null;
        }
        return value();
    }

    private byte[] restOfLine() throws IOException, Broken {
        ByteArrayOutputStream piece = new ByteArrayOutputStream(512);
        while (ahead != END && ahead != '\n') {
            append(piece);
        }
        return piece.toByteArray();
    }

    /** The bytes of the value that begins here, without its separator. */
    public byte[] value() throws IOException, Broken {
        skipSpace();
        ByteArrayOutputStream piece = new ByteArrayOutputStream(512);
        int depth = 0;
        do {
            switch (ahead) {
                case END -> throw new Broken(firstLine, "the value that begins here does not end");
                case '"' -> string(piece);
                case '{', '[' -> {
                    depth++;
                    append(piece);
                }
                case '}', ']' -> {
                    depth--;
                    append(piece);
                }
                default -> append(piece);
            }
        } while (depth > 0 || (depth == 0 && isWithinWord(piece)));
        return piece.toByteArray();
    }

    /** Numbers, true, false and null have no bracket that ends them. */
    private boolean isWithinWord(ByteArrayOutputStream piece) {
        boolean wordEnds = ahead == END || ahead == ',' || ahead == ']' || ahead == '}' || isSpace(ahead);
        byte[] soFar = wordEnds || piece.size() > 64 ? new byte[0] : piece.toByteArray();
        return soFar.length > 0 && soFar[0] != '{' && soFar[0] != '[' && soFar[0] != '"';
    }

    private void string(ByteArrayOutputStream piece) throws IOException, Broken {
        int startedOn = line;
        append(piece);
        while (ahead != '"') {
            if (ahead == '\\') {
                append(piece);
            }
            if (ahead == END) {
                throw new Broken(startedOn, "the string that begins here does not end");
            }
            append(piece);
        }
        append(piece);
    }

    private void append(ByteArrayOutputStream piece) throws IOException, Broken {
        if (piece.size() == PIECE_BYTES_MAX) {
            throw new Broken(firstLine, "the value that begins here is larger than 16 MiB");
        }
        piece.write(read());
    }

    private void requireEnd() throws IOException, Broken {
        skipSpace();
        if (ahead != END) {
            throw broken("there is something after the end of the array");
        }
    }

    private Broken broken(String problem) {
        return new Broken(line, problem);
    }

    private void skipByteOrderMark() throws IOException {
        if (ahead == 0xEF) {
            for (int i = 0; i < 3; i++) {
                read();
            }
        }
    }

    private void skipSpace() throws IOException {
        while (isSpace(ahead)) {
            read();
        }
    }

    private static boolean isSpace(int character) {
        return character == ' ' || character == '\n' || character == '\r' || character == '\t';
    }

    private int read() throws IOException {
        int character = ahead;
        if (character == '\n') {
            line++;
        }
        position++;
        ahead = bytes.read();
        return character;
    }

    /** The line on which the last value began, from 1. */
    public int firstLine() {
        return firstLine;
    }

    /** Bytes read so far. */
    public long position() {
        return position;
    }

    @Override
    public void close() {
        try {
            bytes.close();
        } catch (IOException leftOpen) {
            throw new java.io.UncheckedIOException(leftOpen);
        }
    }
}
