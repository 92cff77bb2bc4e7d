package io.ibid.transports;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a peer reaches others and lets itself be reached; a new one does neither. Not thread-safe; an instance takes a copy. */
public final class DittoTransportConfig {
    private DittoPeerToPeer peerToPeer = new DittoPeerToPeer();
    private DittoConnect connect = new DittoConnect();
    private DittoListen listen = new DittoListen();
    private DittoGlobalConfig global = new DittoGlobalConfig();

    public DittoPeerToPeer getPeerToPeer() {
        return peerToPeer;
    }

    public void setPeerToPeer(DittoPeerToPeer peerToPeer) {
        this.peerToPeer = Objects.requireNonNull(peerToPeer, "peerToPeer");
    }

    public DittoConnect getConnect() {
        return connect;
    }

    public void setConnect(DittoConnect connect) {
        this.connect = Objects.requireNonNull(connect, "connect");
    }

    public DittoListen getListen() {
        return listen;
    }

    public void setListen(DittoListen listen) {
        this.listen = Objects.requireNonNull(listen, "listen");
    }

    public DittoGlobalConfig getGlobal() {
        return global;
    }

    public void setGlobal(DittoGlobalConfig global) {
        this.global = Objects.requireNonNull(global, "global");
    }

    /** Turns Bluetooth LE, LAN and Wi-Fi Aware on. */
    public void enableAllPeerToPeer() {
        setAllPeerToPeerEnabled(true);
    }

    /** Turns Bluetooth LE, LAN and Wi-Fi Aware on or off. */
    public void setAllPeerToPeerEnabled(boolean on) {
        peerToPeer.setAllEnabled(on);
    }

    /** What an instance has that was not configured: all transports that find peers by themselves are on. */
    public static DittoTransportConfig standard() {
        DittoTransportConfig standard = new DittoTransportConfig();
        standard.enableAllPeerToPeer();
        return standard;
    }

    public Builder toBuilder() {
        return new Builder(copy());
    }

    /** Independent of this one. */
    public DittoTransportConfig copy() {
        DittoTransportConfig copy = new DittoTransportConfig();
        copy.peerToPeer = peerToPeer.copy();
        copy.connect = connect.copy();
        copy.listen = listen.copy();
        copy.global = global.copy();
        return copy;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DittoTransportConfig that
                && peerToPeer.equals(that.peerToPeer)
                && connect.equals(that.connect)
                && listen.equals(that.listen)
                && global.equals(that.global);
    }

    @Override
    public int hashCode() {
        return Objects.hash(peerToPeer, connect, listen, global);
    }

    @Override
    public String toString() {
        return "DittoTransportConfig[peerToPeer=" + peerToPeer + ", connect=" + connect + ", listen=" + listen
                + ", global=" + global + "]";
    }

    /** Edits a configuration; not thread-safe. */
    public static final class Builder {
        private final DittoTransportConfig config;

        public Builder() {
            this(new DittoTransportConfig());
        }

        Builder(DittoTransportConfig config) {
            this.config = config;
        }

        /** Edits the part in place. */
        public DittoPeerToPeer.Builder peerToPeer() {
            return new DittoPeerToPeer.Builder(config.peerToPeer);
        }

        /** The same as {@link #peerToPeer()}. */
        public DittoPeerToPeer.Builder getPeerToPeer() {
            return peerToPeer();
        }

        public Builder peerToPeer(UpdatePeerToPeer update) {
            update.update(peerToPeer());
            return this;
        }

        /** Replaces the part by a copy of this one. */
        public Builder setPeerToPeer(DittoPeerToPeer peerToPeer) {
            config.setPeerToPeer(peerToPeer.copy());
            return this;
        }

        /** Edits the part in place. */
        public DittoConnect.Builder connect() {
            return new DittoConnect.Builder(config.connect);
        }

        /** The same as {@link #connect()}. */
        public DittoConnect.Builder getConnect() {
            return connect();
        }

        public Builder connect(UpdateConnect update) {
            update.update(connect());
            return this;
        }

        /** Replaces the part by a copy of this one. */
        public Builder setConnect(DittoConnect connect) {
            config.setConnect(connect.copy());
            return this;
        }

        /** Edits the part in place. */
        public DittoListen.Builder listen() {
            return new DittoListen.Builder(config.listen);
        }

        /** The same as {@link #listen()}. */
        public DittoListen.Builder getListen() {
            return listen();
        }

        public Builder listen(UpdateListen update) {
            update.update(listen());
            return this;
        }

        /** Replaces the part by a copy of this one. */
        public Builder setListen(DittoListen listen) {
            config.setListen(listen.copy());
            return this;
        }

        /** Edits the part in place. */
        public DittoGlobalConfig.Builder global() {
            return new DittoGlobalConfig.Builder(config.global);
        }

        /** The same as {@link #global()}. */
        public DittoGlobalConfig.Builder getGlobal() {
            return global();
        }

        public Builder global(UpdateGlobal update) {
            update.update(global());
            return this;
        }

        /** Replaces the part by a copy of this one. */
        public Builder setGlobal(DittoGlobalConfig global) {
            config.setGlobal(global.copy());
            return this;
        }

        /** Turns Bluetooth LE, LAN and Wi-Fi Aware on. */
        public Builder enableAllPeerToPeer() {
            return setAllPeerToPeerEnabled(true);
        }

        /** Turns Bluetooth LE, LAN and Wi-Fi Aware on or off. */
        public Builder setAllPeerToPeerEnabled(boolean on) {
            config.setAllPeerToPeerEnabled(on);
            return this;
        }

        public DittoTransportConfig build() {
            return config.copy();
        }

        /** Edits {@link DittoPeerToPeer}. */
        @FunctionalInterface
        public interface UpdatePeerToPeer {
            void update(DittoPeerToPeer.Builder peerToPeer);
        }

        /** Edits {@link DittoConnect}. */
        @FunctionalInterface
        public interface UpdateConnect {
            void update(DittoConnect.Builder connect);
        }

        /** Edits {@link DittoListen}. */
        @FunctionalInterface
        public interface UpdateListen {
            void update(DittoListen.Builder listen);
        }

        /** Edits {@link DittoGlobalConfig}. */
        @FunctionalInterface
        public interface UpdateGlobal {
            void update(DittoGlobalConfig.Builder global);
        }
    }
}
