package io.ibid.core.query.function;

import io.ibid.core.value.Json;
import io.ibid.core.value.MalformedException;
import io.ibid.core.value.Value;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** CAST. What cannot be cast is MISSING; NULL stays NULL. */
public final class Casts {

    private Casts() {}

    public static Value toText(Value value) {
        return switch (value) {
            case Value.Text text -> text;
            case Value.Int number -> Value.of(Long.toString(number.value()));
            case Value.Float number -> Double.isFinite(number.value()) ? Value.of(Json.write(number)) : Value.MISSING;
            case Value.Bool bool -> Value.of(Boolean.toString(bool.value()));
            case Value.Binary binary -> decoded(binary);
            case Value.Null none -> Value.NULL;
            default -> Value.MISSING;
        };
    }

    private static Value decoded(Value.Binary binary) {
        try {
            return Value.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(binary.bytes()))
                    .toString());
        } catch (CharacterCodingException notText) {
            return Value.MISSING;
        }
    }

    /** A fraction is cut off. */
    public static Value toInteger(Value value) {
        return switch (value) {
            case Value.Int number -> number;
            case Value.Float number -> truncated(number.value());
            case Value.Text text -> toInteger(number(text));
            case Value.Null none -> Value.NULL;
            default -> Value.MISSING;
        };
    }

    private static Value truncated(double number) {
        // The greatest long is no double: the first double beyond it is 2^63.
        return number >= -0x1p63 && number < 0x1p63 ? Value.of((long) number) : Value.MISSING;
    }

    public static Value toFloat(Value value) {
        return switch (value) {
            case Value.Int number -> Value.of((double) number.value());
            case Value.Float number -> number;
            case Value.Text text -> toFloat(number(text));
            case Value.Null none -> Value.NULL;
            default -> Value.MISSING;
        };
    }

    public static Value toBoolean(Value value) {
        return switch (value) {
            case Value.Bool bool -> bool;
            case Value.Text text ->
                switch (text.value().toLowerCase(Locale.ROOT)) {
                    case "true" -> Value.TRUE;
                    case "false" -> Value.FALSE;
                    default -> Value.MISSING;
                };
            case Value.Null none -> Value.NULL;
            default -> Value.MISSING;
        };
    }

    /** A text becomes its UTF-8 bytes. */
    public static Value toBinary(Value value) {
        return switch (value) {
            case Value.Binary binary -> binary;
            case Value.Text text -> new Value.Binary(text.value().getBytes(StandardCharsets.UTF_8));
            case Value.Null none -> Value.NULL;
            default -> Value.MISSING;
        };
    }

    /** The number that a text spells in JSON's way, blanks around it allowed; MISSING for any other text. */
    private static Value number(Value.Text text) {
        String trimmed = text.value().strip();
        if (trimmed.isEmpty() || !(trimmed.charAt(0) == '-' || Character.isDigit(trimmed.charAt(0)))) {
            return Value.MISSING;
        }
        try {
            Value parsed = Json.parse(trimmed);
            return Arithmetic.isNumber(parsed) ? parsed : Value.MISSING;
        } catch (MalformedException noNumber) {
            return Value.MISSING;
        }
    }
}
