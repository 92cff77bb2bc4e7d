package io.ibid;

/** Makes something of a result, which is closed when it returns. */
@FunctionalInterface
public interface DittoQueryResultHandler<R> {
    R onResult(DittoQueryResult result) throws Exception;
}
