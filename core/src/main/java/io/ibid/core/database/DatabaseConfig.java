package io.ibid.core.database;

import io.ibid.core.error.Ablation;
import io.ibid.core.store.Reaper;
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

    private static final int REAP_BATCH = 10_000;
    private static final long CHAIN_COMMITS = 65_536;

    /** What the store may forget: a small peer the old parts of its commit chain, everybody the tombstones whose time is over. */
    Reaper.Rule forgetting() {
        long hours = sync.tombstoneTtlHours();
        return new Reaper.Rule(
                hours == 0 ? -1 : hours * 3_600_000, REAP_BATCH, sync.isServer() ? Long.MAX_VALUE : CHAIN_COMMITS);
    }

    public DatabaseConfig(StoreIdentity identity) {
        this(identity, Ablation.NONE, 4096, 500);
    }
}
