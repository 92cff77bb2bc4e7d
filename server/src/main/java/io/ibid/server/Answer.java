package io.ibid.server;

import org.jspecify.annotations.Nullable;

/** What a statement came to: its rows, encoded, and the rest. Whoever has it closes the rows. */
record Answer(Summary summary, @Nullable Spool rows) implements AutoCloseable {

    static Answer failed(QueryType type, Failure failure) {
        return new Answer(Summary.failed(type, failure), null);
    }

    int status() {
        Failure failure = summary.failure();
        return failure == null ? 200 : failure.status();
    }

    @Override
    public void close() {
        if (rows != null) {
            rows.close();
        }
    }
}
