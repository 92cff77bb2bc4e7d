package io.ibid.core.store;

/** What became of a submitted {@link Decision}. */
public sealed interface Decided {

    /** The change is durable and published. The commit is open only during the call that delivers it. */
    record Committed(Commit commit) implements Decided {}

    /**
     * No document changed and no commit was made; what the decision wrote beside (tokens) and the head it was compared with are durable.
     *
     * @param headCommit the newest commit when it was decided
     */
    record NothingToDo(long headCommit) implements Decided {}

    /** A unit was refused, nothing was written. */
    record Needed(Need need) implements Decided {}

    /**
     * Nothing was written, or, when the storage failed, it is unknown until the database is opened again
     * ({@link io.ibid.core.error.ErrorCode#STORE_BACKEND}).
     */
    record Failed(Throwable cause) implements Decided {}
}
