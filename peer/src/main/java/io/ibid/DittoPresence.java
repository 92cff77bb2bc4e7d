package io.ibid;

import io.ibid.core.value.Value;
import io.ibid.peer.runtime.OpenDatabase;
import io.ibid.peer.sdk.Stages;
import io.ibid.peer.sdk.Watches;
import io.ibid.serialization.DittoJsonSerializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who is connected with whom, and what this peer tells the others about itself. Thread-safe. */
public final class DittoPresence {
    /** The greatest peer metadata: bytes of JSON in UTF-8. */
    static final int METADATA_BYTES_MAX = 4_096;

    private static final long LOOK_MS = 500;

    private final OpenDatabase database;
    private final Watches watches;
    private final Stages stages;
    private final Supplier<String> deviceName;
    private volatile DittoJsonSerializable.ObjectValue metadata = DittoJsonSerializable.of(Map.of());
    private volatile @Nullable ConnectionRequestHandler handler;

    DittoPresence(OpenDatabase database, Watches watches, Stages stages, Supplier<String> deviceName) {
        this.database = database;
        this.watches = watches;
        this.stages = stages;
        this.deviceName = deviceName;
    }

    /** Hears of changes of the graph. */
    @FunctionalInterface
    public interface PresenceGraphChangedListener {
        void onGraphChanged(DittoPresenceGraph graph) throws Exception;
    }

    /** Decides whether a connection may be made. */
    @FunctionalInterface
    public interface ConnectionRequestHandler {

        /** On a thread of the SDK. What throws, or takes longer than 10 s, denies; a denied peer comes again after about a second. */
        DittoConnectionRequestAuthorization onConnectionRequest(DittoConnectionRequest request) throws Exception;
    }

    /** The graph at this moment. */
    public DittoPresenceGraph getGraph() {
        Closed.require(database);
        String own = database.peerKey();
        boolean hasServer = false;
        List<DittoConnection> links = new ArrayList<>();
        List<DittoPeer> remotes = new ArrayList<>();
        for (Value.Struct partner : database.partners()) {
            if (!partner.get("status").equals(Value.of("Connected"))) {
                continue;
            }
            if (partner.get("role").equals(Value.of("server"))) {
                hasServer = true;
                continue;
            }
            String key = text(partner, "_id");
            DittoConnection link = new DittoConnection(own, key, DittoConnectionType.of(text(partner, "transport")));
            links.add(link);
            remotes.add(DittoPeer.remote(key, List.of(link)));
        }
        links.sort(Comparator.comparing(DittoConnection::getId));
        remotes.sort(Comparator.comparing(DittoPeer::getPeerKey));
        return new DittoPresenceGraph(
                DittoPeer.local(own, deviceName.get(), DeviceDefaults.operatingSystem(), hasServer, metadata, links),
                remotes);
    }

    private static String text(Value.Struct row, String name) {
        return row.get(name) instanceof Value.Text(String text) ? text : "";
    }

    /** Calls the listener with the graph soon, and at most every half second when it has changed; one call at a time. */
    public DittoPresenceObserver observe(PresenceGraphChangedListener listener) {
        Objects.requireNonNull(listener, "listener");
        Closed.require(database);
        return watches.watch(LOOK_MS, this::getGraph, listener::onGraphChanged)::cancel;
    }

    /** The graphs as a reactive stream: the newest one whenever it was asked for and has changed. */
    public Flow.Publisher<DittoPresenceGraph> observe() {
        return watches.publisher(LOOK_MS, this::getGraph);
    }

    /**
     * Tells the others about this peer; kept in memory only, so set it after each start.
     *
     * @throws DittoException.PresenceException {@code presence/metadata-too-large} beyond 4,096 bytes of JSON
     */
    public void setPeerMetadata(DittoJsonSerializable.ObjectValue object) throws DittoException {
        Objects.requireNonNull(object, "metadata");
        int bytes = object.toJsonString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > METADATA_BYTES_MAX) {
            throw new DittoException.PresenceException(
                    "presence/metadata-too-large",
                    "The peer metadata of " + bytes + " bytes exceeds the limit of " + METADATA_BYTES_MAX + " bytes",
                    null);
        }
        Closed.require(database);
        metadata = object;
    }

    /** Likewise, of plain objects. */
    public void setPeerMetadata(Map<String, ?> object) throws DittoException {
        Objects.requireNonNull(object, "metadata");
        DittoJsonSerializable.ObjectValue converted;
        try {
            converted = DittoJsonSerializable.of(object);
        } catch (IllegalArgumentException e) {
            throw new DittoException.PresenceException(
                    "presence/metadata-invalid", "The peer metadata cannot be JSON: " + e.getMessage(), e);
        }
        setPeerMetadata(converted);
    }

    /** Likewise, of JSON; {@code presence/metadata-invalid} when it is no object. */
    public void setPeerMetadataJsonString(String json) throws DittoException {
        setPeerMetadata(Metadata.parse(json, "peer metadata"));
    }

    /** What was set; empty at first. */
    public DittoJsonSerializable.ObjectValue getPeerMetadata() {
        return metadata;
    }

    /** {@link #getPeerMetadata} as JSON. */
    public String getPeerMetadataJsonString() {
        return metadata.toJsonString();
    }

    /** Decides about connections that are made from now on, in both directions; null, as at first, allows all. */
    public void setConnectionRequestHandler(@Nullable ConnectionRequestHandler handler) {
        Closed.require(database);
        this.handler = handler;
        database.askBeforeConnecting(
                handler == null
                        ? null
                        : (key, transport, answer) -> {
                            stages.callback(() -> answer(handler, key, transport, answer));
                        });
    }

    private static void answer(
            ConnectionRequestHandler handler, String key, String transport, Consumer<Boolean> answer) {
        boolean allowed = false;
        try {
            allowed = handler.onConnectionRequest(new DittoConnectionRequest(key, DittoConnectionType.of(transport)))
                    == DittoConnectionRequestAuthorization.ALLOW;
        } catch (Throwable e) { // the application's code: no answer is a denial
            SdkLog.LOG.error("The connection request handler failed for {}", key, e);
        }
        answer.accept(allowed);
    }

    public @Nullable ConnectionRequestHandler getConnectionRequestHandler() {
        return handler;
    }
}
