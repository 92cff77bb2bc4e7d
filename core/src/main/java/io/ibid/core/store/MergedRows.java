package io.ibid.core.store;

import io.ibid.core.query.Row;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Value;
import java.util.Arrays;

/** Two sorted sequences as one. One thread. */
final class MergedRows implements FoundRows {

    private final FoundRows one;
    private final FoundRows other;
    private final boolean reverse;
    private boolean oneHas;
    private boolean otherHas;
    private FoundRows current;
    private boolean started;

    /** @param one must not have a document that the other one has */
    MergedRows(FoundRows one, FoundRows other, boolean reverse) {
        this.one = one;
        this.other = other;
        this.reverse = reverse;
        this.current = one;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // which of the two it is
    public boolean next() {
        if (!started || current == one) {
            oneHas = one.next();
        }
        if (!started || current == other) {
            otherHas = other.next();
        }
        started = true;
        if (!oneHas || !otherHas) {
            current = oneHas ? one : other;
            return oneHas || otherHas;
        }
        int order = Arrays.compareUnsigned(one.wholeKey(), other.wholeKey());
        current = (order < 0) != reverse ? one : other;
        return true;
    }

    @Override
    public byte[] wholeKey() {
        return current.wholeKey();
    }

    @Override
    public Value key(int i) {
        return current.key(i);
    }

    @Override
    public DocumentId id() {
        return current.id();
    }

    @Override
    public Row row() {
        return current.row();
    }

    @Override
    public void close() {
        one.close();
        other.close();
    }
}
