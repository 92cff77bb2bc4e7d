package io.ibid;

import io.ibid.core.value.Json;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The presence graph as JSON: fixed keys in a fixed order, no blanks, unknown things as null. */
final class PresenceJson {

    private PresenceJson() {}

    static String of(DittoPresenceGraph graph) {
        StringBuilder out = new StringBuilder(512);
        out.append("{\"localPeer\":");
        append(out, graph.getLocalPeer());
        out.append(",\"remotePeers\":");
        appendAll(out, graph.getRemotePeers(), peer -> append(out, peer));
        return out.append('}').toString();
    }

    static String of(DittoPeer peer) {
        StringBuilder out = new StringBuilder(256);
        append(out, peer);
        return out.toString();
    }

    private static void append(StringBuilder out, DittoPeer peer) {
        out.append("{\"peerKey\":");
        append(out, peer.getPeerKey());
        out.append(",\"deviceName\":");
        append(out, peer.getDeviceName());
        out.append(",\"os\":");
        append(out, peer.getOs());
        out.append(",\"dittoSdkVersion\":");
        append(out, peer.getDittoSdkVersion());
        out.append(",\"isConnectedToDittoServer\":").append(peer.isConnectedToDittoServer());
        out.append(",\"isCompatible\":").append(peer.isCompatible());
        out.append(",\"peerMetadata\":").append(peer.getPeerMetadataJsonString());
        out.append(",\"identityServiceMetadata\":").append(peer.getIdentityServiceMetadataJsonString());
        out.append(",\"connections\":");
        appendAll(out, peer.getConnections(), connection -> append(out, connection));
        out.append('}');
    }

    private static void append(StringBuilder out, DittoConnection connection) {
        out.append("{\"id\":");
        append(out, connection.getId());
        out.append(",\"peer1\":");
        append(out, connection.getPeer1());
        out.append(",\"peer2\":");
        append(out, connection.getPeer2());
        out.append(",\"connectionType\":");
        append(out, connection.getConnectionType().jsonName());
        out.append('}');
    }

    private static void append(StringBuilder out, @Nullable String text) {
        if (text == null) {
            out.append("null");
        } else {
            Json.appendText(out, text);
        }
    }

    private static <T> void appendAll(StringBuilder out, List<? extends T> elements, Consumer<T> append) {
        out.append('[');
        for (int i = 0; i < elements.size(); i++) {
            out.append(i > 0 ? "," : "");
            append.accept(elements.get(i));
        }
        out.append(']');
    }
}
