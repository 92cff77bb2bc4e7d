package io.ibid.core.value;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random values of every kind, from a seed: nested, with the numbers, texts and names where implementations go wrong. Small pools of
 * names, texts and numbers make equal and nearly equal values likely, which is where orders and merges go wrong.
 */
public final class ValueGenerator {

    private static final long[] INTEGERS = {
        0,
        1,
        -1,
        2,
        5,
        23,
        24,
        127,
        128,
        255,
        256,
        -24,
        -25,
        65535,
        65536,
        1000,
        1L << 31,
        (1L << 32) - 1,
        1L << 32,
        (1L << 53) - 1,
        1L << 53,
        (1L << 53) + 1,
        -(1L << 53) - 1,
        (1L << 62) + 1,
        Long.MAX_VALUE,
        Long.MAX_VALUE - 1,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1,
        1_700_000_000_000L
    };
    private static final double[] FLOATS = {
        0.0,
        -0.0,
        1.0,
        -1.0,
        0.5,
        1.5,
        -1.5,
        5.0,
        0.1,
        65504.0,
        65505.0,
        5.960464477539063e-8,
        1e-300,
        1e300,
        0x1p53,
        0x1p53 + 2,
        0x1p62,
        0x1p63,
        -0x1p63,
        0x1p64,
        -0x1p64,
        9.223372036854775E18,
        Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Double.MAX_VALUE,
        3.4028234663852886e38,
        1.401298464324817e-45,
        1.1754943508222875e-38
    };
    private static final String[] TEXTS = {
        "",
        "a",
        "b",
        "ab",
        "aa",
        "b\0",
        "\0",
        "\u0001",
        "a\u0001b",
        "name",
        "ä",
        "é",
        "日本語",
        "\ud83d\ude00",
        "\uffff",
        "\ue000",
        "\ud800\udc00",
        "\udbff\udfff",
        "\u007f",
        "\u0080",
        "\u07ff",
        "\u0800",
        "\"\\/\b\f\n\r\t",
        "line\u2028separator",
        "A"
    };
    private static final String[] NAMES = {
        "a",
        "b",
        "c",
        "aa",
        "_id",
        "name",
        "count",
        "ä",
        "\ud83d\ude00",
        "\uffff",
        "",
        "x.y",
        "z\0",
        "longer name than the others"
    };

    private final SplittableRandom random;

    public ValueGenerator(long seed) {
        random = new SplittableRandom(seed);
    }

    /** The source of every choice, for the choices of the test itself. */
    public SplittableRandom random() {
        return random;
    }

    /** Any value that a document can hold, nested up to three levels. */
    public Value value() {
        return value(3);
    }

    /** Any value that a document can hold, nested at most so deep. */
    public Value value(int depthMax) {
        if (depthMax > 0 && random.nextInt(3) == 0) {
            return random.nextBoolean() ? array(depthMax - 1) : struct(depthMax - 1);
        }
        return scalar();
    }

    /** Any value, also those that only expressions yield: MISSING, NaN and the infinities. */
    public Value anyValue() {
        return switch (random.nextInt(12)) {
            case 0 -> Value.MISSING;
            case 1 -> Value.of(Double.NaN);
            case 2 -> Value.of(random.nextBoolean() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
            default -> value();
        };
    }

    public Value scalar() {
        return switch (random.nextInt(10)) {
            case 0 -> Value.NULL;
            case 1 -> Value.of(random.nextBoolean());
            case 2, 3 -> Value.of(integer());
            case 4, 5 -> Value.of(number());
            case 6 -> new Value.Binary(bytes(random.nextInt(12)));
            default -> Value.of(text());
        };
    }

    public Value.Array array(int depthMax) {
        List<Value> elements = new ArrayList<>();
        int size = random.nextInt(5);
        for (int i = 0; i < size; i++) {
            elements.add(value(depthMax));
        }
        return new Value.Array(elements);
    }

    public Value.Struct struct(int depthMax) {
        Value.Struct.Builder fields = Value.Struct.builder();
        int size = random.nextInt(6);
        for (int i = 0; i < size; i++) {
            fields.put(name(), value(depthMax));
        }
        return fields.build();
    }

    /** A document's content with an {@code _id} that is valid. */
    public Value.Struct document() {
        Value.Struct.Builder fields = Value.Struct.builder();
        int size = random.nextInt(20);
        for (int i = 0; i < size; i++) {
            fields.put(name(), value(3));
        }
        return fields.put("_id", documentId().value()).build();
    }

    /** A valid id: mostly text, else a struct of scalars or an integer. */
    public DocumentId documentId() {
        return DocumentId.of(
                switch (random.nextInt(6)) {
                    case 0 -> Value.of(integer());
                    case 1 ->
                        Value.Struct.builder()
                                .put(name(), Value.of(text()))
                                .put(name(), Value.of(integer()))
                                .build();
                    default -> Value.of(text());
                });
    }

    public long integer() {
        return switch (random.nextInt(3)) {
            case 0 -> INTEGERS[random.nextInt(INTEGERS.length)];
            case 1 -> random.nextInt(-3, 4);
            default -> random.nextLong() >> random.nextInt(64);
        };
    }

    /** A finite double. */
    public double number() {
        return switch (random.nextInt(4)) {
            case 0 -> FLOATS[random.nextInt(FLOATS.length)];
            case 1 -> (double) integer();
            case 2 -> random.nextInt(-300, 300) / 8.0;
            default -> {
                double any = Double.longBitsToDouble(random.nextLong());
                yield Double.isFinite(any) ? any : 0.25;
            }
        };
    }

    public String text() {
        if (random.nextInt(3) > 0) {
            return TEXTS[random.nextInt(TEXTS.length)];
        }
        StringBuilder text = new StringBuilder();
        int points = random.nextInt(random.nextInt(10) == 0 ? 300 : 12);
        int plane = random.nextInt(4);
        for (int i = 0; i < points; i++) {
            text.appendCodePoint(
                    switch (plane) {
                        case 0, 1 -> random.nextInt(' ', 0x7f);
                        case 2 -> random.nextInt(0, 0x300);
                        default -> point();
                    });
        }
        return text.toString();
    }

    private int point() {
        int point = random.nextInt(Character.MAX_CODE_POINT + 1);
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 'x' : point;
    }

    public String name() {
        return random.nextInt(4) == 0 ? text() : NAMES[random.nextInt(NAMES.length)];
    }

    public byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt(3) : random.nextInt(256));
        }
        return bytes;
    }

    /** Bytes of a valid encoding after a few random injuries: flipped, cut out, doubled, overwritten. */
    public byte[] mutated(byte[] valid) {
        byte[] bytes = valid.clone();
        int injuries = 1 + random.nextInt(3);
        for (int i = 0; i < injuries && bytes.length > 0; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0xff : random.nextInt(4));
                case 3 -> bytes = java.util.Arrays.copyOf(bytes, at);
                default -> {
                    int from = random.nextInt(bytes.length);
                    System.arraycopy(bytes, from, bytes, at, Math.min(bytes.length - at, bytes.length - from));
                }
            }
        }
        return bytes;
    }
}
