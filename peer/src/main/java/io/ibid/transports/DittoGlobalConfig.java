package io.ibid.transports;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What concerns all transports. Kept and given back; this version has no discovery that would use it. Not thread-safe; an instance takes a copy. */
public final class DittoGlobalConfig {
    private static final long GROUP_MAX = 0xFFFF_FFFFL;

    private long syncGroup;
    private long routingHint;

    /** Peers that find each other by themselves connect only within one group: 0 to 2^32 - 1, 0 by default. No security. */
    public long getSyncGroup() {
        return syncGroup;
    }

    /** @throws IllegalArgumentException when it is not from 0 to 2^32 - 1 */
    public void setSyncGroup(long group) {
        if (group < 0 || group > GROUP_MAX) {
            throw new IllegalArgumentException("the sync group is not from 0 to 2^32 - 1: " + group);
        }
        syncGroup = group;
    }

    /** Related peers of one server give the same number; 0, the default, is none. */
    public long getRoutingHint() {
        return routingHint;
    }

    /** @throws IllegalArgumentException when it is negative */
    public void setRoutingHint(long hint) {
        if (hint < 0) {
            throw new IllegalArgumentException("the routing hint is negative: " + hint);
        }
        routingHint = hint;
    }

    DittoGlobalConfig copy() {
        DittoGlobalConfig copy = new DittoGlobalConfig();
        copy.syncGroup = syncGroup;
        copy.routingHint = routingHint;
        return copy;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DittoGlobalConfig that
                && syncGroup == that.syncGroup
                && routingHint == that.routingHint;
    }

    @Override
    public int hashCode() {
        return Objects.hash(syncGroup, routingHint);
    }

    @Override
    public String toString() {
        return "DittoGlobalConfig[syncGroup=" + syncGroup + ", routingHint=" + routingHint + "]";
    }

    /** Edits a configuration; not thread-safe. */
    public static final class Builder {
        private final DittoGlobalConfig config;

        public Builder() {
            this(new DittoGlobalConfig());
        }

        Builder(DittoGlobalConfig config) {
            this.config = config;
        }

        public Builder syncGroup(long group) {
            config.setSyncGroup(group);
            return this;
        }

        public void setSyncGroup(long group) {
            config.setSyncGroup(group);
        }

        public Builder routingHint(long hint) {
            config.setRoutingHint(hint);
            return this;
        }

        public void setRoutingHint(long hint) {
            config.setRoutingHint(hint);
        }

        public DittoGlobalConfig build() {
            return config.copy();
        }
    }
}
