package io.ibid.core.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads CBOR, either the deterministic form only or any well-formed one. */
final class CborReader {

    private static final int INDEFINITE = 31;
    /** Room made before the first element: counts are claims, and 256 nested claims of the whole input would exhaust the memory. */
    private static final int ROOM_MAX = 64;

    private static final double TWO_TO_64 = 0x1p64;

    private final ByteReader in;
    private final boolean canonical;

    CborReader(ByteReader in, boolean canonical) {
        this.in = in;
        this.canonical = canonical;
    }

    Value value(int depth) {
        int initial = in.u8();
        int info = initial & 0x1f;
        return switch (initial >> 5) {
            case CborWriter.UNSIGNED -> integer(argument(info), false);
            case CborWriter.NEGATIVE -> integer(argument(info), true);
            case CborWriter.BYTES ->
                new Value.Binary(
                        info == INDEFINITE ? chunks(CborWriter.BYTES).toByteArray() : in.bytes(length(info, 1)));
            case CborWriter.TEXT -> new Value.Text(text(info));
            case CborWriter.ARRAY -> array(info, Nesting.enter(depth));
            case CborWriter.MAP -> struct(info, Nesting.enter(depth));
            case CborWriter.TAG -> throw malformed("Tags are not supported");
            default -> simple(initial);
        };
    }

    private Value integer(long argument, boolean negative) {
        if (argument >= 0) {
            return Value.of(negative ? ~argument : argument);
        }
        if (canonical) {
            throw malformed("An integer beyond 64 bits");
        }
        return Value.of(negative ? -unsigned(argument + 1) : unsigned(argument));
    }

    /** The nearest double to a number of 2^63 or more; 0 stands for 2^64. */
    private static double unsigned(long number) {
        // The lowest bit survives the halving only as "there was more", which is all that rounding asks of it.
        return number == 0 ? TWO_TO_64 : (double) ((number >>> 1) | (number & 1)) * 2;
    }

    private Value simple(int initial) {
        return switch (initial) {
            case CborWriter.FALSE -> Value.FALSE;
            case CborWriter.TRUE -> Value.TRUE;
            case CborWriter.NULL -> Value.NULL;
            case CborWriter.FLOAT16 -> half((short) ((in.u8() << 8) | in.u8()));
            case CborWriter.FLOAT32 -> single(in.fixed32());
            case CborWriter.FLOAT64 -> twice(in.fixed64());
            case CborWriter.UNDEFINED -> {
                if (canonical) {
                    throw malformed("The value undefined");
                }
                yield Value.NULL;
            }
            case CborWriter.BREAK -> throw malformed("A break outside an indefinite length");
            default -> throw malformed("The simple value 0x" + Integer.toHexString(initial));
        };
    }

    private Value half(short bits) {
        float value = Float.float16ToFloat(bits);
        if (canonical && Float.isNaN(value) && bits != 0x7e00) {
            throw malformed("A NaN that is not the canonical one");
        }
        return Value.of((double) value);
    }

    private Value single(int bits) {
        float value = Float.intBitsToFloat(bits);
        if (canonical && (Float.isNaN(value) || Float.float16ToFloat(Float.floatToFloat16(value)) == value)) {
            throw malformed("A float in a longer form than needed");
        }
        return Value.of((double) value);
    }

    private Value twice(long bits) {
        double value = Double.longBitsToDouble(bits);
        if (canonical && (Double.isNaN(value) || (float) value == value)) {
            throw malformed("A float in a longer form than needed");
        }
        return Value.of(value);
    }

    private long argument(int info) {
        if (info < 24) {
            return info;
        }
        long argument;
        long smallest;
        switch (info) {
            case 24 -> {
                argument = in.u8();
                smallest = 24;
            }
            case 25 -> {
                argument = ((long) in.u8() << 8) | in.u8();
                smallest = 1L << 8;
            }
            case 26 -> {
                argument = in.fixed32() & 0xffffffffL;
                smallest = 1L << 16;
            }
            case 27 -> {
                argument = in.fixed64();
                smallest = 1L << 32;
            }
            default -> throw malformed("The length code " + info);
        }
        if (canonical && Long.compareUnsigned(argument, smallest) < 0) {
            throw malformed("A number in a longer form than needed");
        }
        return argument;
    }

    /** A length or count of things that each take at least so many bytes of what is left. */
    private int length(int info, int bytesEach) {
        long length = argument(info);
        if (length < 0 || length > in.remaining() / bytesEach) {
            throw malformed("A length of " + Long.toUnsignedString(length) + " with " + in.remaining() + " bytes left");
        }
        return (int) length;
    }

    private String text(int info) {
        if (info != INDEFINITE) {
            return in.rawText(length(info, 1));
        }
        ByteWriter whole = chunks(CborWriter.TEXT);
        return Utf8.decode(whole.buffer(), 0, whole.size());
    }

    private String name(int info) {
        if (info == INDEFINITE) {
            return text(info);
        }
        int length = length(info, 1);
        String name = Names.of(in.buffer(), in.position(), length);
        in.skip(length);
        return name;
    }

    private ByteWriter chunks(int major) {
        indefinite();
        ByteWriter whole = new ByteWriter();
        for (int initial = in.u8(); initial != CborWriter.BREAK; initial = in.u8()) {
            if (initial >> 5 != major || (initial & 0x1f) == INDEFINITE) {
                throw malformed("A chunk of another kind");
            }
            int length = length(initial & 0x1f, 1);
            if (major == CborWriter.TEXT) {
                whole.rawText(in.rawText(length)); // each chunk is valid UTF-8 by itself
            } else {
                whole.bytes(in.buffer(), in.position(), length);
                in.skip(length);
            }
        }
        return whole;
    }

    private Value array(int info, int depth) {
        if (info != INDEFINITE) {
            int count = length(info, 1);
            List<Value> elements = new ArrayList<>(Math.min(count, ROOM_MAX));
            for (int i = 0; i < count; i++) {
                elements.add(value(depth));
            }
            return new Value.Array(elements);
        }
        indefinite();
        List<Value> elements = new ArrayList<>();
        while (in.peek() != CborWriter.BREAK) {
            elements.add(value(depth));
        }
        in.skip(1);
        return new Value.Array(elements);
    }

    private Value struct(int info, int depth) {
        boolean endless = info == INDEFINITE;
        if (endless) {
            indefinite();
        }
        int count = endless ? 0 : length(info, 2);
        Value.Struct.Builder fields = Value.Struct.builder(Math.min(count, ROOM_MAX));
        int before = 0;
        int beforeEnd = 0;
        for (int i = 0; endless ? in.peek() != CborWriter.BREAK : i < count; i++) {
            int start = in.position();
            int initial = in.u8();
            if (initial >> 5 != CborWriter.TEXT) {
                throw malformed("A key that is no text");
            }
            String name = name(initial & 0x1f);
            if (canonical
                    && i > 0
                    && Arrays.compareUnsigned(in.buffer(), before, beforeEnd, in.buffer(), start, in.position()) >= 0) {
                throw malformed("Keys out of order");
            }
            before = start;
            beforeEnd = in.position();
            fields.put(name, value(depth));
        }
        if (endless) {
            in.skip(1);
        }
        return fields.build();
    }

    private void indefinite() {
        if (canonical) {
            throw malformed("An indefinite length");
        }
    }

    private MalformedException malformed(String what) {
        return new MalformedException(what + " in CBOR, before byte " + in.position());
    }
}
