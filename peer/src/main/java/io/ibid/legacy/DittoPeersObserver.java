package io.ibid.legacy;

import io.ibid.core.query.ResultRow;
import io.ibid.core.value.Value;

/** Watches the connected peers until it is closed. */
public final class DittoPeersObserver implements AutoCloseable {
    private static final String CONNECTED = "SELECT _id, is_ditto_server FROM system:data_sync_info"
            + " WHERE documents.sync_session_status = 'Connected' ORDER BY _id";

    private final DittoLiveQuery live;

    private DittoPeersObserver(DittoLiveQuery live) {
        this.live = live;
    }

    static DittoPeersObserver start(Engine engine, DittoPeersCallback callback) {
        return new DittoPeersObserver(DittoLiveQuery.start(
                engine,
                CONNECTED,
                Value.Struct.EMPTY,
                new DittoLiveQuery.Names("", "system:data_sync_info"),
                null,
                (rows, difference, signalNext) -> {
                    callback.update(rows.stream().map(DittoPeersObserver::peer).toList());
                    signalNext.signalNext();
                }));
    }

    private static DittoRemotePeer peer(ResultRow row) {
        Value.Struct fields = row.value();
        return new DittoRemotePeer(
                DittoDocumentId.of(fields).toString(),
                fields.get("is_ditto_server").equals(Value.TRUE));
    }

    public boolean isStopped() {
        return live.isStopped();
    }

    /** The same as {@link #close()}. */
    public void stop() {
        live.stop();
    }

    /** No call begins after this returned. Idempotent. */
    @Override
    public void close() {
        live.stop();
    }
}
