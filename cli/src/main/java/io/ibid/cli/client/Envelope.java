package io.ibid.cli.client;

import io.ibid.cli.json.JsonPieces;
import io.ibid.cli.terminal.CommandFailure;
import io.ibid.core.value.Json;
import io.ibid.core.value.MalformedException;
import io.ibid.core.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The JSON object that answers a statement, read member by member, so that its rows are never in memory together. Members before the
 * rows are known at once, those behind them after the last row.
 */
final class Envelope implements AutoCloseable {
    private static final String ROWS = "items";

    private final Cancellation cancellation;
    private final JsonPieces pieces;
    private final Value.Struct.Builder members = Value.Struct.builder();
    private Value.Struct known = Value.Struct.EMPTY;
    private boolean isInRows;
    private boolean isFirst = true;

    /** Takes over the stream, which should be buffered, and reads up to the first row. */
    Envelope(InputStream body, Cancellation cancellation) {
        this.cancellation = cancellation;
        try {
            this.pieces = new JsonPieces(body);
            if (!pieces.skipIf('{')) {
                throw notAnAnswer("it is no JSON object");
            }
        } catch (IOException broken) {
            throw cutOff(broken);
        }
        readMembers();
    }

    /** A member that is no row, MISSING when it was not read yet or is not there. */
    Value get(String name) {
        return known.get(name);
    }

    /** The next row, null after the last one. */
    Value.@Nullable Struct next() {
        if (!isInRows) {
            return null;
        }
        try {
            if (pieces.skipIf(']')) {
                isInRows = false;
                isFirst = false;
                readMembers();
                return null;
            }
            if (!isFirst && !pieces.skipIf(',')) {
                throw notAnAnswer("its rows are not separated by commas");
            }
            isFirst = false;
            if (parse(pieces.value()) instanceof Value.Struct row) {
                return row;
            }
            throw notAnAnswer("it holds a row that is no object");
        } catch (IOException broken) {
            throw cutOff(broken);
        } catch (JsonPieces.Broken broken) {
            throw notAnAnswer(broken.problem());
        }
    }

    private void readMembers() {
        try {
            while (!pieces.skipIf('}')) {
                if (!isFirst && !pieces.skipIf(',')) {
                    throw notAnAnswer("its members are not separated by commas");
                }
                isFirst = false;
                String name = parse(pieces.value()) instanceof Value.Text text ? text.value() : "";
                if (!pieces.skipIf(':')) {
                    throw notAnAnswer("a member has no value");
                }
                if (!name.equals(ROWS) || !pieces.skipIf('[')) {
                    members.put(name, parse(pieces.value()));
                } else if (!pieces.skipIf(']')) {
                    isInRows = true;
                    isFirst = true;
                    break;
                }
            }
        } catch (IOException broken) {
            throw cutOff(broken);
        } catch (JsonPieces.Broken broken) {
            throw notAnAnswer(broken.problem());
        }
        known = members.build();
    }

    private static Value parse(byte[] piece) {
        try {
            return Json.parse(piece);
        } catch (MalformedException malformed) {
            throw notAnAnswer(String.valueOf(malformed.getMessage())
                    + firstLine(new String(piece, 0, Math.min(piece.length, 200), StandardCharsets.UTF_8)));
        }
    }

    private static String firstLine(String text) {
        return text.isBlank() ? "" : ": " + text.strip().lines().findFirst().orElse("");
    }

    private CommandFailure cutOff(IOException broken) {
        if (cancellation.isRequested()) {
            return cancelled();
        }
        return CommandFailure.failure("the connection broke in the middle of the answer: " + broken.getMessage());
    }

    static CommandFailure cancelled() {
        return CommandFailure.failure("The statement was cancelled");
    }

    private static CommandFailure notAnAnswer(String problem) {
        return CommandFailure.failure("what the server answers is not understood: " + problem);
    }

    @Override
    public void close() {
        pieces.close();
    }
}
