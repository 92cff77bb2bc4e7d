package io.ibid;

import io.ibid.serialization.DittoJsonSerializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A peer in the presence graph. Immutable; equal by everything that it tells. */
public final class DittoPeer {
    private final String peerKey;
    private final String deviceName;
    private final @Nullable String os;
    private final @Nullable String version;
    private final boolean isConnectedToServer;
    private final @Nullable Boolean isCompatible;
    private final DittoJsonSerializable.ObjectValue peerMetadata;
    private final DittoJsonSerializable.ObjectValue identityServiceMetadata;
    private final List<DittoConnection> connections;

    private DittoPeer(
            String peerKey,
            String deviceName,
            @Nullable String os,
            @Nullable String version,
            boolean isConnectedToServer,
            @Nullable Boolean isCompatible,
            DittoJsonSerializable.ObjectValue peerMetadata,
            List<DittoConnection> connections) {
        this.peerKey = peerKey;
        this.deviceName = deviceName;
        this.os = os;
        this.version = version;
        this.isConnectedToServer = isConnectedToServer;
        this.isCompatible = isCompatible;
        this.peerMetadata = peerMetadata;
        this.identityServiceMetadata = DittoJsonSerializable.of(Map.of());
        this.connections = List.copyOf(connections);
    }

    /** This device. */
    static DittoPeer local(
            String peerKey,
            String deviceName,
            String os,
            boolean isConnectedToServer,
            DittoJsonSerializable.ObjectValue peerMetadata,
            List<DittoConnection> connections) {
        return new DittoPeer(
                peerKey, deviceName, os, Ditto.VERSION, isConnectedToServer, true, peerMetadata, connections);
    }

    /** A partner of whom no more is known than the links to it. */
    static DittoPeer remote(String peerKey, List<DittoConnection> connections) {
        return new DittoPeer(peerKey, "", null, null, false, null, DittoJsonSerializable.of(Map.of()), connections);
    }

    /** What names the device; the same as long as its directory exists. */
    public String getPeerKey() {
        return peerKey;
    }

    /** The same as {@link #getPeerKey()}. */
    public String getPeerKeyString() {
        return peerKey;
    }

    /** Use {@link #getPeerKey()}. */
    @Deprecated
    public DittoAddress getAddress() {
        return new DittoAddress(peerKey);
    }

    /** Empty as long as the peer has not told it. */
    public String getDeviceName() {
        return deviceName;
    }

    /** {@code Linux}, {@code macOS}, {@code Windows} or {@code Generic}; null as long as the peer has not told it. */
    public @Nullable String getOs() {
        return os;
    }

    /** Null as long as the peer has not told it. */
    public @Nullable String getDittoSdkVersion() {
        return version;
    }

    /** Whether it has a link to a server of its own. */
    public boolean isConnectedToDittoServer() {
        return isConnectedToServer;
    }

    /** Whether it speaks our protocol; null when that is not known. */
    public @Nullable Boolean isCompatible() {
        return isCompatible;
    }

    /** The same as {@link #isCompatible()}. */
    public @Nullable Boolean getIsCompatible() {
        return isCompatible;
    }

    /** By {@link DittoConnection#getId}. */
    public List<? extends DittoConnection> getConnections() {
        return connections;
    }

    /** Use {@link #getPeerMetadataObject()}. Unmodifiable. */
    @Deprecated
    public Map<String, ?> getPeerMetadata() {
        return peerMetadata.toMap();
    }

    /** What its application has set; empty when it has set nothing. */
    public DittoJsonSerializable.ObjectValue getPeerMetadataObject() {
        return peerMetadata;
    }

    /** {@link #getPeerMetadataObject} as JSON. */
    public String getPeerMetadataJsonString() {
        return peerMetadata.toJsonString();
    }

    /** Use {@link #getIdentityServiceMetadataObject()}. Unmodifiable. */
    @Deprecated
    public Map<String, ?> getIdentityServiceMetadata() {
        return identityServiceMetadata.toMap();
    }

    /** What the identity service certifies about it; empty without one. */
    public DittoJsonSerializable.ObjectValue getIdentityServiceMetadataObject() {
        return identityServiceMetadata;
    }

    /** {@link #getIdentityServiceMetadataObject} as JSON. */
    public String getIdentityServiceMetadataJsonString() {
        return identityServiceMetadata.toJsonString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DittoPeer that
                && peerKey.equals(that.peerKey)
                && deviceName.equals(that.deviceName)
                && Objects.equals(os, that.os)
                && Objects.equals(version, that.version)
                && isConnectedToServer == that.isConnectedToServer
                && Objects.equals(isCompatible, that.isCompatible)
                && peerMetadata.equals(that.peerMetadata)
                && connections.equals(that.connections);
    }

    @Override
    public int hashCode() {
        return peerKey.hashCode();
    }

    @Override
    public String toString() {
        return PresenceJson.of(this);
    }
}
