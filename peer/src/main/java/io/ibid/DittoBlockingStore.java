package io.ibid;

import io.ibid.legacy.DittoCollection;
import io.ibid.legacy.DittoPendingCollectionsOperation;
import io.ibid.legacy.DittoPendingCursorOperation;
import io.ibid.legacy.DittoWriteTransactionCallback;
import io.ibid.legacy.DittoWriteTransactionResult;
import io.ibid.legacy.LegacyStore;
import io.ibid.serialization.DittoCborSerializable;
import java.io.File;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The store with calls that block: {@code ditto.store}. A call runs on the caller's thread and returns when the result is durable and
 * visible. Failures are {@link DittoException}s although none is declared.
 */
public final class DittoBlockingStore {
    /** The active observers: a view that cannot be changed. */
    public final Set<DittoObserver> observers;

    private final DittoStore store;
    private final LegacyStore legacy;

    DittoBlockingStore(DittoStore store, LegacyStore legacy) {
        this.store = store;
        this.legacy = legacy;
        this.observers = Collections.unmodifiableSet(store.liveObservers());
    }

    public DittoQueryResult execute(String query) {
        return execute(query, (Map<String, ?>) null);
    }

    public DittoQueryResult execute(String query, DittoCborSerializable.@Nullable Dictionary arguments) {
        return execute(query, (Map<String, ?>) arguments);
    }

    public DittoQueryResult execute(String query, @Nullable Map<String, ?> arguments) {
        Objects.requireNonNull(query, "query");
        try {
            return store.executeNow(query, arguments);
        } catch (DittoException e) {
            throw DittoException.<RuntimeException>sneak(e);
        }
    }

    public DittoObserver registerObserver(String query, DittoChangeListener listener) {
        return registerObserver(query, (Map<String, ?>) null, listener);
    }

    public DittoObserver registerObserver(
            String query, DittoCborSerializable.@Nullable Dictionary arguments, DittoChangeListener listener) {
        return registerObserver(query, (Map<String, ?>) arguments, listener);
    }

    /** {@link DittoStore#registerObserver(String, Map, DittoChangeListener)}. */
    public DittoObserver registerObserver(
            String query, @Nullable Map<String, ?> arguments, DittoChangeListener listener) {
        return registered(() -> store.registerObserver(query, arguments, listener));
    }

    public DittoObserver registerObserver(String query, DittoChangeListenerWithNextSignal listener) {
        return registerObserver(query, (Map<String, ?>) null, listener);
    }

    public DittoObserver registerObserver(
            String query,
            DittoCborSerializable.@Nullable Dictionary arguments,
            DittoChangeListenerWithNextSignal listener) {
        return registerObserver(query, (Map<String, ?>) arguments, listener);
    }

    /** {@link DittoStore#registerObserver(String, Map, DittoChangeListenerWithNextSignal)}. */
    public DittoObserver registerObserver(
            String query, @Nullable Map<String, ?> arguments, DittoChangeListenerWithNextSignal listener) {
        return registered(() -> store.registerObserver(query, arguments, listener));
    }

    public DittoObserver registerObserver(String query, DittoChangeListenerWithDiff listener) {
        return registerObserver(query, (Map<String, ?>) null, listener);
    }

    public DittoObserver registerObserver(
            String query, DittoCborSerializable.@Nullable Dictionary arguments, DittoChangeListenerWithDiff listener) {
        return registerObserver(query, (Map<String, ?>) arguments, listener);
    }

    /** {@link DittoStore#registerObserver(String, Map, DittoChangeListenerWithDiff)}. */
    public DittoObserver registerObserver(
            String query, @Nullable Map<String, ?> arguments, DittoChangeListenerWithDiff listener) {
        return registered(() -> store.registerObserver(query, arguments, listener));
    }

    public DittoObserver registerObserver(String query, DittoChangeListenerWithDiffAndNextSignal listener) {
        return registerObserver(query, (Map<String, ?>) null, listener);
    }

    public DittoObserver registerObserver(
            String query,
            DittoCborSerializable.@Nullable Dictionary arguments,
            DittoChangeListenerWithDiffAndNextSignal listener) {
        return registerObserver(query, (Map<String, ?>) arguments, listener);
    }

