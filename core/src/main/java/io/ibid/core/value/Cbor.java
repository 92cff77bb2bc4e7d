package io.ibid.core.value;

/**
 * Values as CBOR. {@link #encode} gives the canonical bytes of a value: the deterministic encoding of RFC 8949, section 4.2 (shortest
 * heads and floats, definite lengths, keys in the order of their encoded bytes), with integers and floats kept distinct. Equal bytes
 * are what "the same content" means everywhere: for document ids, for arguments, for hashes.
 *
 * <p>{@link #decode} takes canonical bytes only, so that nothing has two spellings between peers. {@link #decodeAny} is for what
 * users send: any well-formed CBOR whose content our values can hold.
 */
public final class Cbor {

    private Cbor() {}

    /** The canonical bytes of a value. MISSING has none. Refuses what is nested deeper than {@link Nesting#MAX}. */
    public static byte[] encode(Value value) {
        ByteWriter out = new ByteWriter(128);
        CborWriter.write(out, value, 0);
        return out.toByteArray();
    }

    /** Appends the canonical bytes of a value. */
    public static void write(ByteWriter out, Value value) {
        CborWriter.write(out, value, 0);
    }

    /**
     * The value of canonical bytes.
     *
     * @throws MalformedException when the bytes are not the whole canonical encoding of exactly one value
     */
    public static Value decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        Value value = read(in);
        in.expectEnd();
        return value;
    }

    /** Reads one canonical value and stops behind it. */
    public static Value read(ByteReader in) {
        return new CborReader(in, true).value(0);
    }

    /**
     * The value of any well-formed CBOR: indefinite lengths, longer heads than needed and keys in any order are accepted, of equal
     * keys the last wins, {@code undefined} is null and an integer beyond 64 signed bits becomes a float. Tags, keys that are no
     * text and other simple values are refused.
     */
    public static Value decodeAny(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        Value value = new CborReader(in, false).value(0);
        in.expectEnd();
        return value;
    }
}
