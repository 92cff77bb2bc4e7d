package io.ibid.core.query;

import io.ibid.core.query.syntax.Expression.CastType;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** CAST as the reference describes it, for {@link NaiveEvaluator}. */
final class NaiveCasts {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private NaiveCasts() {}

    static Value cast(Value value, CastType type) {
        if (value.equals(Value.NULL) || value.equals(Value.MISSING)) {
            return value;
        }
        return switch (type) {
            case STRING -> text(value);
            case INTEGER -> {
                BigDecimal number = number(value);
                BigInteger whole = number == null ? null : number.toBigInteger();
                yield whole == null || whole.bitLength() > 63 ? Value.MISSING : Value.of(whole.longValue());
            }
            case FLOAT -> {
                BigDecimal number = number(value);
                yield value instanceof Value.Float
                        ? value
                        : number == null ? Value.MISSING : Value.of(number.doubleValue());
            }
            case BOOLEAN ->
                value instanceof Value.Bool
                        ? value
                        : value instanceof Value.Text(String text)
                                        && text.toLowerCase(Locale.ROOT).matches("true|false")
                                ? Value.of(text.equalsIgnoreCase("true"))
                                : Value.MISSING;
            case BINARY ->
                value instanceof Value.Binary
                        ? value
                        : value instanceof Value.Text(String text)
                                ? new Value.Binary(text.getBytes(StandardCharsets.UTF_8))
                                : Value.MISSING;
        };
    }

    private static Value text(Value value) {
        return switch (value) {
            case Value.Text it -> it;
            case Value.Int it -> Value.of(Json.write(it));
            case Value.Float(double number) -> Double.isFinite(number) ? Value.of(Json.write(value)) : Value.MISSING;
            case Value.Bool it -> Value.of(it.equals(Value.TRUE) ? "true" : "false");
            case Value.Binary binary -> {
                try {
                    yield Value.of(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(binary.bytes()))
                            .toString());
                } catch (CharacterCodingException noText) {
                    yield Value.MISSING;
                }
            }
            default -> Value.MISSING;
        };
    }

    /** Null when it spells none. A text that spells an integer too great for one is the float next to it. */
    private static @Nullable BigDecimal number(Value value) {
        return switch (value) {
            case Value.Int(long whole) -> BigDecimal.valueOf(whole);
            case Value.Float(double number) -> Double.isFinite(number) ? new BigDecimal(number) : null;
            case Value.Text(String text) -> {
                if (!NUMBER.matcher(text.strip()).matches()) {
                    yield null;
                }
                BigDecimal exact = new BigDecimal(text.strip());
                boolean integer =
                        text.strip().matches("-?[0-9]+") && exact.toBigInteger().bitLength() <= 63;
                double near = exact.doubleValue();
                yield integer ? exact : Double.isFinite(near) ? new BigDecimal(near) : null;
            }
            default -> null;
        };
    }
}
