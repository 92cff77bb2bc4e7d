package io.ibid.cli.client;

import io.ibid.core.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a statement yields. Rows may be computed while they are asked for, so they can still fail. */
public interface Answer extends AutoCloseable {

    /** Whether it wrote, or tried to. */
    boolean isMutation();

    /** The next row, or null after the last one. */
    Value.@Nullable Struct next();

    /** The ids of the documents that a mutation wrote; complete after the last row. */
    List<Value> mutatedIds();

    /** The commit of a mutation, or the one that a query read at; known after the last row at the latest. */
    long commitId();

    /** At most ten; complete after the last row. */
    List<String> warnings();

    /** How many there were. */
    long warningsTotal();

    @Override
    void close();
}
