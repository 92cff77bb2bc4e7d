package io.ibid.core.attachment;

import io.ibid.core.env.Logs;
import io.ibid.core.env.Timers;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.store.AttachmentId;
import io.ibid.core.store.Change;
import io.ibid.core.store.Decided;
import io.ibid.core.store.SidePut;
import io.ibid.core.store.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * All fetches of one database and the neighbours that they may come from. Neighbours are asked at once, and every few seconds anew as long
 * as they have nothing; together the fetches keep a bounded number of chunks under way, taking turns. Loop only.
 */
final class Fetches {
    private static final Logger LOG = Logs.of(Fetches.class);

    private static final int CHUNKS_UNDER_WAY_MAX = 128;
    private static final int RELAYED_MAX = 256;
    private static final long TICK_MS = 1_000;
    private static final int TICKS_TO_ASK_AGAIN = 5;
    private static final long TELL_AFTER_MS = 20;

    final Inventory inventory;
    private final Writer writer;
    private final Pins pins;
    private final SortedMap<AttachmentId, Fetch> byId = new TreeMap<>();
    private final List<Exchange> exchanges = new ArrayList<>();
    private final SortedSet<AttachmentId> grown = new TreeSet<>();
    private int underWay;
    private boolean assigns;
    private boolean assignsAgain;
    private boolean tells;
    private int ticks;
    private Timers.@Nullable Timer ticking;

    Fetches(Inventory inventory, Writer writer, Pins pins) {
        this.inventory = inventory;
        this.writer = writer;
        this.pins = pins;
    }

    long now() {
        return inventory.env.clock().monotonicMs();
    }

    // ---- neighbours

    Exchange connected(Neighbour neighbour) {
        Exchange exchange = new Exchange(neighbour, this, inventory);
        exchanges.add(exchange);
        byId.values().forEach(fetch -> want(exchange, fetch));
        return exchange;
    }

    void left(Exchange exchange) {
        exchanges.remove(exchange);
        List.copyOf(byId.values()).forEach(fetch -> fetch.left(exchange));
    }

    private void want(Exchange exchange, Fetch fetch) {
        exchange.send(new BlobMessage.Want(fetch.id, fetch.ttl, inventory.reference(fetch.id)));
    }

    /** What is here of the content has changed. */
    void tellNeighbours(AttachmentId id) {
        exchanges.forEach(exchange -> exchange.tell(id));
    }

    /** A chunk more of it can be had; those who want it are told of several at once. */
    void partGrew(AttachmentId id) {
        grown.add(id);
        if (!tells) {
            tells = true;
            inventory.env.timers().after(TELL_AFTER_MS, () -> {
                tells = false;
                List<AttachmentId> told = List.copyOf(grown);
                grown.clear();
                told.forEach(this::tellNeighbours);
            });
        }
    }

    // ---- fetches

    void fetch(AttachmentId id, long length, FetchListener listener) {
        start(id, BlobCodec.TTL_MAX).add(listener, length);
    }

    private Fetch start(AttachmentId id, int ttl) {
        Fetch running = byId.get(id);
        if (running != null) {
            running.ttl = Math.max(running.ttl, ttl);
            return running;
        }
        Fetch fetch = new Fetch(this, id, ttl);
        byId.put(id, fetch);
        exchanges.forEach(exchange -> want(exchange, fetch));
        keepTicking();
        return fetch;
    }

    /** A neighbour wants what is not here: looks for it, since a document here refers to it. */
    void relay(AttachmentId id, int ttl) {
        if (!byId.containsKey(id) && byId.size() < RELAYED_MAX) {
            start(id, ttl);
        }
    }

    void cancel(AttachmentId id, FetchListener listener) {
        Fetch fetch = byId.get(id);
        if (fetch != null) {
            fetch.remove(listener);
            endUnlessWanted(fetch);
        }
    }

    boolean isRunning(AttachmentId id) {
        return byId.containsKey(id);
    }

    @Nullable
    Landing landing(AttachmentId id) {
        Fetch fetch = byId.get(id);
        return fetch == null ? null : fetch.landing();
    }

    /** What of a content under way can be had here; null for nothing yet. */
    BlobMessage.@Nullable Have have(AttachmentId id) {
        Landing landing = landing(id);
        return landing == null || !landing.leaves.isComplete()
                ? null
                : new BlobMessage.Have(id, landing.shape.length(), landing.root(), Serving.ranges(landing.present));
    }

    // ---- answers

    void on(Exchange exchange, BlobMessage message) {
        Fetch fetch = byId.get(message.id());
        if (fetch != null) {
            switch (message) {
                case BlobMessage.None none -> fetch.on(exchange, none);
                case BlobMessage.Have have -> fetch.on(exchange, have);
                case BlobMessage.Hashes hashes -> fetch.on(exchange, hashes);
                case BlobMessage.Data data -> fetch.on(exchange, data);
                default -> throw new AssertionError(message);
            }
        }
    }

