package io.ibid;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which database to open, and where. Immutable. */
public final class DittoConfig {
    private static final String REDACTED = "[REDACTED]";

    private final String databaseId;
    private final Connect connect;
    private final @Nullable String persistenceDirectory;
    private final Experimental experimental;

    private DittoConfig(
            String databaseId, Connect connect, @Nullable String persistenceDirectory, Experimental experimental) {
        this.experimental = experimental;
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

    public Experimental getExperimental() {
        return experimental;
    }

    public DittoConfig withDatabaseId(String other) {
        return new DittoConfig(
                Objects.requireNonNull(other, "databaseId"), connect, persistenceDirectory, experimental);
    }

    public DittoConfig withConnect(Connect other) {
        return new DittoConfig(
                databaseId, Objects.requireNonNull(other, "connect"), persistenceDirectory, experimental);
    }

    public DittoConfig withPersistenceDirectory(@Nullable String path) {
        return new DittoConfig(databaseId, connect, path, experimental);
    }

    public DittoConfig withExperimental(Experimental other) {
        return new DittoConfig(
                databaseId, connect, persistenceDirectory, Objects.requireNonNull(other, "experimental"));
    }

    /** The same without the secrets. */
    DittoConfig redacted() {
        return connect instanceof Connect.SmallPeersOnly(String key) && key != null
                ? withConnect(new Connect.SmallPeersOnly(REDACTED))
                : this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DittoConfig that
                && databaseId.equals(that.databaseId)
                && connect.equals(that.connect)
                && Objects.equals(persistenceDirectory, that.persistenceDirectory)
                && experimental.equals(that.experimental);
    }

    @Override
    public int hashCode() {
        return Objects.hash(databaseId, connect, persistenceDirectory, experimental);
    }

    @Override
    public String toString() {
        return "DittoConfig[databaseId=" + databaseId + ", connect=" + connect + ", persistenceDirectory="
                + persistenceDirectory + ", experimental=" + experimental.getSettings() + "]";
    }

    /** Whom this peer trusts and meets. */
    public sealed interface Connect {

        /**
         * A server, and the peers that the server trusts. This version has no WebSocket client and no login yet:
         * {@link DittoFactory#create} refuses it with {@code sdk/unsupported}.
         *
         * @param url {@code http} or {@code https}, of the server; login and sync both use it
         */
        record Server(String url) implements Connect {
            public Server {
                Objects.requireNonNull(url, "url");
            }

            public Server(URI url) {
                this(url.toString());
            }
        }

        /**
         * Other small peers only.
         *
         * @param privateKey shared by all peers: base64 of a P-256 private key as PKCS#8 DER; null means none, and then peers are not
         *     authenticated and meet on loopback addresses only
         */
        record SmallPeersOnly(@Nullable String privateKey) implements Connect {

            /** Without the key. */
            @Override
            public String toString() {
                return "SmallPeersOnly[privateKey=" + (privateKey == null ? "null" : REDACTED) + "]";
            }
        }
    }

    /** Settings without promises: a map that is kept and given back, and has no effect. */
    public static final class Experimental {
        private final Map<String, Object> settings;

        private Experimental(Map<String, Object> settings) {
            this.settings = Map.copyOf(settings);
        }

        /** Unmodifiable. */
        public Map<String, Object> getSettings() {
            return settings;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Experimental that && settings.equals(that.settings);
        }

        @Override
        public int hashCode() {
            return settings.hashCode();
        }

        @Override
        public String toString() {
            return "Experimental" + settings;
        }

        /** Collects settings; not thread-safe. */
        public static final class Builder {
            private final Map<String, Object> settings = new TreeMap<>();

            public Builder set(String name, Object value) {
                settings.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
                return this;
            }

            public Experimental build() {
                return new Experimental(settings);
            }
        }
    }

    /** Collects a configuration; not thread-safe. */
    public static final class Builder {
        private String databaseId;
        private Connect connect = new Connect.SmallPeersOnly(null);
        private @Nullable String persistenceDirectory;
        private Experimental experimental = new Experimental(Map.of());

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

        public Builder serverConnect(URI url) {
            return connect(new Connect.Server(url));
        }

        /** Default: none. */
        public Builder experimental(Experimental settings) {
            this.experimental = Objects.requireNonNull(settings, "experimental");
            return this;
        }

        /** Where the data is kept; created when absent. One process at a time can open it. */
        public Builder persistenceDirectory(@Nullable String path) {
            this.persistenceDirectory = path;
            return this;
        }

        public Builder persistenceDirectory(@Nullable File directory) {
            return persistenceDirectory(directory == null ? null : directory.getPath());
        }

        public Builder persistenceDirectory(@Nullable Path directory) {
            return persistenceDirectory(directory == null ? null : directory.toString());
        }

        public DittoConfig build() {
            return new DittoConfig(databaseId, connect, persistenceDirectory, experimental);
        }
    }
}
