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
    private byte @Nullable [] bytes;
    private byte @Nullable [] orderedKey;

    private DocumentId(Value value, byte @Nullable [] bytes) {
        this.value = value;
        this.bytes = bytes;
    }

    /**
     * The id of this value.
     *
     * @throws IbidException {@link ErrorCode#STORE_DOCUMENT_ID} when the value cannot be an id: null or missing, a null or float anywhere
     *     in it, longer than {@link #BYTES_MAX} or nested deeper than {@link Nesting#MAX}
     */
    public static DocumentId of(Value value) {
        String problem = problem(value);
        if (problem == null) {
            byte[] bytes = Cbor.encode(value);
            problem = problem(bytes.length);
            if (problem == null) {
                return new DocumentId(value, bytes);
            }
        }
        throw new IbidException(ErrorCode.STORE_DOCUMENT_ID, problem);
    }

    /**
     * The id of these canonical bytes, as {@link #bytes} gave them.
     *
     * @throws MalformedException when they are anything else
     */
    public static DocumentId ofBytes(byte[] canonical) {
        Value value = Cbor.decode(canonical);
        return decoded(value, problem(canonical.length), canonical.clone());
    }

    /**
     * Reads an {@link #orderedKey} and stops behind it.
     *
     * @throws MalformedException when there is none
     */
    public static DocumentId readOrderedKey(ByteReader in) {
        int start = in.position();
        Value value = OrderedKey.read(in);
        // A scan reads many keys and asks few ids for their bytes. One that may be too long has to be looked at.
        byte[] bytes = in.position() - start <= BYTES_MAX / 2 ? null : Cbor.encode(value);
        return decoded(value, bytes == null ? null : problem(bytes.length), bytes);
    }

    private static DocumentId decoded(Value value, @Nullable String lengthProblem, byte @Nullable [] bytes) {
        String problem = lengthProblem == null ? problem(value) : lengthProblem;
        if (problem != null) {
            throw new MalformedException(problem);
        }
        return new DocumentId(value, bytes);
    }

    private static @Nullable String problem(int length) {
        return length <= BYTES_MAX
                ? null
                : "The document ID takes " + length + " bytes and exceeds the limit of " + BYTES_MAX + " bytes";
    }

    private static @Nullable String problem(Value value) {
        return switch (value) {
            case Value.Text ignored -> null;
            default ->
                Nesting.depth(value) > Nesting.MAX
                        ? "The document ID is nested deeper than " + Nesting.MAX + " levels"
                        : contentProblem(value);
        };
    }

    /** What is wrong with the first value that no id can hold, at any depth. */
    private static @Nullable String contentProblem(Value value) {
        switch (value) {
            case Value.Float ignored -> {
                return "Floats are not supported in document IDs";
            }
            case Value.Null ignored -> {
                return "Null document ID not allowed";
            }
            case Value.Missing ignored -> {
                return "Null document ID not allowed";
            }
            case Value.Array array -> {
                for (Value element : array.elements()) {
                    String problem = contentProblem(element);
                    if (problem != null) {
                        return problem;
                    }
                }
            }
            case Value.Struct struct -> {
                for (int i = 0; i < struct.size(); i++) {
                    String problem = contentProblem(struct.value(i));
                    if (problem != null) {
                        return problem;
                    }
                }
            }
            default -> {}
        }
        return null;
    }

    public Value value() {
        return value;
    }

    /** The canonical CBOR. The array is shared: do not change it. */
    public byte[] bytes() {
        byte[] canonical = bytes;
        if (canonical == null) {
            canonical = Cbor.encode(value); // twice in a race, which is harmless
            bytes = canonical;
        }
        return canonical;
    }

    /** The {@link OrderedKey} of the value. The array is shared: do not change it. */
    public byte[] orderedKey() {
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
        return other instanceof DocumentId that && ValueOrder.canonicallyEqual(value, that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** For messages: a text as it is, any other id as JSON. */
    @Override
    public String toString() {
        return value instanceof Value.Text text ? text.value() : Json.write(value);
    }
}
