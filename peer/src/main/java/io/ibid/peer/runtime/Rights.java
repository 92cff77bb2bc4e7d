package io.ibid.peer.runtime;

import io.ibid.core.error.IbidException;
import io.ibid.core.query.Statement;
import io.ibid.core.query.StatementKind;

/**
 * Which statements are served to whom, here.
 *
 * @param server whether this database is a server's
 * @param inMemory whether it is gone when it is closed
 */
record Rights(boolean server, boolean inMemory) {
    private static final String DATA_SYNC_INFO = "data_sync_info";
    private static final String SUBSCRIPTIONS = "sync_subscriptions";

    /** @throws IbidException {@code query/unsupported} saying who may, or what to use instead */
    void require(Statement statement, Caller caller) {
        requireRole(statement, caller);
        if (statement.carries().isMutation()
                && statement.systemCollections().contains(SUBSCRIPTIONS)
                && (caller == Caller.HTTP_READWRITE || caller == Caller.HTTP_READONLY)) {
            throw statement.refusal("what this peer subscribes to is changed with a key of the role admin");
        }
        if (statement.isForServers() && !server) {
            throw statement.refusal("TOMBSTONE FROM is a statement of the Big Peer; use DELETE FROM");
        }
        if (statement.systemCollections().contains(DATA_SYNC_INFO)) {
            if (inMemory) {
                throw statement.refusal("system:data_sync_info is not kept by a database in memory");
            }
            if (server && caller.isRemote()) {
                throw statement.refusal(
                        "system:data_sync_info is about a device and not answered by a server; system:sync_peers is");
            }
        }
    }

    private static void requireRole(Statement statement, Caller caller) {
        // What a PROFILE, EXPLAIN or ADVISE carries needs the same rights as alone.
        StatementKind kind = isForAdministrators(statement.kind()) ? statement.kind() : statement.carries();
        switch (caller) {
            case SDK, HTTP_ADMIN -> {}
            case HTTP_READWRITE -> {
                if (isForAdministrators(kind)) {
                    throw statement.refusal(kind.text() + " needs a key of the role admin");
                }
            }
            case HTTP_READONLY -> {
                if (isForAdministrators(kind)) {
                    throw statement.refusal(kind.text() + " needs a key of the role admin");
                }
                if (kind.isMutation()) {
                    throw statement.refusal(kind.text() + " needs a key of the role readwrite or admin");
                }
            }
        }
    }

    private static boolean isForAdministrators(StatementKind kind) {
        return switch (kind) {
            case EVICT, SHOW, ALTER_SYSTEM, CREATE_INDEX, DROP_INDEX, ADVISE_AND_PROVISION -> true;
            case SELECT, INSERT, UPDATE, DELETE, EXPLAIN, PROFILE, PROFILED_MUTATION, ADVISE -> false;
        };
    }
}
