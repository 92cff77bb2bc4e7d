package io.ibid.core.sync;

import io.ibid.core.query.SubscriptionQuery;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the system collections about sync, as they were at one moment. Immutable.
 *
 * @param causalGaps how many documents of a collection were kept away from partners in the sessions that run
 */
record StatusRows(
        List<PartnerStatus> partners,
        List<PeerStatus> peers,
        List<Value.Struct> subscriptions,
        SortedMap<String, Long> causalGaps) {

    static final StatusRows NONE =
            new StatusRows(List.of(), List.of(), List.of(), Collections.unmodifiableSortedMap(new TreeMap<>()));

    /**
     * One row of {@code system:data_sync_info}.
     *
     * @param receivedMs when the last unit with content was applied; 0: never
     */
    record PartnerStatus(String peerKey, boolean isServer, String status, long acknowledged, long receivedMs) {

        Value.Struct row(boolean inMilliseconds) {
            Value.Struct.Builder documents = Value.Struct.builder()
                    .put("sync_session_status", Value.of(status))
                    .put("synced_up_to_local_commit_id", Value.of(acknowledged));
            if (receivedMs > 0) {
                documents.put("last_update_received_time", Value.of(inMilliseconds ? receivedMs : receivedMs / 1_000));
            }
            return Value.Struct.builder()
                    .put("_id", Value.of(peerKey))
                    .put("is_ditto_server", Value.of(isServer))
                    .put("documents", documents.build())
                    .build();
        }
    }

    /**
     * What the rows are made of besides the partners.
     *
     * @param isRunning whether sync was started
     * @param head the newest published commit
     */
    record Input(boolean isRunning, long head, List<Session> sessions, List<SubscriptionQuery> wanted) {}

    static StatusRows of(List<Partners.Known> partners, Input input) {
        SortedMap<PeerKey, Session> connected = new TreeMap<>();
        for (Session session : input.sessions()) {
            Partner partner = session.partner();
            if (session.isConnected() && partner != null) {
                connected.put(partner.peerKey(), session);
            }
        }
        List<PartnerStatus> info = new ArrayList<>();
        SortedMap<String, Long> gaps = new TreeMap<>();
        List<PeerStatus> peers = new ArrayList<>();
        for (Partners.Known known : partners) {
            Session session = connected.get(known.key);
            String status = session != null ? "Connected" : input.isRunning() ? "Not Connected" : "Disabled";
            info.add(status(known, session, status));
            if (session != null && session.supply() != null) {
                session.supply().tally().gaps().forEach((name, count) -> gaps.merge(name, count, Long::sum));
            }
            peers.add(PeerStatus.of(known, session, status, input.head()));
        }
        List<Value.Struct> subscriptions = new ArrayList<>();
        input.wanted().forEach(query -> subscriptions.add(subscription(query, connected)));
        return new StatusRows(
                List.copyOf(info),
                List.copyOf(peers),
                List.copyOf(subscriptions),
                Collections.unmodifiableSortedMap(gaps));
    }

    private static PartnerStatus status(Partners.Known known, @Nullable Session session, String status) {
        ReceiveSide receive = session == null ? null : session.receive();
        long receivedMs = Math.max(known.lastReceivedMs, receive == null ? 0 : receive.lastContentWallMs());
        return new PartnerStatus(known.key.toString(), known.isServer, status, known.acknowledged, receivedMs);
    }

    /** The row of a subscription that no partner has been told of. */
    static Value.Struct waiting(SubscriptionQuery query) {
        return subscription(query, new TreeMap<>());
    }

    private static Value.Struct subscription(SubscriptionQuery query, SortedMap<PeerKey, Session> connected) {
        Value.Struct.Builder links = Value.Struct.builder();
        boolean isComplete = !connected.isEmpty();
        for (PeerKey peer : connected.keySet()) {
            ReceiveSide receive = connected.get(peer).receive();
            long commit = receive == null ? -1 : receive.completeUpTo(query);
            isComplete &= commit >= 0;
            links.put(
                    peer.toString(),
                    Value.Struct.builder()
                            .put("state", Value.of(commit >= 0 ? "complete" : "syncing"))
                            .put("commit", Value.of(Math.max(commit, 0)))
                            .build());
        }
        String state = connected.isEmpty() ? "waiting" : isComplete ? "complete" : "syncing";
        return Value.Struct.builder()
                .put("_id", Value.of(query.name()))
                .put("query", Value.of(query.canonicalText()))
                .put("args", query.arguments())
                .put("state", Value.of(state))
                .put("links", links.build())
                .build();
    }
}
