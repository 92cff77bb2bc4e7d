package io.ibid.transports;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Whom a peer connects to, again and again until it succeeds. */
public final class DittoConnect {
    private Set<String> tcpServers = new LinkedHashSet<>();

    /** Addresses as {@code host:port}; can be changed. */
    public Set<String> tcpServers() {
        return tcpServers;
    }

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
        tcpServers.addAll(List.of(addresses));
        return this;
    }

    DittoConnect copy() {
        return new DittoConnect().setTcpServers(tcpServers);
    }
}
