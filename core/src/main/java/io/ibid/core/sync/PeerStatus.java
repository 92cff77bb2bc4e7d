package io.ibid.core.sync;

import io.ibid.core.store.Published;
import io.ibid.core.store.StoreId;
import io.ibid.core.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code system:sync_peers}, as it was at one moment. What the partner has still to get is counted when the row is read, so
 * that a partner far behind costs nothing while nobody looks. Immutable; any thread.
 *
 * @param head our newest commit
 * @param place where the partner stands, or stood when its last session ended; null when what it wants is not known
 * @param session what the running session has counted; null when there is none
 */
record PeerStatus(
        PeerKey key,
        StoreId storeId,
        boolean isServer,
        String status,
        long head,
        long acknowledged,
        long sentBytes,
        long receivedBytes,
        String lastError,
        Waiting.@Nullable Place place,
        @Nullable Counted session) {

    /**
     * What a running session has counted.
     *
     * @param unacknowledged what was sent and is not acknowledged
     */
    record Counted(
            String transport,
            String address,
            Waiting unacknowledged,
            long byScope,
            long byPermission,
            long bySubscription) {

        static Counted of(Session session, SupplyTally tally) {
            return new Counted(
                    session.link().transport(),
                    session.link().remoteAddress(),
                    new Waiting(tally.unacknowledgedDocuments(), tally.unacknowledgedBytes()),
                    tally.withheldByScope(),
                    tally.withheldByPermission(),
                    tally.passedOver);
        }
    }

    static PeerStatus of(Partners.Known known, @Nullable Session session, String status, long head) {
        SupplySide supply = session == null ? null : session.supply();
        long sentBytes = known.sentBytes;
        long receivedBytes = known.receivedBytes;
        Waiting.Place place = lastPlace(known);
        Counted counted = null;
        if (session != null && supply != null) {
            sentBytes += session.link().sentBytes();
            receivedBytes += session.link().receivedBytes();
            place = supply.place();
            counted = Counted.of(session, supply.tally());
        }
        return new PeerStatus(
                known.key,
                known.storeId,
                known.isServer,
                status,
                head,
                known.acknowledged,
                sentBytes,
                receivedBytes,
                known.lastError,
                place,
                counted);
    }

    /** What was sent and not acknowledged comes again. A server takes everything, also one that was met before this process. */
    private static Waiting.@Nullable Place lastPlace(Partners.Known known) {
        if (known.lastPlace != null) {
            return new Waiting.Place(known.lastPlace.collections(), known.acknowledged, null);
        }
        return known.isServer ? new Waiting.Place(null, known.acknowledged, null) : null;
    }

    Value.Struct row(Published now) {
        Value.Struct.Builder row = Value.Struct.builder()
                .put("_id", Value.of(key.toString()))
                .put("store_id", Value.of(storeId.toString()))
                .put("role", Value.of(isServer ? "server" : "peer"))
                .put("status", Value.of(status))
                .put("last_commit_acked", Value.of(acknowledged))
                .put("lag", lag(now))
                .put("sent", Value.of(sentBytes))
                .put("received", Value.of(receivedBytes))
                .put("last_error", lastError.isEmpty() ? Value.NULL : Value.of(lastError));
        if (session != null) {
            row.put("transport", Value.of(session.transport()))
                    .put("address", Value.of(session.address()))
                    .put("causal_gaps", Value.of(session.byScope() + session.byPermission()))
                    .put(
                            "withheld",
                            Value.Struct.builder()
                                    .put("scope", Value.of(session.byScope()))
                                    .put("permission", Value.of(session.byPermission()))
                                    .put("subscription", Value.of(session.bySubscription()))
                                    .build());
        }
        return row.build();
    }

    private Value.Struct lag(Published now) {
        Value.Struct.Builder lag = Value.Struct.builder().put("commits", Value.of(Math.max(0, head - acknowledged)));
        Waiting unacknowledged = session == null ? Waiting.NOTHING : session.unacknowledged();
        if (session != null || place != null) {
            Waiting beyond = place == null ? Waiting.NOTHING : Waiting.beyond(now, place, storeId, Waiting.SHOWN_MAX);
            lag.put("documents", Value.of(unacknowledged.documents() + beyond.documents()))
                    .put("bytes", Value.of(unacknowledged.bytes() + beyond.bytes()));
        }
        return lag.build();
    }
}
