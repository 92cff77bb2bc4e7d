package io.ibid.core.value;

/**
 * Values in the form in which documents are stored and queried: one nested field is read without decoding the rest.
 *
 * <p>A value is a tag byte and a payload. The container tags carry, before their entries, where each entry ends, so that an element
 * is found by its number, a field by binary search over the sorted names, and either is skipped without looking inside. Offsets
 * take 1, 2 or 4 bytes as the container's size asks. The bytes do not depend on where they stand and say by themselves where they
 * end. Read them with {@link View}; {@link BinaryWriter} also writes what has a CRDT type. Byte for byte: docs/storage.md.
 */
public final class BinaryForm {

    private BinaryForm() {}

    /** Appends a value, structs as opaque registers. MISSING has no binary form. */
    public static void write(ByteWriter out, Value value) {
        new BinaryWriter(out).opaque(value);
    }

    /** The bytes of a value, structs as opaque registers. */
    public static byte[] encode(Value value) {
        ByteWriter out = new ByteWriter(512);
        write(out, value);
        return out.toByteArray();
    }
}
