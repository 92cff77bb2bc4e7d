package io.ibid.transports;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Listening for HTTP. Off; all addresses; port 80. It takes the server's library on the class path. Not thread-safe; an instance takes a copy. */
public final class DittoHttpListenConfig {
    private boolean enabled;
    private String interfaceIp = "[::]";
    private int port = 80;
    private boolean websocketSync;
    private @Nullable String tlsKeyPath;
    private @Nullable String tlsCertificatePath;
    private @Nullable String staticContentPath;

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

    /** Whether peers may sync over WebSocket here. */
    public boolean isWebsocketSync() {
        return websocketSync;
    }

    public void setWebsocketSync(boolean websocketSync) {
        this.websocketSync = websocketSync;
    }

    /** The PEM file of the private key; null: no TLS. */
    public @Nullable String getTlsKeyPath() {
        return tlsKeyPath;
    }

    public void setTlsKeyPath(@Nullable String tlsKeyPath) {
        this.tlsKeyPath = tlsKeyPath;
    }

    /** The PEM file of the certificate chain; null: no TLS. */
    public @Nullable String getTlsCertificatePath() {
        return tlsCertificatePath;
    }

    public void setTlsCertificatePath(@Nullable String tlsCertificatePath) {
        this.tlsCertificatePath = tlsCertificatePath;
    }

    /** A folder with files to serve; null: none. */
    public @Nullable String getStaticContentPath() {
        return staticContentPath;
    }

    public void setStaticContentPath(@Nullable String staticContentPath) {
        this.staticContentPath = staticContentPath;
    }

    DittoHttpListenConfig copy() {
        DittoHttpListenConfig copy = new DittoHttpListenConfig();
        copy.enabled = enabled;
        copy.interfaceIp = interfaceIp;
        copy.port = port;
        copy.websocketSync = websocketSync;
        copy.tlsKeyPath = tlsKeyPath;
        copy.tlsCertificatePath = tlsCertificatePath;
        copy.staticContentPath = staticContentPath;
        return copy;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DittoHttpListenConfig that
                && enabled == that.enabled
                && interfaceIp.equals(that.interfaceIp)
                && port == that.port
                && websocketSync == that.websocketSync
                && Objects.equals(tlsKeyPath, that.tlsKeyPath)
                && Objects.equals(tlsCertificatePath, that.tlsCertificatePath)
                && Objects.equals(staticContentPath, that.staticContentPath);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                enabled, interfaceIp, port, websocketSync, tlsKeyPath, tlsCertificatePath, staticContentPath);
    }

    @Override
    public String toString() {
        return "DittoHttpListenConfig[enabled=" + enabled + ", interfaceIp=" + interfaceIp + ", port=" + port
                + ", websocketSync=" + websocketSync + ", tlsKeyPath=" + tlsKeyPath + ", tlsCertificatePath="
                + tlsCertificatePath + ", staticContentPath=" + staticContentPath + "]";
    }

    /** Edits a configuration; not thread-safe. */
    public static final class Builder {
        private final DittoHttpListenConfig config;

        public Builder() {
            this(new DittoHttpListenConfig());
        }

        Builder(DittoHttpListenConfig config) {
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

        /** Whether peers may sync over WebSocket here. */
        public boolean isWebsocketSync() {
            return config.websocketSync;
        }

        public void setWebsocketSync(boolean websocketSync) {
            config.setWebsocketSync(websocketSync);
        }

        public Builder websocketSync(boolean websocketSync) {
            setWebsocketSync(websocketSync);
            return this;
        }

        /** The PEM file of the private key; null: no TLS. */
        public @Nullable String getTlsKeyPath() {
            return config.tlsKeyPath;
        }

        public void setTlsKeyPath(@Nullable String tlsKeyPath) {
            config.setTlsKeyPath(tlsKeyPath);
        }

        public Builder tlsKeyPath(@Nullable String tlsKeyPath) {
            setTlsKeyPath(tlsKeyPath);
            return this;
        }

        /** The PEM file of the certificate chain; null: no TLS. */
        public @Nullable String getTlsCertificatePath() {
            return config.tlsCertificatePath;
        }

        public void setTlsCertificatePath(@Nullable String tlsCertificatePath) {
            config.setTlsCertificatePath(tlsCertificatePath);
        }

        public Builder tlsCertificatePath(@Nullable String tlsCertificatePath) {
            setTlsCertificatePath(tlsCertificatePath);
            return this;
        }

        /** A folder with files to serve; null: none. */
        public @Nullable String getStaticContentPath() {
            return config.staticContentPath;
        }

        public void setStaticContentPath(@Nullable String staticContentPath) {
            config.setStaticContentPath(staticContentPath);
        }

        public Builder staticContentPath(@Nullable String staticContentPath) {
            setStaticContentPath(staticContentPath);
            return this;
        }

        public DittoHttpListenConfig build() {
            return config.copy();
        }
    }
}
