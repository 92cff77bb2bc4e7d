package io.ibid.core.sync;

import io.ibid.core.env.Env;
import io.ibid.core.store.Acknowledgement;
import io.ibid.core.store.Published;
import io.ibid.core.store.SidePut;
import io.ibid.core.store.StoreId;
import io.ibid.core.store.SystemCollection;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of every partner, connected or not, and the status rows made of it. The rows are made anew on the loop a moment after
 * something has changed, and are read by any thread. Loop only, except the rows.
 */
final class Partners {
    private static final long ROWS_AFTER_MS = 50;
    private static final long SAVE_AFTER_MS = 60_000;

    private final Env env;
    private final Supplier<Published> published;
    private final Supplier<StatusRows.Input> input;
    private final Consumer<List<SidePut>> save;
    private final SortedMap<PeerKey, Known> byKey = new TreeMap<>();
    private volatile StatusRows rows = StatusRows.NONE;
    private volatile boolean tellsMilliseconds;
    private boolean rowsScheduled;
    private boolean saveScheduled;

    /** One partner, now or earlier. */
    static final class Known {
        final PeerKey key;
        StoreId storeId;
        boolean isServer;
        long acknowledged;
        /** What it has acknowledged to this process, and has all of. */
        long anchored;

        long lastReceivedMs;
        String lastError = "";
        /** What it wanted when its last session of this process ended; null when that is not known. */
        Waiting.@Nullable Place lastPlace;
        /** Bytes of the sessions of this process that have ended. */
        long sentBytes;

        long receivedBytes;
        boolean isUnsaved;

        Known(PeerKey key, StoreId storeId, boolean isServer) {
            this.key = key;
            this.storeId = storeId;
            this.isServer = isServer;
        }
    }

    /** @param published the newest durable state; each call's result is closed here; asked by any thread */
    Partners(
            Env env,
            Supplier<Published> published,
            List<Acknowledgement> saved,
            Supplier<StatusRows.Input> input,
            Consumer<List<SidePut>> save) {
        this.env = env;
        this.published = published;
        this.input = input;
        this.save = save;
        for (Acknowledgement row : saved) {
            Known known = new Known(PeerKey.of(row.peerKey()), row.storeId(), row.isServer());
            known.acknowledged = row.commit();
            known.lastReceivedMs = row.lastReceivedMs();
            byKey.put(known.key, known);
        }
    }

    void met(Partner partner) {
        Known known =
                byKey.computeIfAbsent(partner.peerKey(), key -> new Known(key, partner.storeId(), partner.isServer()));
        if (!known.storeId.equals(partner.storeId())) {
            // Another store: what the one before had says nothing about it.
            known.storeId = partner.storeId();
            known.acknowledged = 0;
        }
        known.isServer = partner.isServer();
        touched(known);
    }

    /** @param isAll whether it really has all that it may have now, not only what an earlier filter let through */
    void acknowledged(Partner partner, long commit, boolean isAll) {
        Known known = of(partner);
        known.acknowledged = Math.max(known.acknowledged, commit);
        known.anchored = isAll ? commit : 0;
        touched(known);
    }

    /**
     * Whether a server has everything up to the commit, as far as it has told this process; true when none was ever met.
     *
     * @param isSent whether servers get the collection in question at all
     */
    boolean serverHas(long commit, boolean isSent) {
        boolean hasServer = false;
        for (Known known : byKey.values()) {
            if (known.isServer && isSent && known.anchored >= commit) {
                return true;
            }
            hasServer |= known.isServer;
        }
        return !hasServer;
    }

    void failed(Partner partner, String error) {
        Known known = byKey.get(partner.peerKey());
        if (known != null) {
            known.lastError = error;
            changed();
        }
    }

    void left(Session session) {
        ReceiveSide receive = session.receive();
        Partner partner = session.partner();
        if (receive != null && partner != null) {
            Known known = of(partner);
            known.lastReceivedMs = Math.max(known.lastReceivedMs, receive.lastContentWallMs());
            known.sentBytes += session.link().sentBytes();
            known.receivedBytes += session.link().receivedBytes();
            SupplySide supply = session.supply();
            known.lastPlace = supply == null ? null : supply.place();
            touched(known);
        }
    }

    private Known of(Partner partner) {
        Known known = byKey.get(partner.peerKey());
        if (known == null) {
            throw new AssertionError("a partner that was never met: " + partner.peerKey());
        }
        return known;
    }

    private void touched(Known known) {
        known.isUnsaved = true;
        if (!saveScheduled) {
            saveScheduled = true;
            env.timers().after(SAVE_AFTER_MS, this::save);
        }
        changed();
    }

    /** Writes down what has changed since the last time. */
    void save() {
        saveScheduled = false;
        List<SidePut> puts = new ArrayList<>();
        for (Known known : byKey.values()) {
            if (known.isUnsaved) {
                known.isUnsaved = false;
                puts.add(new Acknowledgement(
                                known.key.bytes(),
                                known.storeId,
                                known.isServer,
                                known.acknowledged,
                                known.lastReceivedMs)
                        .put());
            }
        }
        if (!puts.isEmpty()) {
            save.accept(puts);
        }
    }

    /** Something that the rows show may have changed. */
    void changed() {
        if (!rowsScheduled) {
            rowsScheduled = true;
            env.timers().after(ROWS_AFTER_MS, () -> {
                rowsScheduled = false;
                show();
            });
        }
    }

    /** Makes the rows anew. */
    void show() {
        rows = StatusRows.of(List.copyOf(byKey.values()), input.get());
    }

    /** Any thread. */
    List<Value.Struct> subscriptionRows() {
        return rows.subscriptions();
    }

    /** Any thread. */
    SortedMap<String, Long> causalGaps() {
        return rows.causalGaps();
    }

    /** Tells times in milliseconds instead of seconds. */
    void tellMilliseconds(boolean does) {
        tellsMilliseconds = does;
    }

    private List<Value.Struct> dataSyncInfo() {
        boolean inMilliseconds = tellsMilliseconds;
        return rows.partners().stream().map(it -> it.row(inMilliseconds)).toList();
    }

    private List<Value.Struct> peerRows() {
        try (Published now = published.get()) {
            return rows.peers().stream().map(peer -> peer.row(now)).toList();
        }
    }

    List<SystemCollection> systemCollections() {
        return List.of(collection("data_sync_info", this::dataSyncInfo), collection("sync_peers", this::peerRows));
    }

    private static SystemCollection collection(String name, Supplier<List<Value.Struct>> rows) {
        return new SystemCollection() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<Value.Struct> rows() {
                return rows.get();
            }
        };
    }
}
