package io.ibid.transports;

import java.util.function.Consumer;

/** Where a peer waits for others. */
public final class DittoListen {
    private DittoTcpListenConfig tcp = new DittoTcpListenConfig();

    public DittoTcpListenConfig tcp() {
        return tcp;
    }

    public DittoTcpListenConfig getTcp() {
        return tcp;
    }

    public DittoListen tcp(Consumer<DittoTcpListenConfig> update) {
        update.accept(tcp);
        return this;
    }

    public void setTcp(DittoTcpListenConfig tcp) {
        this.tcp = tcp;
    }

    DittoListen copy() {
        DittoListen copy = new DittoListen();
        copy.tcp = tcp.copy();
        return copy;
    }
}
