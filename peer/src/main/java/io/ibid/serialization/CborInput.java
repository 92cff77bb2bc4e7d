package io.ibid.serialization;

import io.ibid.DittoULong;
import io.ibid.core.value.ByteReader;
import io.ibid.core.value.Cbor;
import io.ibid.core.value.MalformedException;
import io.ibid.core.value.Nesting;
import io.ibid.core.value.ValueOrder;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads CBOR with what the engine's reader does not know: tags, and integers beyond 64 bits without loss. Texts, bytes and simple values
 * are cut out and left to that reader.
 */
final class CborInput {
    private static final int INDEFINITE = 31;
    private static final int BREAK = 0xFF;

    private final byte[] bytes;
    private final ByteReader in;

    private CborInput(byte[] bytes) {
        this.bytes = bytes;
        this.in = new ByteReader(bytes);
    }

    static DittoCborSerializable read(byte[] bytes) {
        CborInput input = new CborInput(bytes.clone());
        DittoCborSerializable value = input.value(0);
        input.in.expectEnd();
        return value;
    }

    private DittoCborSerializable value(int depth) {
        if (depth > Nesting.MAX) {
            throw malformed("A nesting of more than " + Nesting.MAX + " levels");
        }
        int start = in.position();
        int initial = in.u8();
        int info = initial & 0x1F;
        return switch (initial >> 5) {
            case 0 -> DittoCborSerializable.of(argument(info).toBigInteger());
            case 1 -> DittoCborSerializable.of(argument(info).toBigInteger().not());
            case 2, 3 -> {
                skipString(info);
                yield cut(start);
            }
            case 4 -> array(info, depth);
            case 5 -> map(info, depth);
            case 6 -> new DittoCborSerializable.Tagged(argument(info), value(depth + 1));
            default -> {
                in.skip(info >= 24 && info <= 27 ? 1 << (info - 24) : 0);
                yield cut(start);
            }
        };
    }

    private DittoCborSerializable cut(int start) {
        return DittoCborSerializable.wrap(Cbor.decodeAny(Arrays.copyOfRange(bytes, start, in.position())));
    }

    private void skipString(int info) {
        if (info != INDEFINITE) {
            in.skip(length(info));
            return;
        }
        for (int initial = in.u8(); initial != BREAK; initial = in.u8()) {
            in.skip(length(initial & 0x1F));
        }
    }

    private DittoCborSerializable array(int info, int depth) {
        List<DittoCborSerializable> elements = new ArrayList<>();
        int count = info == INDEFINITE ? Integer.MAX_VALUE : length(info);
        while (elements.size() < count && !(info == INDEFINITE && isBreak())) {
            elements.add(value(depth + 1));
        }
        return DittoCborSerializable.Array.holding(elements);
    }

    private DittoCborSerializable map(int info, int depth) {
        SortedMap<String, DittoCborSerializable> fields = new TreeMap<>(ValueOrder.KEYS);
        int count = info == INDEFINITE ? Integer.MAX_VALUE : length(info);
        for (int i = 0; i < count && !(info == INDEFINITE && isBreak()); i++) {
            String key = value(depth + 1).asStringOrNull();
            if (key == null) {
                throw malformed("A key that is no text");
            }
            fields.put(key, value(depth + 1));
        }
        return DittoCborSerializable.Dictionary.holding(fields);
    }

    private boolean isBreak() {
        if (in.remaining() > 0 && (bytes[in.position()] & 0xFF) == BREAK) {
            in.skip(1);
            return true;
        }
        return false;
    }

    private DittoULong argument(int info) {
        long argument = info;
        if (info >= 24) {
            if (info > 27) {
                throw malformed("The length code " + info);
            }
            argument = 0;
            for (int left = 1 << (info - 24); left > 0; left--) {
                argument = argument << 8 | in.u8();
            }
        }
        return DittoULong.of(argument);
    }

    private int length(int info) {
        BigInteger length = argument(info).toBigInteger();
        if (length.compareTo(BigInteger.valueOf(in.remaining())) > 0) {
            throw malformed("A length of " + length + " with " + in.remaining() + " bytes left");
        }
        return length.intValue();
    }

    private MalformedException malformed(String what) {
        return new MalformedException(what + " in CBOR, before byte " + in.position());
    }
}
