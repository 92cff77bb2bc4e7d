package io.ibid.peer.runtime;

import io.ibid.core.database.DatabaseConfig;
import io.ibid.core.error.Ablation;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.settings.Catalogue;
import io.ibid.core.settings.ParameterValues;
import io.ibid.core.settings.Parameters;
import io.ibid.core.store.StoreIdentity;
import io.ibid.core.sync.PeerKey;
import io.ibid.core.sync.SyncConfig;
import io.ibid.peer.rocksdb.Profile;
import io.ibid.peer.transport.SharedKey;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a database is opened.
 *
 * @param directory the database's own directory, created when absent; null: in memory, gone at close
 * @param databaseId 1 to 64 letters, digits, {@code _} and {@code -}; a UUID is taken in lower case
 * @param profile how much memory the storage may use
 * @param server whether this peer is a server: it takes all user collections of every partner
 * @param workers threads for statements of virtual threads, units of partners and other blocking work
 * @param sharedKey what all peers have who are let in; null: peers do not prove who they are and connect on this machine only
 * @param environment variables that set system parameters, see {@link io.ibid.core.settings.Parameters}
 */
public record DatabaseOptions(
        @Nullable Path directory,
        String databaseId,
        Profile profile,
        boolean server,
        int workers,
        @Nullable SharedKey sharedKey,
        Map<String, String> environment) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern UUID = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");
    private static final Set<String> RESERVED = Set.of("api", "_ditto", "docs", "health", "metrics");

    public DatabaseOptions {
        if (!ID.matcher(databaseId).matches() || RESERVED.contains(databaseId)) {
            throw new IbidException(
                    ErrorCode.VALIDATION,
                    "\"" + databaseId + "\" is no database id: it takes 1 to 64 letters, digits, _ and -,"
                            + " and none of " + String.join(", ", new TreeSet<>(RESERVED)));
        }
        if (UUID.matcher(databaseId).matches()) {
            databaseId = databaseId.toLowerCase(Locale.ROOT);
        }
    }

    /** Without a shared key. */
    public DatabaseOptions(
            @Nullable Path directory,
            String databaseId,
            Profile profile,
            boolean server,
            int workers,
            Map<String, String> environment) {
        this(directory, databaseId, profile, server, workers, null, environment);
    }

    /** A peer of an app or a command: the small profile. */
    public static DatabaseOptions peer(@Nullable Path directory, String databaseId) {
        return new DatabaseOptions(directory, databaseId, Profile.SMALL, false, 4, System.getenv());
    }

    /** A server. */
    public static DatabaseOptions server(Path directory, String databaseId) {
        return new DatabaseOptions(directory, databaseId, Profile.SERVER, true, 8, System.getenv());
    }

    /** The same with other variables than those of the process. */
    public DatabaseOptions under(Map<String, String> variables) {
        return new DatabaseOptions(directory, databaseId, profile, server, workers, sharedKey, variables);
    }

    /** The same for a group of peers that know each other by a key. */
    public DatabaseOptions sharing(@Nullable SharedKey key) {
        return new DatabaseOptions(directory, databaseId, profile, server, workers, key, environment);
    }

    /** What the core is opened with. */
    DatabaseConfig config(StoreIdentity identity) {
        Parameters parameters = new Parameters(server, environment);
        ParameterValues values = parameters.current();
        SyncConfig standard = SyncConfig.of(identity.databaseId(), PeerKey.of(identity.devicePublicKey()), server);
        SyncConfig sync = new SyncConfig(
                standard.databaseId(),
                standard.peerKey(),
                standard.isServer(),
                standard.compresses(),
                values.get(Catalogue.SYNC_BATCH_WINDOW_MS),
                values.get(Catalogue.SYNC_CREDIT_BYTES),
                standard.stagedBytesInMemoryMax(),
                values.get(Catalogue.STAGING_BYTES_MAX),
                Math.min(
                        values.get(Catalogue.UNIT_BYTES_MAX),
                        Runtime.getRuntime().maxMemory() / 16),
                values.get(Catalogue.TOMBSTONE_TTL_ENABLED) ? values.get(Catalogue.TOMBSTONE_TTL_HOURS) : 0);
        return new DatabaseConfig(identity, Ablation.NONE, parameters, sync);
    }
}
