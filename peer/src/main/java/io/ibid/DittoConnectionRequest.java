package io.ibid;

import io.ibid.serialization.DittoJsonSerializable;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A peer that would be connected with. Immutable. */
public final class DittoConnectionRequest {
    private final String peerKey;
    private final DittoConnectionType connectionType;
    private final DittoJsonSerializable.ObjectValue nothing = DittoJsonSerializable.of(Map.of());

    DittoConnectionRequest(String peerKey, DittoConnectionType connectionType) {
        this.peerKey = peerKey;
        this.connectionType = connectionType;
    }

    public String getPeerKey() {
        return peerKey;
    }

    /** The same as {@link #getPeerKey()}. */
    public String getPeerKeyString() {
        return peerKey;
    }

    public DittoConnectionType getConnectionType() {
        return connectionType;
    }

    /** Use {@link #getPeerMetadataObject()}. Unmodifiable. */
    @Deprecated
    public Map<String, ?> getPeerMetadata() {
        return nothing.toMap();
    }

    /** What the peer's application has set; empty in this version, whose peers do not tell it when they connect. */
    public DittoJsonSerializable.ObjectValue getPeerMetadataObject() {
        return nothing;
    }

    /** {@link #getPeerMetadataObject} as JSON. */
    public String getPeerMetadataJsonString() {
        return nothing.toJsonString();
    }

    /** Use {@link #getIdentityServiceMetadataObject()}. Unmodifiable. */
    @Deprecated
    public Map<String, ?> getIdentityServiceMetadata() {
        return nothing.toMap();
    }

    /** What an identity service certifies; empty without one. */
    public DittoJsonSerializable.ObjectValue getIdentityServiceMetadataObject() {
        return nothing;
    }

    /** {@link #getIdentityServiceMetadataObject} as JSON. */
    public String getIdentityServiceMetadataJsonString() {
        return nothing.toJsonString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DittoConnectionRequest that
                && peerKey.equals(that.peerKey)
                && connectionType == that.connectionType;
    }

    @Override
    public int hashCode() {
        return Objects.hash(peerKey, connectionType);
    }

    @Override
    public String toString() {
        return "DittoConnectionRequest[peerKey=" + peerKey + ", connectionType=" + connectionType + "]";
    }
}
