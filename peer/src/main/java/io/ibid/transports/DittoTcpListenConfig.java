package io.ibid.transports;

/**
 * Listening for TCP connections of other peers: off, all addresses, port 4040. As long as peers have no identities, an enabled listener
 * must be on a loopback address.
 */
public final class DittoTcpListenConfig {
    private boolean enabled;
    private String interfaceIp = "[::]";
    private int port = 4040;

    public boolean isEnabled() {
        return enabled;
    }

    public DittoTcpListenConfig isEnabled(boolean on) {
        this.enabled = on;
        return this;
    }

    public void setEnabled(boolean on) {
        this.enabled = on;
    }

    public String getInterfaceIp() {
        return interfaceIp;
    }

    public DittoTcpListenConfig interfaceIp(String ip) {
        this.interfaceIp = ip;
        return this;
    }

    public void setInterfaceIp(String ip) {
        this.interfaceIp = ip;
    }

    public int getPort() {
        return port;
    }

    /** 0 is any free port. */
    public DittoTcpListenConfig port(int number) {
        this.port = number;
        return this;
    }

    public void setPort(int number) {
        this.port = number;
    }

    DittoTcpListenConfig copy() {
        return new DittoTcpListenConfig()
                .isEnabled(enabled)
                .interfaceIp(interfaceIp)
                .port(port);
    }
}
