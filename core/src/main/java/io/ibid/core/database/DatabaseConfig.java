package io.ibid.core.database;

import io.ibid.core.error.Ablation;
import io.ibid.core.settings.Catalogue;
import io.ibid.core.settings.ParameterValues;
import io.ibid.core.settings.Parameters;
import io.ibid.core.store.Reaper;
import io.ibid.core.store.StoreIdentity;
import io.ibid.core.sync.SyncConfig;

/**
 * How a database is opened.
 *
 * @param parameters the system parameters, which ALTER SYSTEM changes while the database is open
 * @param sync role and limits of sync
 */
public record DatabaseConfig(StoreIdentity identity, Ablation ablation, Parameters parameters, SyncConfig sync) {
    private static final long CHAIN_COMMITS = 65_536;
    private static final long HOUR_MS = 3_600_000;

    /** How many hours the settings say that tombstones are kept; 0 for ever. */
    static long tombstoneHours(ParameterValues values) {
        return values.get(Catalogue.TOMBSTONE_TTL_ENABLED) ? values.get(Catalogue.TOMBSTONE_TTL_HOURS) : 0;
    }

    /**
     * What the store may forget: a small peer the old parts of its commit chain, everybody the tombstones whose time is over.
     *
     * @param tombstoneHours how long they are kept, 0 for ever
     */
    Reaper.Rule forgetting(long tombstoneHours) {
        return new Reaper.Rule(
                tombstoneHours == 0 ? -1 : Math.min(tombstoneHours, Long.MAX_VALUE / HOUR_MS) * HOUR_MS,
                Math.toIntExact(parameters.current().get(Catalogue.TOMBSTONE_REAP_BATCH_SIZE)),
                sync.isServer() ? Long.MAX_VALUE : CHAIN_COMMITS);
    }
}
