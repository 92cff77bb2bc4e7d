package io.ibid.legacy;

import io.ibid.peer.runtime.OpenDatabase;
import io.ibid.peer.runtime.TransactionOptions;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an open database offers of this API. Applications call the same methods on {@code ditto.store}. Thread-safe. */
public final class LegacyStore {
    private final Engine engine;

    /**
     * For {@link io.ibid.Ditto}, which makes the only one of a database.
     *
     * @param failures makes the API's exception of one of the engine's, or throws it
     */
    public LegacyStore(OpenDatabase database, Function<RuntimeException, RuntimeException> failures) {
        this.engine = new Engine(database, failures);
    }

    /** A collection, which need not exist yet. */
    public DittoCollection collection(String name) {
        return new DittoCollection(engine, Objects.requireNonNull(name, "name"));
    }

    /** The collections that have documents here. */
    public DittoPendingCollectionsOperation collections() {
        return new DittoPendingCollectionsOperation(engine);
    }

    /** The names of the collections that have documents here, sorted. */
    public List<String> collectionNames() {
        return collections().exec().stream().map(DittoCollection::getName).toList();
    }

    /** {@link #write(String, DittoWriteTransactionCallback)} without a name. */
    public List<DittoWriteTransactionResult> write(DittoWriteTransactionCallback work) {
        return write(null, work);
    }

    /**
     * Writes several documents as one: other peers, observers and a crash see all of it or nothing.
     *
     * @param hint how the log calls it when it takes long
     * @return what was written, in order
     */
    public List<DittoWriteTransactionResult> write(@Nullable String hint, DittoWriteTransactionCallback work) {
        Objects.requireNonNull(work, "work");
        return engine.together(new TransactionOptions(false, hint), runner -> {
            DittoWriteTransaction transaction = new DittoWriteTransaction(engine, runner);
            Thrown.call(() -> work.write(transaction));
            return transaction.results();
        });
    }

    /** A number that is the same on all peers for which these queries select the same documents now: 64 bits, not negative. */
    public BigInteger queriesHash(List<DittoPendingCursorOperation> queries) {
        List<DittoDocument> documents = new ArrayList<>();
        queries.forEach(query -> documents.addAll(query.exec()));
        return ContentHash.of(documents);
    }

    /** The {@link #queriesHash} as four words that people can read to each other. */
    public String queriesHashMnemonic(List<DittoPendingCursorOperation> queries) {
        return ContentHash.mnemonic(queriesHash(queries));
    }

    /** Calls back soon with the peers that this one is connected to, and again when there are others. */
    public DittoPeersObserver observePeers(DittoPeersCallback callback) {
        return DittoPeersObserver.start(engine, Objects.requireNonNull(callback, "callback"));
    }

    /** Ends all live queries and subscriptions. */
    public void close() {
        engine.close();
    }
}
