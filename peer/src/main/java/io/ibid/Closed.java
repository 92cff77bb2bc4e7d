package io.ibid;

import io.ibid.core.error.ErrorCode;
import io.ibid.peer.runtime.OpenDatabase;

/** What calls on a closed instance meet. */
final class Closed {

    private Closed() {}

    /** For a call that declares no exception. */
    static void require(OpenDatabase database) {
        if (database.isClosed()) {
            throw new DittoClosedException(message(database.databaseId()));
        }
    }

    /** For stages, and calls that declare exceptions. */
    static DittoException error(String databaseId) {
        return DittoException.of(ErrorCode.STORE_CLOSED.text(), message(databaseId), null);
    }

    private static String message(String databaseId) {
        return "The database " + databaseId + " is closed";
    }
}
