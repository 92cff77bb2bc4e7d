package io.ibid.transports;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whom a peer connects to, again and again until it succeeds. Nobody by default. Not thread-safe; an instance takes a copy. */
public final class DittoConnect {
    private static final int RETRY_MS = 5_000;

    private Set<String> tcpServers = new LinkedHashSet<>();
    private Set<String> websocketUrls = new LinkedHashSet<>();
    private int retryIntervalMs = RETRY_MS;

    /** Addresses of peers as {@code host:port}, an IPv6 host in brackets. Can be changed. */
    public Set<String> tcpServers() {
        return tcpServers;
    }

    /** The same as {@link #tcpServers()}. */
    public Set<String> getTcpServers() {
        return tcpServers;
    }

    public DittoConnect setTcpServers(String... addresses) {
        return setTcpServers(List.of(addresses));
    }

    public DittoConnect setTcpServers(Collection<String> addresses) {
        tcpServers = new LinkedHashSet<>(addresses);
        return this;
    }

    public DittoConnect addTcpServers(String... addresses) {
        return addTcpServers(List.of(addresses));
    }

    public DittoConnect addTcpServers(Collection<String> addresses) {
        tcpServers.addAll(addresses);
        return this;
    }

    /** Addresses of servers as {@code ws(s)://host[:port][/path]}. Can be changed. */
    public Set<String> websocketUrls() {
        return websocketUrls;
    }

    /** The same as {@link #websocketUrls()}. */
    public Set<String> getWebsocketUrls() {
        return websocketUrls;
    }

    public DittoConnect setWebsocketUrls(String... addresses) {
        return setWebsocketUrls(List.of(addresses));
    }

    public DittoConnect setWebsocketUrls(Collection<String> addresses) {
        websocketUrls = new LinkedHashSet<>(addresses);
        return this;
    }

    public DittoConnect addWebsocketUrls(String... addresses) {
        return addWebsocketUrls(List.of(addresses));
    }

    public DittoConnect addWebsocketUrls(Collection<String> addresses) {
        websocketUrls.addAll(addresses);
        return this;
    }

    /** Milliseconds between two attempts, 5,000 by default. */
    public int getRetryIntervalMs() {
        return retryIntervalMs;
    }

    public void setRetryIntervalMs(int milliseconds) {
        retryIntervalMs = milliseconds;
    }

    DittoConnect copy() {
        DittoConnect copy = new DittoConnect().setTcpServers(tcpServers).setWebsocketUrls(websocketUrls);
        copy.retryIntervalMs = retryIntervalMs;
        return copy;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DittoConnect that
                && tcpServers.equals(that.tcpServers)
                && websocketUrls.equals(that.websocketUrls)
                && retryIntervalMs == that.retryIntervalMs;
    }

    @Override
    public int hashCode() {
        return Objects.hash(tcpServers, websocketUrls, retryIntervalMs);
    }

    @Override
    public String toString() {
        return "DittoConnect[tcpServers=" + tcpServers + ", websocketUrls=" + websocketUrls + ", retryIntervalMs="
                + retryIntervalMs + "]";
    }

    /** Edits a configuration; not thread-safe. */
    public static final class Builder {
        private final DittoConnect config;

        public Builder() {
            this(new DittoConnect());
        }

        Builder(DittoConnect config) {
            this.config = config;
        }

        /** Addresses of peers as {@code host:port}, an IPv6 host in brackets. Can be changed. */
        public Set<String> tcpServers() {
            return config.tcpServers;
        }

        /** The same as {@link #tcpServers()}. */
        public Set<String> getTcpServers() {
            return config.tcpServers;
        }

        public Builder setTcpServers(String... addresses) {
            return setTcpServers(List.of(addresses));
        }

        public Builder setTcpServers(Collection<String> addresses) {
            config.tcpServers = new LinkedHashSet<>(addresses);
            return this;
        }

        public Builder addTcpServers(String... addresses) {
            return addTcpServers(List.of(addresses));
        }

        public Builder addTcpServers(Collection<String> addresses) {
            config.tcpServers.addAll(addresses);
            return this;
        }

        /** Addresses of servers as {@code ws(s)://host[:port][/path]}. Can be changed. */
        public Set<String> websocketUrls() {
            return config.websocketUrls;
        }

        /** The same as {@link #websocketUrls()}. */
        public Set<String> getWebsocketUrls() {
            return config.websocketUrls;
        }

        public Builder setWebsocketUrls(String... addresses) {
            return setWebsocketUrls(List.of(addresses));
        }

        public Builder setWebsocketUrls(Collection<String> addresses) {
            config.websocketUrls = new LinkedHashSet<>(addresses);
            return this;
        }

        public Builder addWebsocketUrls(String... addresses) {
            return addWebsocketUrls(List.of(addresses));
        }

        public Builder addWebsocketUrls(Collection<String> addresses) {
            config.websocketUrls.addAll(addresses);
            return this;
        }

        /** Milliseconds between two attempts, 5,000 by default. */
        public Builder retryIntervalMs(int milliseconds) {
            config.setRetryIntervalMs(milliseconds);
            return this;
        }

        public DittoConnect build() {
            return config.copy();
        }
    }
}
