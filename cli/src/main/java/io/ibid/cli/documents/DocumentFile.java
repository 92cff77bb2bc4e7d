package io.ibid.cli.documents;

import io.ibid.cli.json.JsonPieces;
import io.ibid.cli.terminal.CommandFailure;
import io.ibid.core.value.Json;
import io.ibid.core.value.MalformedException;
import io.ibid.core.value.Value;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The documents of a JSON file, one after another, so that a file may be larger than memory. A file is an array of objects, or
 * objects one after another; JSON lines are the latter, and when the file's name says so, each line stands for itself, so that a
 * broken line is told by its own number.
 */
final class DocumentFile implements DocumentSource {
    private static final Pattern PLACE = Pattern.compile(" at line (\\d+), column (\\d+)$");

    private final String name;
    private final long size;
    private final JsonPieces pieces;
    private final boolean isArray;
    private boolean isFinished;
    private int bytesOfLast;

    private DocumentFile(String name, long size, JsonPieces pieces, boolean isArray) {
        this.name = name;
        this.size = size;
        this.pieces = pieces;
        this.isArray = isArray;
    }

    /** @param byLine whether each line stands for itself */
    static DocumentFile open(Path file, String name, boolean byLine) throws IOException {
        InputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        return of(name, Files.size(file), bytes, byLine);
    }

    /** The documents of a stream. Takes over the stream. */
    static DocumentFile of(String name, long size, InputStream bytes, boolean byLine) throws IOException {
        JsonPieces pieces = new JsonPieces(bytes);
        boolean isArray = !byLine && pieces.skipIf('[');
        if (byLine) {
            pieces.splitByLine();
        }
        return new DocumentFile(name, size, pieces, isArray);
    }

    @Override
    public Value.@Nullable Struct next() {
        if (isFinished) {
            return null;
        }
        try {
            byte[] piece = pieces.next(isArray);
            if (piece == null) {
                isFinished = true;
                return null;
            }
            bytesOfLast = piece.length;
            return parse(piece);
        } catch (JsonPieces.Broken broken) {
            throw at(broken.line(), broken.problem());
        } catch (IOException unreadable) {
            throw CommandFailure.failure("cannot read " + name + ": " + unreadable.getMessage());
        }
    }

    private Value.Struct parse(byte[] piece) {
        Value value;
        try {
            value = Json.parse(piece);
        } catch (MalformedException malformed) {
            throw translated(String.valueOf(malformed.getMessage()));
        }
        if (value instanceof Value.Struct document) {
            return document;
        }
        throw at(pieces.firstLine(), "a document must be a JSON object, but here is " + kind(value));
    }

    /** Counts the line that the parser names from the beginning of the file. */
    private CommandFailure translated(String message) {
        Matcher place = PLACE.matcher(message);
        if (!place.find()) {
            return at(pieces.firstLine(), message);
        }
        int line = pieces.firstLine() - 1 + Integer.parseInt(place.group(1));
        return at(line, message.substring(0, place.start()));
    }

    private CommandFailure at(int line, String problem) {
        return CommandFailure.failure(name + ", line " + line + ": " + problem);
    }

    private static String kind(Value value) {
        return switch (value) {
            case Value.Array array -> "an array";
            case Value.Text text -> "a string";
            case Value.Int number -> "a number";
            case Value.Float number -> "a number";
            default -> Json.write(value);
        };
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int line() {
        return pieces.firstLine();
    }

    @Override
    public int bytesOfLast() {
        return bytesOfLast;
    }

    @Override
    public long position() {
        return pieces.position();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void close() {
        pieces.close();
    }
}
