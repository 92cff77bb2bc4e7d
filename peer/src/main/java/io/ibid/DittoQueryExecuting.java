package io.ibid;

import io.ibid.serialization.DittoCborSerializable;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What runs statements: a store or a transaction. */
public interface DittoQueryExecuting {

    /** Runs a statement without arguments. */
    CompletionStage<?> execute(String query);

    /** Runs a statement. */
    CompletionStage<?> execute(String query, DittoCborSerializable.@Nullable Dictionary arguments);
}
