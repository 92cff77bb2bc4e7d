package io.ibid;

import io.ibid.peer.runtime.OpenDatabase;
import io.ibid.serialization.DittoJsonSerializable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What this peer tells a server about itself. This version keeps the settings, the metadata also across launches, and tells no server yet.
 * Thread-safe.
 */
public final class DittoSmallPeerInfo {
    private static final int METADATA_BYTES_MAX = 128 << 10;

    private final OpenDatabase database;
    private final Path file;
    private volatile boolean enabled = true;
    private volatile DittoSmallPeerInfoSyncScope scope = DittoSmallPeerInfoSyncScope.BigPeerOnly;
    private volatile DittoJsonSerializable.ObjectValue metadata;

    DittoSmallPeerInfo(OpenDatabase database) {
        this.database = database;
        this.file = database.directory().resolve("ditto_system_info").resolve("small_peer_info.json");
        this.metadata = read(file);
    }

    private static DittoJsonSerializable.ObjectValue read(Path file) {
        if (Files.exists(file)) {
            try {
                return Metadata.parse(Files.readString(file), "small peer info");
            } catch (IOException | DittoException e) {
                SdkLog.LOG.warn("{} cannot be read and begins empty: {}", file, e.getMessage());
            }
        }
        return DittoJsonSerializable.of(Map.of());
    }

    /** Whether a server is told; true by default. */
    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        Closed.require(database);
        this.enabled = enabled;
    }

    public DittoSmallPeerInfoSyncScope getSyncScope() {
        return scope;
    }

    public void setSyncScope(DittoSmallPeerInfoSyncScope scope) {
        Closed.require(database);
        this.scope = Objects.requireNonNull(scope, "scope");
    }

    /** What was set, also by an earlier launch. Unmodifiable. */
    public Map<String, Object> getMetadata() {
        @SuppressWarnings({"unchecked", "rawtypes"}) // JSON's null is a value of the map, as the original's API has it
        Map<String, Object> map = (Map) metadata.toMap();
        return map;
    }

    /**
     * Replaces the metadata.
     *
     * @throws DittoException.PresenceException {@code presence/metadata-invalid} when it cannot be JSON, {@code
     *     presence/metadata-too-large} beyond 128 KiB of JSON
     * @throws DittoException.IoException {@code io/operation-failed} when it cannot be kept
     */
    public void setMetadata(Map<String, ?> object) throws DittoException {
        Objects.requireNonNull(object, "metadata");
        try {
            set(DittoJsonSerializable.of(object));
        } catch (IllegalArgumentException e) {
            throw new DittoException.PresenceException(
                    "presence/metadata-invalid", "The small peer info cannot be JSON: " + e.getMessage(), e);
        }
    }

    /** {@link #getMetadata} as JSON. */
    public String getMetadataJsonString() {
        return metadata.toJsonString();
    }

    /** {@link #setMetadata} of JSON. */
    public void setMetadataJsonString(String json) throws DittoException {
        set(Metadata.parse(json, "small peer info"));
    }

    private synchronized void set(DittoJsonSerializable.ObjectValue object) throws DittoException {
        byte[] json = object.toJsonString().getBytes(StandardCharsets.UTF_8);
        if (json.length > METADATA_BYTES_MAX) {
            throw new DittoException.PresenceException(
                    "presence/metadata-too-large",
                    "The small peer info of " + json.length + " bytes exceeds the limit of " + METADATA_BYTES_MAX
                            + " bytes",
                    null);
        }
        Closed.require(database);
        try {
            Path folder = Objects.requireNonNull(file.getParent());
            Files.createDirectories(folder);
            Path written = folder.resolve("small_peer_info.new");
            Files.write(written, json);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new DittoException.IoException(
                    "io/operation-failed", file + " cannot be written: " + e.getMessage(), e);
        }
        metadata = object;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DittoSmallPeerInfo that && database == that.database;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(database);
    }

    @Override
    public String toString() {
        return "DittoSmallPeerInfo[isEnabled=" + enabled + ", syncScope=" + scope + ", metadata=" + metadata + "]";
    }
}
