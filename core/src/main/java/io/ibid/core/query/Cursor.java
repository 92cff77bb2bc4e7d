package io.ibid.core.query;

/** One running operator of a plan. */
interface Cursor extends AutoCloseable {

    /** Moves the scope to the next row; false when there is none. */
    boolean next();

    /** Begins anew for the rows of the FROM terms before that are at hand now; false: another one has to be opened instead. */
    default boolean reopen() {
        return false;
    }

    @Override
    void close();
}
