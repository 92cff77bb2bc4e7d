package io.ibid.core.attachment;

import io.ibid.core.store.AttachmentId;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who offers what of one content, and who was asked for what. Each chunk is asked of one source, the first that has room for it; only when all are
 * under way, a source that has nothing to do is asked for what a slower one owes longest. Loop only.
 */
final class Sources {
    private final Fetches all;
    private final AttachmentId id;
    private final SequencedMap<Exchange, Source> byExchange = new LinkedHashMap<>();
    private final SortedSet<String> liars = new TreeSet<>();
    /** Chunks that are here. */
    private BitSet present = new BitSet();
    /** Chunks that are here or under way. */
    private BitSet taken = new BitSet();

    Sources(Fetches all, AttachmentId id) {
        this.all = all;
        this.id = id;
    }

    /** These chunks are here from before. */
    void resume(BitSet chunks) {
        present = chunks;
        taken = (BitSet) chunks.clone();
    }

    boolean isLiar(Exchange exchange) {
        return liars.contains(exchange.name());
    }

    @Nullable
    Source of(Exchange exchange) {
        return byExchange.get(exchange);
    }

    /** @param ranges null: everything */
    void offers(Exchange exchange, @Nullable List<BlobMessage.Range> ranges) {
        Source source = byExchange.computeIfAbsent(exchange, any -> new Source(exchange, all.now()));
        BitSet chunks = null;
        if (ranges != null) {
            chunks = new BitSet();
            for (BlobMessage.Range range : ranges) {
                chunks.set(range.from(), range.from() + range.count());
            }
        }
        source.offers(chunks);
    }

    /** Whether it was a source. */
    boolean remove(Exchange exchange) {
        Source source = byExchange.remove(exchange);
        if (source != null) {
            release(source);
        }
        return source != null;
    }

    /** Nothing more is asked of it for this content. */
    void liar(Exchange exchange) {
        liars.add(exchange.name());
        remove(exchange);
    }

    /** It has nothing for the time being. */
    void rest(Source source) {
        release(source);
        source.offers(new BitSet());
    }

    void restStalled() {
        for (Source source : byExchange.values()) {
            if (source.isStalled(all.now())) {
                rest(source);
            }
        }
    }

    void clear() {
        byExchange.values().forEach(this::release);
        byExchange.clear();
    }

    private void release(Source source) {
        source.asked.keySet().forEach(taken::clear);
        all.released(source.asked.size());
        source.asked.clear();
        source.askedPage = -1;
        taken.or(present);
    }

    void took(int chunk) {
        taken.set(chunk);
    }

    void untake(int chunk) {
        taken.clear(chunk);
    }

    /** Asks one source for one more thing, while it has room; whether something was asked. */
    boolean assignOne(Landing open) {
        for (Source source : byExchange.values()) {
            if (source.offersAnything() && (askPage(open, source) || askChunks(open, source))) {
                return true;
            }
        }
        return false;
    }

    private boolean askPage(Landing open, Source source) {
        if (source.askedPage >= 0 || open.leaves.isComplete()) {
            return false;
        }
        for (int page = 0; page < open.shape.pages(); page++) {
            if (!open.leaves.has(page) && !isPageAsked(page)) {
                source.begins(all.now());
                source.askedPage = page;
                source.exchange.send(new BlobMessage.AskHashes(id, page));
                return true;
            }
        }
        return false;
    }

    private boolean isPageAsked(int page) {
        return byExchange.values().stream().anyMatch(source -> source.askedPage == page);
    }

    private boolean askChunks(Landing open, Source source) {
        if (!source.hasRoom() || all.isFull()) {
            return false;
        }
        int chunk = next(open, source);
        if (chunk < 0) {
            return false;
        }
        source.begins(all.now());
        source.asked.put(chunk, new Source.Pieces(open.shape.chunkBytes(chunk), all.now()));
        taken.set(chunk);
        all.taken();
        source.exchange.send(new BlobMessage.Ask(id, new BlobMessage.Range(chunk, 1)));
        return true;
    }

    /** The first chunk that nobody was asked for; when all are, one that a slower source has been asked for longest. */
    private int next(Landing open, Source source) {
        int chunks = open.shape.chunks();
        for (int chunk = taken.nextClearBit(0); chunk < chunks; chunk = taken.nextClearBit(chunk + 1)) {
            if (source.offers(chunk) && open.leaves.has(Shape.page(chunk))) {
                return chunk;
            }
        }
        return taken.cardinality() == chunks && source.isIdle() ? stolen(open, source) : -1;
    }

    private int stolen(Landing open, Source thief) {
        int oldest = -1;
        long askedMs = Long.MAX_VALUE;
        for (Source source : byExchange.values()) {
            for (Map.Entry<Integer, Source.Pieces> asked : source.asked.entrySet()) {
                int chunk = asked.getKey();
                boolean isEligible = source != thief && !open.present.get(chunk) && thief.offers(chunk);
                if (isEligible && asked.getValue().askedMs < askedMs) {
                    oldest = chunk;
                    askedMs = asked.getValue().askedMs;
                }
            }
        }
        return oldest;
    }
}
