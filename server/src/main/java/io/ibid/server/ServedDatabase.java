package io.ibid.server;

import io.ibid.core.value.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What the HTTP handlers need of a database: one small interface, so that they can be tested without one. */
interface ServedDatabase {

    /** The database id, also accepted as first segment of a path. */
    String id();

    /** Where disposable files may go. */
    Path scratchDirectory();

    /**
     * Runs one statement in the calling thread, which is a platform thread.
     *
     * @throws io.ibid.core.error.IbidException for everything that is wrong with the statement or the store
     */
    Outcome execute(String statement, Value.Struct arguments, Terms terms);

    /** The kind of a statement, {@link QueryType#UNKNOWN} if it cannot be parsed. Never throws. */
    QueryType typeOf(String statement, boolean strict);

    /** Waits until the commit is published here; false when that did not happen in time. */
    boolean awaitCommit(long commitId, long timeoutMs) throws InterruptedException;

    /**
     * @param strict whether undeclared fields are registers
     * @param timeoutMs after which a running statement gives up, greater than 0
     * @param cancelled asked now and then; true when nobody waits for the answer any more
     */
    record Terms(boolean strict, long timeoutMs, BooleanSupplier cancelled) {}

    /** An executed statement; closing it lets its snapshot go. */
    interface Outcome extends AutoCloseable {
        QueryType type();

        /** The next row, made while it is asked for; null after the last one. */
        @Nullable
        Row next();

        List<Value> mutatedIds();

        /** The commit of a mutation, or the commit at which a read ran. */
        long commitId();

        /** The first few warnings; complete after the last row. */
        List<Warning> warnings();

        long totalWarnings();

        @Override
        void close();
    }

    /** One row of a result. */
    interface Row {
        Value.Struct value();

        void appendJson(StringBuilder out);
    }

    /** @param id the document it is about, if one */
    record Warning(@Nullable Value id, String description) {}
}
