package io.ibid.core.sync;

import io.ibid.core.env.Logs;
import org.slf4j.Logger;

/**
 * How long what is left of deleted documents is kept: as the settings of this device say, but no longer than at any server that it meets.
 * A tombstone that outlives the server's would be new to the server when it comes back, and would come back for ever. Loop only.
 */
final class TombstoneLife {
    private static final Logger log = Logs.of(TombstoneLife.class);

    private final boolean isServer;
    private long ownHours;
    /** The least that a server has told; 0: none has, or all keep them for ever. */
    private long serversHours;

    /** @param ownHours 0: for ever */
    TombstoneLife(boolean isServer, long ownHours) {
        this.isServer = isServer;
        this.ownHours = ownHours;
    }

    /** What the settings of this device say from now on; 0: for ever. */
    void keepFor(long hours) {
        if (hours != ownHours) {
            ownHours = hours;
            warn();
        }
    }

    /** What the settings of this device say; 0: for ever. */
    long ownHours() {
        return ownHours;
    }

    void met(Partner partner) {
        long told = partner.tombstoneTtlHours();
        if (partner.isServer() && !isServer && told > 0 && (serversHours == 0 || told < serversHours)) {
            serversHours = told;
            warn();
        }
    }

    private void warn() {
        if (isTooLong()) {
            log.warn(
                    "tombstone_ttl_hours is {} here and {} at the server: the server's counts",
                    ownHours == 0 ? "for ever" : ownHours,
                    serversHours);
        }
    }

    private boolean isTooLong() {
        return serversHours > 0 && (ownHours == 0 || ownHours > serversHours);
    }

    /** How long they are kept in fact; 0: for ever. */
    long hours() {
        return isTooLong() ? serversHours : ownHours;
    }
}
