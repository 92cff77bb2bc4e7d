package io.ibid.peer.runtime;

import io.ibid.core.database.Database;
import io.ibid.core.database.Indexing;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.IndexShape;
import io.ibid.core.query.Limits;
import io.ibid.core.query.Schema;
import io.ibid.core.settings.Catalogue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** CREATE INDEX and DROP INDEX of a calling thread, which waits until the index is built or gone. */
record IndexStatements(Database database, Loop loop, Limits limits) implements Schema {

    private static final long CHECK_MS = 10;

    private interface Action {
        void begin(Indexing indexing, Consumer<@Nullable Throwable> done);
    }

    @Override
    public boolean includesMissing() {
        return database.parameters().current().get(Catalogue.DQL_INDEX_DEFAULT_INCLUDE_MISSING);
    }

    @Override
    public void create(IndexShape index, boolean ifNotExists) {
        await((indexing, done) -> indexing.create(index, ifNotExists, done));
    }

    @Override
    public void drop(String collection, String name, boolean ifExists) {
        await((indexing, done) -> indexing.drop(collection, name, ifExists, done));
    }

    /** The index goes on being built when this is the end of the waiting. */
    private static boolean isDone(CompletableFuture<Void> ended) throws ExecutionException, InterruptedException {
        try {
            ended.get(CHECK_MS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) { // asks whether the statement was cancelled, and waits on
            return false;
        }
    }

    /** Ends the work in the background; when this returns, no more begins. Not to be called from the loop. */
    static void stop(Database database, Loop loop) {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        loop.execute(() -> {
            database.indexing().stop();
            stopped.complete(null);
        });
        stopped.join();
    }

    private void await(Action action) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        loop.execute(() -> action.begin(database.indexing(), failure -> {
            if (failure == null) {
                ended.complete(null);
            } else {
                ended.completeExceptionally(failure);
            }
        }));
        try {
            while (!isDone(ended)) {
                limits.check();
            }
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new AssertionError(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IbidException(
                    ErrorCode.QUERY_EXECUTION, "The thread that waited for an index was interrupted", e);
        }
    }
}
