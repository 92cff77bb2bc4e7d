package io.ibid.core.store;

import io.ibid.core.query.IndexShape;
import io.ibid.core.query.Source;
import io.ibid.core.query.Target;
import java.util.function.Consumer;
import java.util.function.Function;

/** The real store in memory, for the oracle of statements. */
public final class OracleDatabase implements AutoCloseable {
    private final TestStore store = new TestStore(1);

    /** Runs a mutation in a transaction of its own; when it throws, nothing of it is written. */
    public void transact(Consumer<Target> statement) {
        store.clock.nowMs++;
        store.transact(statement::accept);
    }

    /** Reads what is published. */
    public <T> T read(Function<Source, T> reader) {
        try (Published published = store.store.published()) {
            return reader.apply(published.source(store.settings.reading()));
        }
    }

    /** Creates an index and builds it. */
    public void createIndex(IndexShape shape) {
        store.write(IndexWork.create(store.store.head(), shape, false));
        boolean unfinished = true;
        while (unfinished) {
            unfinished = store.work(1, 5);
        }
    }

    /** Also looks for whatever the integrity check can find. */
    @Override
    public void close() {
        store.close();
    }
}
