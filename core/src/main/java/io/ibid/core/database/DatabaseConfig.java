package io.ibid.core.database;

import io.ibid.core.error.Ablation;
import io.ibid.core.store.StoreIdentity;

/**
 * How a database is opened.
 *
 * @param statementCacheSize {@code dql_statement_cache_size}, default 4096
 * @param systemRefreshMs {@code live_query_system_collection_refresh_interval}, default 500
 */
public record DatabaseConfig(StoreIdentity identity, Ablation ablation, int statementCacheSize, long systemRefreshMs) {

    public DatabaseConfig(StoreIdentity identity) {
        this(identity, Ablation.NONE, 4096, 500);
    }
}
