package io.ibid.core.database;

import io.ibid.core.error.Ablation;
import io.ibid.core.store.StoreIdentity;
import io.ibid.core.sync.PeerKey;
import io.ibid.core.sync.SyncConfig;

/**
 * How a database is opened.
 *
 * @param statementCacheSize {@code dql_statement_cache_size}, default 4096
 * @param systemRefreshMs {@code live_query_system_collection_refresh_interval}, default 500
 * @param sync role and limits of sync
 */
public record DatabaseConfig(
        StoreIdentity identity, Ablation ablation, int statementCacheSize, long systemRefreshMs, SyncConfig sync) {

    public DatabaseConfig(StoreIdentity identity, Ablation ablation, int statementCacheSize, long systemRefreshMs) {
        this(
                identity,
                ablation,
                statementCacheSize,
                systemRefreshMs,
                SyncConfig.of(identity.databaseId(), PeerKey.of(identity.devicePublicKey()), false));
    }

    public DatabaseConfig(StoreIdentity identity) {
        this(identity, Ablation.NONE, 4096, 500);
    }
}
