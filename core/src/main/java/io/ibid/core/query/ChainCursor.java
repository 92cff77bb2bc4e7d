package io.ibid.core.query;

import java.util.List;

/** One input after the other, all of which admit a document once. */
final class ChainCursor implements Cursor {
    private final List<Cursor> inputs;
    private final Seen seen;
    private int at;

    /** @param seen what the inputs have admitted */
    ChainCursor(List<Cursor> inputs, Seen seen) {
        this.inputs = inputs;
        this.seen = seen;
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
        seen.forget();
    }
}
