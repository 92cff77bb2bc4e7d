package io.ibid.core.query;

import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One read-write transaction as a mutating statement sees it. A statement that throws leaves it to the caller to undo what it
 * wrote.
 *
 * <p>Refusals are {@link io.ibid.core.error.IbidException}s with the bare text ({@code Unsupported DML operation on REGISTER field
 * "obj"}); the statement adds the prefix that {@code query/evaluation} has and the place in its text.
 */
public interface Target {

    /** Reads with the transaction's own writes. A cursor of it shows the state at the moment it was opened. */
    Source source();

    /**
     * Writes one document. Fields that the payload lacks are never removed.
     *
     * @param document {@code _id} inside, or absent to have one made; an id is already checked with {@link DocumentId#of}
     * @param initial written at the beginning of time; policy is then {@link Conflict#NOTHING}
     * @return the id that was written, null when nothing was
     * @throws io.ibid.core.error.IbidException the id exists and the policy is {@link Conflict#FAIL}, or a value does not fit the
     *     declared type
     */
    @Nullable
    DocumentId insert(String collection, Value.Struct document, Typing typing, Conflict policy, boolean initial);

    /**
     * Changes fields of one visible document.
     *
     * @param modifications no two on one path, and no path the beginning of another
     * @return false when there is no such visible document
     */
    boolean update(String collection, DocumentId id, List<Modification> modifications, Typing typing);

    /** Removes the document everywhere; false when there is no such visible document. */
    boolean delete(String collection, DocumentId id);

    /** Forgets the document on this device only; false when there is no such visible document. */
    boolean evict(String collection, DocumentId id);

    /** The rows of {@code system:} collections. */
    SystemTarget system();

    /** What is to be told about the documents written since the last call. */
    default List<Warning> warnings() {
        return List.of();
    }

    /** What INSERT does with an id that exists here. */
    enum Conflict {
        FAIL,
        NOTHING,
        /** Writes every supplied field, changed or not. */
        UPDATE,
        /** Writes the supplied fields that differ from what is seen. */
        UPDATE_LOCAL_DIFF
    }
}
