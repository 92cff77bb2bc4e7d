package io.ibid.serialization;

import io.ibid.core.value.Cbor;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes values as CBOR and as JSON; what the engine can hold, it writes itself. */
final class CborOutput {
    private static final int UNSIGNED = 0;
    private static final int NEGATIVE = 1;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int TAG = 6;

    private CborOutput() {}

    static byte[] encode(DittoCborSerializable value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, value);
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, DittoCborSerializable value) {
        Value known = value.valueOrNull();
        if (known != null) {
            out.writeBytes(Cbor.encode(known));
            return;
        }
        switch (value) {
            case DittoCborSerializable.UnsignedInteger number ->
                head(out, UNSIGNED, number.toBigInteger().longValue());
            case DittoCborSerializable.NegativeInteger number ->
                head(out, NEGATIVE, number.toBigInteger().not().longValue());
            case DittoCborSerializable.Tagged tagged -> {
                head(out, TAG, tagged.getTag().longValue());
                write(out, tagged.getValue());
            }
            case DittoCborSerializable.Array array -> {
                head(out, ARRAY, array.size());
                array.forEach(element -> write(out, element));
            }
            case DittoCborSerializable.Dictionary dictionary -> map(out, dictionary);
            default -> throw new AssertionError("the engine holds every " + value.getClass());
        }
    }

    /** The fields in the order of their encoded keys. */
    private static void map(ByteArrayOutputStream out, DittoCborSerializable.Dictionary dictionary) {
        record Field(byte[] key, DittoCborSerializable value) {}
        List<Field> fields = new ArrayList<>();
        dictionary.fields().forEach((name, value) -> fields.add(new Field(Cbor.encode(Value.of(name)), value)));
        fields.sort((a, b) -> Arrays.compareUnsigned(a.key, b.key));
        head(out, MAP, fields.size());
        for (Field field : fields) {
            out.writeBytes(field.key);
            write(out, field.value);
        }
    }

    private static void head(ByteArrayOutputStream out, int major, long argument) {
        int bytes = argument >>> 8 == 0 ? 1 : argument >>> 16 == 0 ? 2 : argument >>> 32 == 0 ? 4 : 8;
        if (argument >= 0 && argument < 24) {
            out.write(major << 5 | (int) argument);
            return;
        }
        out.write(major << 5 | 24 + Integer.numberOfTrailingZeros(bytes));
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            out.write((int) (argument >>> shift));
        }
    }

    static void appendJson(StringBuilder out, DittoCborSerializable value) {
        Value known = value.valueOrNull();
        if (known != null) {
            Json.append(out, known);
            return;
        }
        switch (value) {
            case DittoCborSerializable.UnsignedInteger number -> out.append(number.toBigInteger());
            case DittoCborSerializable.NegativeInteger number -> out.append(number.toBigInteger());
            case DittoCborSerializable.Tagged tagged -> {
                BigInteger number = tagged.bigIntegerOrNull();
                if (number == null) {
                    appendJson(out, tagged.getValue());
                } else {
                    out.append(number);
                }
            }
            case DittoCborSerializable.Array array -> {
                out.append('[');
                for (Iterator<DittoCborSerializable> elements = array.iterator(); elements.hasNext(); ) {
                    appendJson(out, elements.next());
                    out.append(elements.hasNext() ? "," : "");
                }
                out.append(']');
            }
            case DittoCborSerializable.Dictionary dictionary -> {
                String separator = "";
                out.append('{');
                for (Map.Entry<String, DittoCborSerializable> field :
                        dictionary.fields().entrySet()) {
                    out.append(separator);
                    Json.appendText(out, field.getKey());
                    out.append(':');
                    appendJson(out, field.getValue());
                    separator = ",";
                }
                out.append('}');
            }
            default -> throw new AssertionError("the engine holds every " + value.getClass());
        }
    }
}
