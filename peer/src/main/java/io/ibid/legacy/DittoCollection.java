package io.ibid.legacy;

import io.ibid.core.value.Value;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A collection of documents, by its name; it exists as soon as a document is in it. Equal to any other of the name. */
public final class DittoCollection {
    private final Engine engine;
    private final String name;

    DittoCollection(Engine engine, String name) {
        this.engine = engine;
        this.name = name;
    }

    public String getName() {
        return name;
    }

    /** Inserts a document, or merges it into the one of its {@code _id}; without one it gets an id. Gives the id. */
    public DittoDocumentId upsert(Map<String, ?> document) {
        return upsert(document, DittoWriteStrategy.Merge);
    }

    /** {@link #upsert(Map)}, with something else to do when the document exists. */
    public DittoDocumentId upsert(Map<String, ?> document, DittoWriteStrategy strategy) {
        Objects.requireNonNull(document, "document");
        Objects.requireNonNull(strategy, "strategy");
        return engine.translated(() -> Writes.upsert(engine, name, document, strategy));
    }

    /** The same as {@link #upsert(Map)}. */
    public DittoDocumentId insert(Map<String, ?> document) {
        return upsert(document);
    }

    /** All documents. */
    public DittoPendingCursorOperation findAll() {
        return new DittoPendingCursorOperation(engine, Selection.all(name));
    }

    /**
     * The documents for which a condition holds: {@code color == 'red' && mileage > 3}. One that cannot be read is refused at once, with
     * its place ({@code query/invalid}).
     */
    public DittoPendingCursorOperation find(String query) {
        return find(query, Map.of());
    }

    /** Likewise; the condition's {@code $args.name} is the argument of that name. */
    public DittoPendingCursorOperation find(String query, @Nullable Map<String, ?> arguments) {
        Objects.requireNonNull(query, "query");
        return new DittoPendingCursorOperation(engine, engine.translated(() -> {
            Value.Struct values = PlainContent.arguments(arguments);
            return Selection.matching(name, query, values);
        }));
    }

    /** The document with an id. */
    public DittoPendingIdSpecificOperation findById(DittoDocumentId id) {
        Objects.requireNonNull(id, "id");
        return new DittoPendingIdSpecificOperation(engine, engine.translated(() -> Selection.of(name, id)));
    }

    /** The document with an id, given as a plain object. */
    public DittoPendingIdSpecificOperation findById(Object id) {
        return findById(id instanceof DittoDocumentId known ? known : engine.translated(() -> new DittoDocumentId(id)));
    }

    /** The same as {@link #findById(DittoDocumentId)}. */
    public DittoPendingIdSpecificOperation findByID(DittoDocumentId id) {
        return findById(id);
    }

    /** The same as {@link #findById(Object)}. */
    public DittoPendingIdSpecificOperation findByID(Object id) {
        return findById(id);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DittoCollection that && engine == that.engine && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