    /** {@link DittoStore#registerObserver(String, Map, DittoChangeListenerWithDiffAndNextSignal)}. */
    public DittoObserver registerObserver(
            String query, @Nullable Map<String, ?> arguments, DittoChangeListenerWithDiffAndNextSignal listener) {
        return registered(() -> store.registerObserver(query, arguments, listener));
    }

    /** A collection for the API before DQL; it need not exist yet. */
    public DittoCollection collection(String name) {
        return legacy.collection(name);
    }

    /** The same as {@link #collection}. */
    public DittoCollection get(String name) {
        return legacy.collection(name);
    }

    /** The collections that have documents here. */
    public DittoPendingCollectionsOperation collections() {
        return legacy.collections();
    }

    /** The names of the collections that have documents here, sorted. */
    public List<String> collectionNames() {
        return legacy.collectionNames();
    }

    /** {@link LegacyStore#write(DittoWriteTransactionCallback)}. */
    public List<DittoWriteTransactionResult> write(DittoWriteTransactionCallback work) {
        return legacy.write(work);
    }

    /** {@link LegacyStore#write(String, DittoWriteTransactionCallback)}. */
    public List<DittoWriteTransactionResult> write(@Nullable String hint, DittoWriteTransactionCallback work) {
        return legacy.write(hint, work);
    }

    /** {@link LegacyStore#queriesHash}. */
    public BigInteger queriesHash(List<DittoPendingCursorOperation> queries) {
        return legacy.queriesHash(queries);
    }

    /** {@link LegacyStore#queriesHashMnemonic}. */
    public String queriesHashMnemonic(List<DittoPendingCursorOperation> queries) {
        return legacy.queriesHashMnemonic(queries);
    }

    public DittoAttachment newAttachment(String path) {
        return newAttachment(path, null);
    }

    /** {@link DittoStore#newAttachment(String, DittoCborSerializable.Dictionary)}. */
    public DittoAttachment newAttachment(String path, @Nullable Map<String, ?> metadata) {
        return registered(() -> store.attachments().create(StoreAttachments.path(path), metadata));
    }

    public DittoAttachment newAttachment(Path path) {
        return newAttachment(path, null);
    }

    /** {@link DittoStore#newAttachment(Path, DittoCborSerializable.Dictionary)}. */
    public DittoAttachment newAttachment(Path path, @Nullable Map<String, ?> metadata) {
        return registered(() -> store.attachments().create(path, metadata));
    }

    public DittoAttachment newAttachment(File file) {
        return newAttachment(file.toPath(), null);
    }

    /** {@link DittoStore#newAttachment(java.nio.file.Path, DittoCborSerializable.Dictionary)}. */
    public DittoAttachment newAttachment(File file, @Nullable Map<String, ?> metadata) {
        return newAttachment(file.toPath(), metadata);
    }

    public DittoAttachment newAttachment(InputStream content) {
        return newAttachment(content, null);
    }

    /** {@link DittoStore#newAttachment(InputStream, DittoCborSerializable.Dictionary)}. */
    public DittoAttachment newAttachment(InputStream content, @Nullable Map<String, ?> metadata) {
        return registered(() -> store.attachments().create(content, metadata));
    }

    /** Begins to bring the content of a token here, and tells the handler how it goes. */
    public DittoAttachmentFetcher fetchAttachment(
            DittoAttachmentToken token, DittoAttachmentFetchEventHandler handler) {
        Objects.requireNonNull(token, "token");
        return registered(() -> store.attachments().fetch(token, handler));
    }

    /** Likewise, with the token as a document holds it. */
    public DittoAttachmentFetcher fetchAttachment(Map<String, ?> token, DittoAttachmentFetchEventHandler handler) {
        Objects.requireNonNull(token, "token");
        return registered(() -> store.attachments().fetch(DittoAttachmentToken.of(token), handler));
    }

    private interface Registration<T> {
        T run() throws DittoException;
    }

    private static <T> T registered(Registration<T> registration) {
        try {
            return registration.run();
        } catch (DittoException e) {
            throw DittoException.<RuntimeException>sneak(e);
        }
    }
}
