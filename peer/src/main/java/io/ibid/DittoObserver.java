package io.ibid;

import io.ibid.serialization.DittoCborSerializable;
import org.jspecify.annotations.Nullable;

/** The older names of {@link DittoStoreObserver}. */
public interface DittoObserver extends AutoCloseable {

    String getQueryString();

    DittoCborSerializable.@Nullable Dictionary getQueryArguments();

    boolean isCancelled();

    /** The same as {@link #close()}. */
    void cancel();

    /** No more results are delivered. Idempotent. */
    @Override
    void close() throws DittoException;
}
