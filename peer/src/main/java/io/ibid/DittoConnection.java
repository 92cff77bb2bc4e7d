package io.ibid;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A connection between two peers. Immutable; equal when the two peers and the type are. */
public final class DittoConnection {
    private final String peer1;
    private final String peer2;
    private final DittoConnectionType connectionType;

    /** The ends in any order. */
    DittoConnection(String one, String other, DittoConnectionType connectionType) {
        boolean isOrdered = one.compareTo(other) <= 0;
        this.peer1 = isOrdered ? one : other;
        this.peer2 = isOrdered ? other : one;
        this.connectionType = connectionType;
    }

    /** The same for one pair of peers and one type on every peer: the smaller peer key, the larger one and the type, with colons. */
    public String getId() {
        return peer1 + ":" + peer2 + ":" + connectionType.jsonName();
    }

    public DittoConnectionType getConnectionType() {
        return connectionType;
    }

    /** The smaller of the two peer keys. */
    public String getPeer1() {
        return peer1;
    }

    /** The larger of the two peer keys. */
    public String getPeer2() {
        return peer2;
    }

    /** The same as {@link #getPeer1()}. */
    public String getPeerKeyString1() {
        return peer1;
    }

    /** The same as {@link #getPeer2()}. */
    public String getPeerKeyString2() {
        return peer2;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DittoConnection that && getId().equals(that.getId());
    }

    @Override
    public int hashCode() {
        return Objects.hash(peer1, peer2, connectionType);
    }

    @Override
    public String toString() {
        return getId();
    }
}
