package io.ibid.transports;

import java.util.function.Consumer;

/**
 * How a peer reaches others and lets itself be reached; a new one does neither. Not thread-safe; an instance takes a copy.
 *
 * <p>This version has TCP. The other transports follow.
 */
public final class DittoTransportConfig {
    private DittoConnect connect = new DittoConnect();
    private DittoListen listen = new DittoListen();

    public DittoConnect getConnect() {
        return connect;
    }

    public void setConnect(DittoConnect connect) {
        this.connect = connect;
    }

    public DittoListen getListen() {
        return listen;
    }

    public void setListen(DittoListen listen) {
        this.listen = listen;
    }

    public DittoTransportConfig copy() {
        DittoTransportConfig copy = new DittoTransportConfig();
        copy.connect = connect.copy();
        copy.listen = listen.copy();
        return copy;
    }

    public Builder toBuilder() {
        return new Builder(copy());
    }

    /** Edits a configuration. */
    public static final class Builder {
        private final DittoTransportConfig config;

        public Builder() {
            this(new DittoTransportConfig());
        }

        private Builder(DittoTransportConfig config) {
            this.config = config;
        }

        public Builder connect(Consumer<DittoConnect> update) {
            update.accept(config.connect);
            return this;
        }

        public DittoConnect connect() {
            return config.connect;
        }

        public Builder listen(Consumer<DittoListen> update) {
            update.accept(config.listen);
            return this;
        }

        public DittoListen listen() {
            return config.listen;
        }

        public DittoTransportConfig build() {
            return config.copy();
        }
    }
}
