package io.ibid.core.database;

import io.ibid.core.store.Change;
import io.ibid.core.store.Commit;
import io.ibid.core.store.Need;
import io.ibid.core.store.Published;
import org.jspecify.annotations.Nullable;

/** What a holder of the writer turn has done with it. */
sealed interface Turn {

    /**
     * The change is written, not yet durable.
     *
     * @param commit null when it made no commit
     * @param headCommit the newest commit when it was decided, or its own
     */
    record Written(Change change, @Nullable Commit commit, long headCommit) implements Turn {}

    /**
     * A state that differs from the one before is written, not yet durable, although there is no commit.
     *
     * @param state acquired
     */
    record Changed(Published state) implements Turn {}

    /** A unit was refused; nothing was written. */
    record Refused(Need need) implements Turn {}

    /** Nothing was written, or nobody knows ({@code store/backend}). */
    record Failed(Throwable cause) implements Turn {}
}
