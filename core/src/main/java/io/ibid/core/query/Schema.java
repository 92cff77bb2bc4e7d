package io.ibid.core.query;

/**
 * The indexes of a database, for CREATE INDEX and DROP INDEX. Refusals are {@link io.ibid.core.error.IbidException}s with the bare
 * text; the statement adds prefix and place.
 */
public interface Schema {

    /** Whether a new index has entries for documents that lack its first key ({@code dql_index_default_include_missing}). */
    boolean includesMissing();

    /**
     * Declares an index. It can be used when it is built, which is after this returns.
     *
     * @param ifNotExists an index of that name on that collection is left as it is, however it is defined
     * @throws io.ibid.core.error.IbidException {@code query/evaluation} when the name is taken
     */
    void create(IndexShape index, boolean ifNotExists);

    /**
     * Removes an index, built or not.
     *
     * @throws io.ibid.core.error.IbidException {@code query/evaluation} when there is none of that name
     */
    void drop(String collection, String name, boolean ifExists);
}
