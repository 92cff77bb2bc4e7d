package io.ibid;

import io.ibid.core.value.Value;
import io.ibid.peer.runtime.Observer;
import io.ibid.serialization.DittoCborSerializable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A registered observer of a query; active until it or its {@link Ditto} is closed. */
public final class DittoStoreObserver implements DittoObserver {
    private final String query;
    private final Value.@Nullable Struct arguments;
    private final Observer observer;
    private final Consumer<DittoStoreObserver> forget;

    DittoStoreObserver(
            String query, Value.@Nullable Struct arguments, Observer observer, Consumer<DittoStoreObserver> forget) {
        this.query = query;
        this.arguments = arguments;
        this.observer = observer;
        this.forget = forget;
    }

    public String getQuery() {
        return query;
    }

    public DittoCborSerializable.@Nullable Dictionary getArguments() {
        return Values.dictionaryOrNull(arguments);
    }

    public boolean isClosed() {
        return observer.isClosed();
    }

    @Override
    public String getQueryString() {
        return query;
    }

    @Override
    public DittoCborSerializable.@Nullable Dictionary getQueryArguments() {
        return getArguments();
    }

    @Override
    public boolean isCancelled() {
        return isClosed();
    }

    @Override
    public void cancel() {
        observer.close();
        forget.accept(this);
    }

    @Override
    public void close() throws DittoException {
        cancel();
    }
}
