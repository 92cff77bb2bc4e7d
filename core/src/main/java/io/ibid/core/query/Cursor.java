package io.ibid.core.query;

/** One running operator of a plan. */
interface Cursor extends AutoCloseable {

    /** Moves the scope to the next row; false when there is none. */
    boolean next();

    @Override
    void close();
}
