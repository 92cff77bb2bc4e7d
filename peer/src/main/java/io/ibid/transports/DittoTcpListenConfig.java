package io.ibid.transports;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Listening for TCP connections of other peers. Off; all addresses; port 4040. Not thread-safe; an instance takes a copy. */
public final class DittoTcpListenConfig {
    private boolean enabled;
    private String interfaceIp = "[::]";
    private int port = 4040;

    /** Off by default. */
    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    /** The address to bind, an IPv6 one in brackets. */
    public String getInterfaceIp() {
        return interfaceIp;
    }

    public void setInterfaceIp(String interfaceIp) {
        this.interfaceIp = Objects.requireNonNull(interfaceIp, "interfaceIp");
    }

    /** 0 is any free port. */
    public int getPort() {
        return port;
    }

    public void setPort(int port) {
        this.port = port;
    }

    DittoTcpListenConfig copy() {
        DittoTcpListenConfig copy = new DittoTcpListenConfig();
        copy.enabled = enabled;
        copy.interfaceIp = interfaceIp;
        copy.port = port;
        return copy;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DittoTcpListenConfig that
                && enabled == that.enabled
                && interfaceIp.equals(that.interfaceIp)
                && port == that.port;
    }

    @Override
    public int hashCode() {
        return Objects.hash(enabled, interfaceIp, port);
    }

    @Override
    public String toString() {
        return "DittoTcpListenConfig[enabled=" + enabled + ", interfaceIp=" + interfaceIp + ", port=" + port + "]";
    }

    /** Edits a configuration; not thread-safe. */
    public static final class Builder {
        private final DittoTcpListenConfig config;

        public Builder() {
            this(new DittoTcpListenConfig());
        }

        Builder(DittoTcpListenConfig config) {
            this.config = config;
        }

        /** Off by default. */
        public boolean isEnabled() {
            return config.enabled;
        }

        public void setEnabled(boolean enabled) {
            config.setEnabled(enabled);
        }

        public Builder isEnabled(boolean enabled) {
            setEnabled(enabled);
            return this;
        }

        /** The address to bind, an IPv6 one in brackets. */
        public String getInterfaceIp() {
            return config.interfaceIp;
        }

        public void setInterfaceIp(String interfaceIp) {
            config.setInterfaceIp(interfaceIp);
        }

        public Builder interfaceIp(String interfaceIp) {
            setInterfaceIp(interfaceIp);
            return this;
        }

        /** 0 is any free port. */
        public int getPort() {
            return config.port;
        }

        public void setPort(int port) {
            config.setPort(port);
        }

        public Builder port(int port) {
            setPort(port);
            return this;
        }

        public DittoTcpListenConfig build() {
            return config.copy();
        }
    }
}
