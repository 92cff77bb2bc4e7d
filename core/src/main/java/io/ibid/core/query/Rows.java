package io.ibid.core.query;

import org.jspecify.annotations.Nullable;

/** A forward cursor over rows; holds a snapshot until closed. */
public interface Rows extends AutoCloseable {

    /** The next row, or null after the last one. */
    @Nullable
    Row next();

    @Override
    void close();
}
