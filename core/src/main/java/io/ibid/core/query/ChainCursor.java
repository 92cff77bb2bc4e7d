package io.ibid.core.query;

import java.util.List;

/** One input after the other. */
final class ChainCursor implements Cursor {
    private final List<Cursor> inputs;
    private int at;

    ChainCursor(List<Cursor> inputs) {
        this.inputs = inputs;
    }

    @Override
    public boolean next() {
        for (; at < inputs.size(); at++) {
            if (inputs.get(at).next()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        inputs.forEach(Cursor::close);
    }
}
