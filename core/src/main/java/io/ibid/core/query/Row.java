package io.ibid.core.query;

import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;

/**
 * One visible document as a statement sees it: typed by the {@link Typing} it was asked for, so that an invisible variant of a
 * field is simply MISSING. Immutable; stays valid after its {@link Rows} moved on or were closed.
 */
public interface Row {

    /** The document's {@code _id}. */
    Value id();

    /** The document's {@code _id} as a key; override it where the key is at hand. */
    default DocumentId documentId() {
        return DocumentId.of(id());
    }

    /**
     * The value of one field, MISSING when there is none or when the path leads through something that is no object. Navigates
     * through maps, registers that hold an object and attachment tokens alike, and decodes nothing but the result. The path is
     * never empty and never begins with {@code _id}.
     */
    Value field(Path path);

    /** The whole document, {@code _id} included. */
    Value.Struct document();

    /** Writes what {@link #document} returns as JSON, without building it where the stored form allows. */
    void appendJson(StringBuilder out);

    /**
     * One object per concurrent value of the field, the winner first: {@code value}, {@code type}, {@code time} (epoch ms),
     * {@code author} (hexadecimal); one element when there is no conflict, MISSING when the field is.
     */
    Value siblings(Path path);

    /** Roughly what keeping this row costs in heap bytes; a sort accounts for its rows with it. */
    int memoryBytes();
}
