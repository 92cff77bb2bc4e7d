package io.ibid.transports;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a peer waits for others. All off by default. Not thread-safe; an instance takes a copy. */
public final class DittoListen {
    private DittoTcpListenConfig tcp = new DittoTcpListenConfig();
    private DittoHttpListenConfig http = new DittoHttpListenConfig();

    public DittoTcpListenConfig getTcp() {
        return tcp;
    }

    public void setTcp(DittoTcpListenConfig tcp) {
        this.tcp = Objects.requireNonNull(tcp, "tcp");
    }

    public DittoHttpListenConfig getHttp() {
        return http;
    }

    public void setHttp(DittoHttpListenConfig http) {
        this.http = Objects.requireNonNull(http, "http");
    }

    /** Independent of this one. */
    DittoListen copy() {
        DittoListen copy = new DittoListen();
        copy.tcp = tcp.copy();
        copy.http = http.copy();
        return copy;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DittoListen that && tcp.equals(that.tcp) && http.equals(that.http);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tcp, http);
    }

    @Override
    public String toString() {
        return "DittoListen[tcp=" + tcp + ", http=" + http + "]";
    }

    /** Edits a configuration; not thread-safe. */
    public static final class Builder {
        private final DittoListen config;

        public Builder() {
            this(new DittoListen());
        }

        Builder(DittoListen config) {
            this.config = config;
        }

        /** Edits the part in place. */
        public DittoTcpListenConfig.Builder tcp() {
            return new DittoTcpListenConfig.Builder(config.tcp);
        }

        /** The same as {@link #tcp()}. */
        public DittoTcpListenConfig.Builder getTcp() {
            return tcp();
        }

        public Builder tcp(UpdateTcpListenConfig update) {
            update.update(tcp());
            return this;
        }

        /** Replaces the part by a copy of this one. */
        public Builder setTcp(DittoTcpListenConfig tcp) {
            config.setTcp(tcp.copy());
            return this;
        }

        /** Edits the part in place. */
        public DittoHttpListenConfig.Builder http() {
            return new DittoHttpListenConfig.Builder(config.http);
        }

        /** The same as {@link #http()}. */
        public DittoHttpListenConfig.Builder getHttp() {
            return http();
        }

        public Builder http(UpdateHttpListenConfig update) {
            update.update(http());
            return this;
        }

        /** Replaces the part by a copy of this one. */
        public Builder setHttp(DittoHttpListenConfig http) {
            config.setHttp(http.copy());
            return this;
        }

        public DittoListen build() {
            return config.copy();
        }

        /** Edits {@link DittoTcpListenConfig}. */
        @FunctionalInterface
        public interface UpdateTcpListenConfig {
            void update(DittoTcpListenConfig.Builder tcp);
        }

        /** Edits {@link DittoHttpListenConfig}. */
        @FunctionalInterface
        public interface UpdateHttpListenConfig {
            void update(DittoHttpListenConfig.Builder http);
        }
    }
}
