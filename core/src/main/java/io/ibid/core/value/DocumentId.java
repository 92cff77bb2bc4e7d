package io.ibid.core.value;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a document within its collection: any value without floats, most often a text or a struct. Two ids are the same
 * when their canonical CBOR is, so the order of a struct's keys does not matter. Sorted as their values are, because stores keep
 * documents in that order.
 */
public final class DocumentId implements Comparable<DocumentId> {

    /** The most bytes of canonical CBOR an id may take. */
    public static final int BYTES_MAX = 4096;

    private final Value value;
    private final byte[] bytes;
    private byte @Nullable [] orderedKey;

    private DocumentId(Value value, byte[] bytes) {
        this.value = value;
        this.bytes = bytes;
    }

    /**
     * The id of this value.
     *
     * @throws IbidException {@link ErrorCode#STORE_DOCUMENT_ID} when the value cannot be an id: null or missing, a float anywhere
     *     in it, or longer than {@link #BYTES_MAX}
     */
    public static DocumentId of(Value value) {
        validate(value);
        byte[] bytes = Cbor.encode(value);
        if (bytes.length > BYTES_MAX) {
            throw refused("The document ID takes " + bytes.length + " bytes and exceeds the limit of " + BYTES_MAX
                    + " bytes");
        }
        return new DocumentId(value, bytes);
    }

    /** The id of these canonical bytes, as {@link #bytes} gave them. Refuses everything else. */
    public static DocumentId ofBytes(byte[] canonical) {
        Value value = Cbor.decode(canonical);
        validate(value);
        if (canonical.length > BYTES_MAX) {
            throw refused("The document ID takes " + canonical.length + " bytes and exceeds the limit of " + BYTES_MAX
                    + " bytes");
        }
        return new DocumentId(value, canonical.clone());
    }

    /** Reads an {@link #orderedKey} and stops behind it. */
    public static DocumentId readOrderedKey(ByteReader in) {
        return of(OrderedKey.read(in));
    }

    private static void validate(Value value) {
        if (value instanceof Value.Null || value instanceof Value.Missing) {
            throw refused("Null document ID not allowed");
        }
        if (Nesting.depth(value) > Nesting.MAX) {
            throw refused("The document ID is nested deeper than " + Nesting.MAX + " levels");
        }
        if (containsFloat(value)) {
            throw refused("Floats are not supported in document IDs");
        }
    }

    private static boolean containsFloat(Value value) {
        return switch (value) {
            case Value.Float ignored -> true;
            case Value.Array array -> array.elements().stream().anyMatch(DocumentId::containsFloat);
            case Value.Struct struct -> {
                for (int i = 0; i < struct.size(); i++) {
                    if (containsFloat(struct.value(i))) {
                        yield true;
                    }
                }
                yield false;
            }
            default -> false;
        };
    }

    private static IbidException refused(String message) {
        return new IbidException(ErrorCode.STORE_DOCUMENT_ID, message);
    }

    public Value value() {
        return value;
    }

    /** The canonical CBOR. The array is shared: do not change it. */
    public byte[] bytes() {
        return bytes;
    }

    /** The {@link OrderedKey} of the value. The array is shared: do not change it. */
    public byte[] orderedKey() {
        // A race computes the same bytes twice, which is harmless.
        byte[] key = orderedKey;
        if (key == null) {
            key = OrderedKey.encode(value);
            orderedKey = key;
        }
        return key;
    }

    /** By value, see {@link ValueOrder}. */
    @Override
    public int compareTo(DocumentId other) {
        if (this == other) {
            return 0;
        }
        return value instanceof Value.Text a && other.value instanceof Value.Text b
                ? ValueOrder.compareKeys(a.value(), b.value())
                : Arrays.compareUnsigned(orderedKey(), other.orderedKey());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DocumentId that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** For messages: a text as it is, any other id as JSON. */
    @Override
    public String toString() {
        return value instanceof Value.Text text ? text.value() : value.toString();
    }
}
