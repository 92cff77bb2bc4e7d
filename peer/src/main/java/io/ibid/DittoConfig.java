package io.ibid;

import java.io.File;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which database to open, and where. Immutable. */
public final class DittoConfig {
    private final String databaseId;
    private final Connect connect;
    private final @Nullable String persistenceDirectory;

    private DittoConfig(String databaseId, Connect connect, @Nullable String persistenceDirectory) {
        this.databaseId = databaseId;
        this.connect = connect;
        this.persistenceDirectory = persistenceDirectory;
    }

    public String getDatabaseId() {
        return databaseId;
    }

    public Connect getConnect() {
        return connect;
    }

    /** The directory of this database; null means {@code ditto-<database id>} in the working directory. */
    public @Nullable File getPersistenceDirectory() {
        return persistenceDirectory == null ? null : new File(persistenceDirectory);
    }

    public @Nullable String getPersistenceDirectoryPath() {
        return persistenceDirectory;
    }

    public DittoConfig withConnect(Connect other) {
        return new DittoConfig(databaseId, Objects.requireNonNull(other, "connect"), persistenceDirectory);
    }

    public DittoConfig withPersistenceDirectory(@Nullable String path) {
        return new DittoConfig(databaseId, connect, path);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DittoConfig that
                && databaseId.equals(that.databaseId)
                && connect.equals(that.connect)
                && Objects.equals(persistenceDirectory, that.persistenceDirectory);
    }

    @Override
    public int hashCode() {
        return Objects.hash(databaseId, connect, persistenceDirectory);
    }

    @Override
    public String toString() {
        return "DittoConfig[databaseId=" + databaseId + ", connect=" + connect + ", persistenceDirectory="
                + persistenceDirectory + "]";
    }

    /** Whom this peer trusts and meets. */
    public sealed interface Connect {

        /**
         * A server. This version has no WebSocket client and no login yet: {@link DittoFactory#create} refuses it with
         * {@code sdk/unsupported}.
         */
        record Server(String url) implements Connect {
            public Server {
                Objects.requireNonNull(url, "url");
            }
        }

        /**
         * Other small peers only.
         *
         * @param privateKey shared by all peers; null means none, and then peers meet on loopback addresses only. This version
         *     serves no keys yet: {@link DittoFactory#create} refuses one with {@code sdk/unsupported}
         */
        record SmallPeersOnly(@Nullable String privateKey) implements Connect {

            /** Without the key. */
            @Override
            public String toString() {
                return "SmallPeersOnly[privateKey=" + (privateKey == null ? "null" : "[REDACTED]") + "]";
            }
        }
    }

    /** Collects a configuration; not thread-safe. */
    public static final class Builder {
        private String databaseId;
        private Connect connect = new Connect.SmallPeersOnly(null);
        private @Nullable String persistenceDirectory;

        /** @param databaseId what all peers that sync with each other have in common: 1 to 64 letters, digits, {@code _} and {@code -} */
        public Builder(String databaseId) {
            this.databaseId = Objects.requireNonNull(databaseId, "databaseId");
        }

        public Builder databaseId(String id) {
            this.databaseId = Objects.requireNonNull(id, "databaseId");
            return this;
        }

        /** Default: {@link Connect.SmallPeersOnly} without a key. */
        public Builder connect(Connect mode) {
            this.connect = Objects.requireNonNull(mode, "connect");
            return this;
        }

        public Builder serverConnect(String url) {
            return connect(new Connect.Server(url));
        }

        /** Where the data is kept; created when absent. One process at a time can open it. */
        public Builder persistenceDirectory(@Nullable String path) {
            this.persistenceDirectory = path;
            return this;
        }

        public Builder persistenceDirectory(@Nullable File directory) {
            return persistenceDirectory(directory == null ? null : directory.getPath());
        }

        public DittoConfig build() {
            return new DittoConfig(databaseId, connect, persistenceDirectory);
        }
    }
}
