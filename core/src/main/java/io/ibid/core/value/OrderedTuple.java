package io.ibid.core.value;

import java.util.List;

/** Reads what {@link OrderedTupleWriter} wrote. Stateless. */
public final class OrderedTuple {

    private OrderedTuple() {}

    /**
     * Where the body ends that starts at an offset.
     *
     * @return the offset behind it; negative when it was cut off, then its end is {@code -result}
     * @throws MalformedException when there is none
     */
    public static int end(byte[] key, int at, boolean descending) {
        int limit = Math.min(key.length, at + OrderedTupleWriter.BODY_BYTES_MAX);
        int end = new BodyWalk(key, limit, descending ? 0xff : 0).end(at, 0);
        if (end >= 0) {
            return end;
        }
        if (limit < at + OrderedTupleWriter.BODY_BYTES_MAX) {
            throw new MalformedException("A key ends in the middle of a value, at byte " + key.length);
        }
        return -limit;
    }

    /**
     * The values behind an offset, none of which may be cut off.
     *
     * @param descending for each of them its direction
     * @param kinds as {@link OrderedTupleWriter#kinds} gave them
     */
    public static List<Value> values(byte[] key, int at, boolean[] descending, byte[] kinds) {
        byte[] bytes = key;
        int start = at;
        for (boolean inverted : descending) {
            int end = end(key, start, inverted);
            if (end < 0) {
                throw new MalformedException("A key with the beginning of a value only");
            }
            if (inverted) {
                bytes = bytes == key ? key.clone() : bytes;
                for (int i = start; i < end; i++) {
                    bytes[i] = (byte) ~key[i];
                }
            }
            start = end;
        }
        return new OrderedKeyReader(new ByteReader(bytes, at, start)).tuple(descending.length, kinds);
    }

    /**
     * The value of one body in ascending direction, when {@link OrderedTupleWriter#kinds} of its tuple were none.
     *
     * @param end where it ends
     */
    public static Value value(byte[] key, int at, int end) {
        return new OrderedKeyReader(new ByteReader(key, at, end)).last();
    }

    /** Finds ends without decoding; a negative end says that the limit came first. */
    private record BodyWalk(byte[] bytes, int limit, int mask) {

        private static final int CUT = -1;

        int at(int position) {
            return (bytes[position] & 0xff) ^ mask;
        }

        int end(int start, int depth) {
            if (start >= limit) {
                return CUT;
            }
            return switch (at(start)) {
                case OrderedKeyWriter.FALSE,
                        OrderedKeyWriter.TRUE,
                        OrderedKeyWriter.NAN,
                        OrderedKeyWriter.ZERO,
                        OrderedKeyWriter.NULL,
                        OrderedKeyWriter.MISSING -> start + 1;
                case OrderedKeyWriter.NEGATIVE -> number(start + 1, 0);
                case OrderedKeyWriter.POSITIVE -> number(start + 1, 1);
                case OrderedKeyWriter.BINARY, OrderedKeyWriter.TEXT -> text(start + 1);
                case OrderedKeyWriter.ARRAY -> array(start + 1, Nesting.enter(depth));
                case OrderedKeyWriter.STRUCT -> struct(start + 1, Nesting.enter(depth));
                default ->
                    throw new MalformedException(
                            "The tag 0x" + Integer.toHexString(at(start)) + " in a key, at byte " + start);
            };
        }

        /** @param more what the lowest bit of a byte is when others follow */
        private int number(int start, int more) {
            int at = start;
            while (at < limit && (at(at) & 1) == more) {
                at++;
            }
            return at < limit ? at + 1 : CUT;
        }

        private int text(int start) {
            int at = start;
            while (at < limit && at(at) != OrderedKeyWriter.END) {
                at++;
            }
            return at < limit ? at + 1 : CUT;
        }

        private int array(int start, int depth) {
            int at = start;
            while (at >= 0 && at < limit && at(at) != OrderedKeyWriter.END) {
                at = end(at, depth);
            }
            return at >= 0 && at < limit ? at + 1 : CUT;
        }

        private int struct(int start, int depth) {
            int at = start;
            while (at >= 0 && at < limit && at(at) != OrderedKeyWriter.END) {
                if (at(at) != OrderedKeyWriter.TEXT) {
                    throw new MalformedException("A name that is no text in a key, at byte " + at);
                }
                at = text(at + 1);
                at = at < 0 ? CUT : end(at, depth);
            }
            return at >= 0 && at < limit ? at + 1 : CUT;
        }
    }
}