    // ---- what is under way

    boolean isFull() {
        return underWay >= CHUNKS_UNDER_WAY_MAX;
    }

    void taken() {
        underWay++;
    }

    void released(int chunks) {
        underWay -= chunks;
    }

    /** Lets the fetches ask for what they lack, in turns, until nobody can. */
    void assign() {
        assignsAgain = true;
        if (assigns) {
            return;
        }
        assigns = true;
        while (assignsAgain) {
            assignsAgain = false;
            for (Fetch fetch : List.copyOf(byId.values())) {
                assignsAgain |= fetch.assignOne();
            }
        }
        assigns = false;
    }

    // ---- time

    private void keepTicking() {
        if (ticking == null && !byId.isEmpty()) {
            ticking = inventory.env.timers().after(TICK_MS, () -> {
                ticking = null;
                tick();
                keepTicking();
            });
        }
    }

    private void tick() {
        ticks++;
        exchanges.forEach(Exchange::forgetOldWants);
        for (Fetch fetch : List.copyOf(byId.values())) {
            if (!endUnlessWanted(fetch)) {
                fetch.tick();
            }
        }
        if (ticks % TICKS_TO_ASK_AGAIN == 0) {
            for (Fetch fetch : byId.values()) {
                exchanges.forEach(exchange -> want(exchange, fetch));
            }
        }
        assign();
    }

    /**
     * Of a content that only neighbours want, the hops that it is looked for on shrink with every round of asking, so that two neighbours
     * that want it only for each other come to an end.
     */
    private boolean endUnlessWanted(Fetch fetch) {
        if (fetch.hasListeners()) {
            return false;
        }
        int ttl = -1;
        for (Exchange exchange : exchanges) {
            ttl = Math.max(ttl, exchange.wantedTtl(fetch.id) - 1);
        }
        fetch.ttl = ttl;
        if (ttl < 0) {
            end(fetch);
        }
        return ttl < 0;
    }

    // ---- the end

    void end(Fetch fetch) {
        byId.remove(fetch.id, fetch);
        fetch.end();
        exchanges.forEach(exchange -> exchange.send(new BlobMessage.Drop(fetch.id)));
    }

    void fail(Fetch fetch, Throwable cause) {
        List<FetchListener> told = fetch.listeners();
        LOG.error("The attachment {} cannot be fetched: {}", fetch.id, cause.getMessage());
        end(fetch);
        told.forEach(listener -> listener.failed(new IbidException(
                ErrorCode.STORE_FAILED_TO_FETCH_ATTACHMENT,
                "The attachment " + fetch.id + " cannot be kept: " + cause.getMessage(),
                cause)));
    }

    /** All chunks are here. */
    void completed(Fetch fetch, Landing landing) {
        inventory.env.offload().run(landing::finish, failure -> {
            if (failure != null) {
                fail(fetch, failure);
                return;
            }
            writer.submit(head -> head.beside(landing.whole()), decided -> {
                if (decided instanceof Decided.Failed(Throwable cause)) {
                    fail(fetch, cause);
                    return;
                }
                byId.remove(fetch.id, fetch);
                exchanges.forEach(exchange -> exchange.send(new BlobMessage.Drop(fetch.id)));
                tellNeighbours(fetch.id);
                arrived(fetch.id, fetch.listeners());
            });
        });
    }

    /** The content has come another way. */
    void arrived(AttachmentId id) {
        Fetch fetch = byId.get(id);
        if (fetch != null) {
            List<FetchListener> listeners = fetch.listeners();
            end(fetch);
            arrived(id, listeners);
        }
        tellNeighbours(id);
    }

    private void arrived(AttachmentId id, List<FetchListener> listeners) {
        Content content = inventory.content(id);
        for (FetchListener listener : listeners) {
            if (content != null) {
                pins.add(id);
                listener.completed(content);
            }
        }
    }

    /** Writes down a part of a content, unless all of it has come another way. */
    void save(AttachmentId id, List<SidePut> puts, Consumer<Decided> done) {
        writer.submit(head -> inventory.content(id) == null ? head.beside(puts) : Change.NOTHING, done);
    }

    /** The database closes. */
    void close(IbidException cause) {
        for (Fetch fetch : List.copyOf(byId.values())) {
            List<FetchListener> told = fetch.listeners();
            byId.remove(fetch.id);
            told.forEach(listener -> listener.failed(cause));
        }
        if (ticking != null) {
            ticking.cancel();
        }
    }
}
