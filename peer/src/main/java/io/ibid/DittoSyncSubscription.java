package io.ibid;

import io.ibid.core.value.Value;
import io.ibid.peer.runtime.Subscription;
import io.ibid.serialization.DittoCborSerializable;
import java.io.Closeable;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A registered subscription; active until it or its {@link Ditto} is closed. */
public final class DittoSyncSubscription implements Closeable {
    private final String query;
    private final Value.@Nullable Struct arguments;
    private final Subscription subscription;
    private final Consumer<DittoSyncSubscription> forget;

    DittoSyncSubscription(
            String query,
            Value.@Nullable Struct arguments,
            Subscription subscription,
            Consumer<DittoSyncSubscription> forget) {
        this.query = query;
        this.arguments = arguments;
        this.subscription = subscription;
        this.forget = forget;
    }

    public String getQuery() {
        return query;
    }

    public DittoCborSerializable.@Nullable Dictionary getArguments() {
        return Values.dictionaryOrNull(arguments);
    }

    /** The same as {@link #getQuery()}. */
    public String getQueryString() {
        return query;
    }

    /** The same as {@link #getArguments()}. */
    public DittoCborSerializable.@Nullable Dictionary getQueryArguments() {
        return getArguments();
    }

    public boolean isClosed() {
        return subscription.isClosed();
    }

    /** The same as {@link #isClosed()}. */
    public boolean isCancelled() {
        return isClosed();
    }

    /** The same as {@link #close()}. */
    public void cancel() {
        subscription.close();
        forget.accept(this);
    }

    /** Ends the wish; what has arrived stays. Idempotent. */
    @Override
    public void close() throws IOException {
        cancel();
    }
}
