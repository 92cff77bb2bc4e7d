package io.ibid.core.query;

import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import org.jspecify.annotations.Nullable;

/** A row made of an index entry, for statements that ask for nothing else. */
final class CoveredRow implements Row {
    private final IndexShape index;
    private final @Nullable Value[] keys;
    private final @Nullable DocumentId id;

    private CoveredRow(IndexShape index, @Nullable Value[] keys, @Nullable DocumentId id) {
        this.index = index;
        this.keys = keys;
        this.id = id;
    }

    /** The entry at hand as far as it is read. */
    static CoveredRow of(IndexRows rows, Plan.Covering covering, IndexShape index) {
        Value[] keys = new Value[index.keys().size()];
        for (int key : covering.keys()) {
            keys[key] = rows.key(key);
        }
        return new CoveredRow(index, keys, covering.id() ? rows.id() : null);
    }

    @Override
    public Value id() {
        return documentId().value();
    }

    @Override
    public DocumentId documentId() {
        if (id == null) {
            throw new AssertionError("the id of a row that was read without it");
        }
        return id;
    }

    @Override
    public Value field(Path path) {
        for (int i = 0; i < keys.length; i++) {
            Path key = index.keys().get(i).path();
            Value value = keys[i];
            if (value != null && path.startsWith(key)) {
                return Navigation.follow(value, path, key.depth());
            }
        }
        throw new AssertionError(path + " is not in the index " + index.name());
    }

    @Override
    public Value.Struct document() {
        throw new AssertionError("the whole document is not in the index " + index.name());
    }

    @Override
    public void appendJson(StringBuilder out) {
        throw new AssertionError("the whole document is not in the index " + index.name());
    }

    @Override
    public Value siblings(Path path) {
        throw new AssertionError("conflicts are not in the index " + index.name());
    }

    @Override
    public int memoryBytes() {
        long bytes = 2 * Sizes.OBJECT + (id == null ? 0 : Sizes.of(id.value()));
        for (Value key : keys) {
            bytes += key == null ? 8 : Sizes.of(key);
        }
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }
}
