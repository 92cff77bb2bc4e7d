package io.ibid.legacy;

import java.util.List;

/** A counter in an update. */
public final class DittoMutableCounter extends DittoCounter {
    private final DocumentEdit edit;
    private final List<Object> path;

    DittoMutableCounter(DocumentEdit edit, List<Object> path) {
        this.edit = edit;
        this.path = path;
    }

    /** With what this update has added so far. */
    @Override
    public double getValue() {
        return edit.value(path) instanceof Number number ? number.doubleValue() : 0;
    }

    /** Adds to it; a negative amount subtracts. Where there is no counter yet, one begins at 0. */
    public void increment(double amount) {
        edit.increment(path, amount);
    }
}
