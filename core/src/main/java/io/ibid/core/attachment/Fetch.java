package io.ibid.core.attachment;

import io.ibid.core.env.Logs;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.store.AttachmentId;
import io.ibid.core.store.SidePut;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * One content on its way here, for listeners or for neighbours who asked for it. First somebody says what it is: its length and the root
 * of its tree, which the id proves. Then come the pages of hashes, which the root proves, and the chunks, which the hashes prove, each
 * from any source that has it; what is wrong costs one message and its source. It ends when all is here, when nobody wants it, or when
 * no document refers to it any more. Loop only.
 */
final class Fetch {
    private static final Logger LOG = Logs.of(Fetch.class);

    private static final long CHECKPOINT_BYTES = 64L << 20;
    private static final long CHECKPOINT_MS = 2_000;

    final AttachmentId id;
    private final Fetches all;
    private final Map<FetchListener, Long> lengthByListener = new LinkedHashMap<>();
    private final Sources sources;
    private @Nullable Landing landing;
    private int checking;
    private boolean opens;
    private boolean saves;
    private boolean ended;
    private boolean wasReferenced;
    private long savedBytes;
    private long savedMs;
    int ttl;

    Fetch(Fetches all, AttachmentId id, int ttl) {
        this.all = all;
        this.id = id;
        this.ttl = ttl;
        this.sources = new Sources(all, id);
        this.wasReferenced = all.inventory.isReferenced(id);
    }

    // ---- who wants it

    void add(FetchListener listener, long length) {
        Landing open = landing;
        if (open != null && open.shape.length() != length) {
            listener.failed(wrongLength(id, length, open.shape.length()));
            return;
        }
        lengthByListener.put(listener, length);
        ttl = BlobCodec.TTL_MAX;
    }

    void remove(FetchListener listener) {
        lengthByListener.remove(listener);
    }

    boolean hasListeners() {
        return !lengthByListener.isEmpty();
    }

    static IbidException wrongLength(AttachmentId id, long told, long real) {
        return new IbidException(
                ErrorCode.STORE_ATTACHMENT_TOKEN_INVALID,
                "The token of the attachment " + id + " tells of " + told + " bytes; its content has " + real);
    }

    @Nullable
    Landing landing() {
        return landing;
    }

    // ---- sources

    void on(Exchange exchange, BlobMessage.None none) {
        Source source = sources.of(exchange);
        if (source != null) {
            sources.rest(source);
            all.assign();
        }
    }

    void on(Exchange exchange, BlobMessage.Have have) {
        if (ended || sources.isLiar(exchange)) {
            return;
        }
        if (!AttachmentId.ofContent(have.root(), have.length()).equals(id)) {
            lied(exchange, "says that " + id + " has a root that does not belong to it");
            return;
        }
        sources.offers(exchange, have.ranges());
        open(have);
        all.assign();
    }

    /** The first true HAVE says what the content is. */
    private void open(BlobMessage.Have have) {
        if (landing != null || opens) {
            return;
        }
        for (FetchListener listener : List.copyOf(lengthByListener.keySet())) {
            long told = lengthByListener.getOrDefault(listener, 0L);
            if (told != have.length()) {
                lengthByListener.remove(listener);
                listener.failed(wrongLength(id, told, have.length()));
            }
        }
        opens = true;
        Landing[] opened = new Landing[1];
        all.inventory
                .env
                .offload()
                .run(
                        () -> opened[0] = Landing.open(
                                all.inventory.table, all.inventory.blobs(), id, have.length(), have.root()),
                        failure -> {
                            opens = false;
                            if (ended) {
                                close(opened[0]);
                            } else if (failure != null) {
                                all.fail(this, failure);
                            } else {
                                begin(opened[0]);
                            }
                        });
    }

    private void begin(Landing opened) {
        landing = opened;
        sources.resume(opened.present);
        savedBytes = opened.bytesPresent();
        savedMs = all.now();
        all.tellNeighbours(id);
        if (opened.isComplete()) {
            complete();
        } else {
            if (savedBytes > 0) {
                progress();
            }
            all.assign();
        }
    }

    void left(Exchange exchange) {
        if (sources.remove(exchange)) {
            checkpoint();
            all.assign();
        }
    }

    private void lied(Exchange exchange, String what) {
        LOG.warn("{} {}", exchange.name(), what);
        exchange.blame(what);
        sources.liar(exchange);
    }

    /** Asks one source for one more thing, while it has room; whether something was asked. */
    boolean assignOne() {
        Landing open = landing;
        return open != null && !ended && !open.isComplete() && sources.assignOne(open);
    }

    // ---- answers

    void on(Exchange exchange, BlobMessage.Hashes message) {
        Landing open = landing;
        Source source = sources.of(exchange);
        if (open == null || source == null || source.askedPage != message.page() || ended) {
            return;
        }
        source.heard(all.now());
        source.askedPage = -1;
        int page = message.page();
        TreeHash hash = new TreeHash();
        byte[] root = message.hashes().length == open.shape.leaves(page) * TreeHash.BYTES
                ? hash.rootOf(hash.root(message.hashes()), page, open.shape.pages(), message.path())
                : null;
        if (root == null || !Arrays.equals(root, open.root())) {
            lied(exchange, "has sent wrong hashes of the attachment " + id);
        } else if (!open.leaves.has(page)) {
            open.leaves.put(page, message.hashes());
            if (open.leaves.isComplete()) {
                all.tellNeighbours(id);
            }
        }
        all.assign();
    }

    void on(Exchange exchange, BlobMessage.Data data) {
        Landing open = landing;
        Source source = sources.of(exchange);
        Source.Pieces pieces = source == null ? null : source.asked.get(data.chunk());
        if (open == null || source == null || pieces == null || ended) {
            return; // asked for once, and not any more
        }
        source.heard(all.now());
        int length = data.bytes().length;
        if (data.offset() != pieces.filled || length == 0 || length > pieces.bytes.length - pieces.filled) {
            throw new BlobProtocolException("a piece of a chunk that does not follow the one before");
        }
        System.arraycopy(data.bytes(), 0, pieces.bytes, pieces.filled, length);
        pieces.filled += length;
        if (pieces.filled == pieces.bytes.length) {
            source.asked.remove(data.chunk());
            check(source, open, data.chunk(), pieces.bytes);
        }
    }

    private void check(Source source, Landing open, int chunk, byte[] bytes) {
        if (open.present.get(chunk)) {
            all.released(1);
            all.assign();
            return;
        }
        boolean[] isGood = new boolean[1];
        checking++;
        source.checking++;
        all.inventory.env.offload().run(() -> isGood[0] = open.put(chunk, bytes), failure -> {
            checking--;
            source.checking--;
            all.released(1);
            if (ended) {
                closeIfIdle();
            } else if (failure != null) {
                all.fail(this, failure);
            } else if (isGood[0]) {
                source.arrived(all.now());
                arrived(open, chunk);
            } else {
                if (!open.present.get(chunk)) {
                    sources.untake(chunk);
                }
                lied(source.exchange, "has sent a wrong chunk " + chunk + " of the attachment " + id);
                all.assign();
            }
        });
        all.assign();
    }

    private void arrived(Landing open, int chunk) {
        open.present.set(chunk);
        sources.took(chunk);
        progress();
        if (ended) {
            return;
        }
        if (open.isComplete()) {
            complete();
        } else {
            if (open.bytesPresent() - savedBytes >= CHECKPOINT_BYTES) {
                checkpoint();
            }
            all.partGrew(id);
            all.assign();
        }
    }

    private void progress() {
        Landing open = landing;
        if (open != null) {
            List.copyOf(lengthByListener.keySet())
                    .forEach(listener -> listener.progress(open.bytesPresent(), open.shape.length()));
        }
    }

    // ---- time

    void tick() {
        sources.restStalled();
        if (landing != null && all.now() - savedMs >= CHECKPOINT_MS) {
            checkpoint();
        }
        boolean isReferenced = all.inventory.isReferenced(id);
        if (wasReferenced && !isReferenced) {
            List<FetchListener> told = List.copyOf(lengthByListener.keySet());
            all.end(this);
            told.forEach(FetchListener::deleted);
        }
        wasReferenced = isReferenced;
    }

    /** Writes down what is here, so that nothing of it is fetched twice. */
    private void checkpoint() {
        Landing open = landing;
        if (open == null || !open.isFile() || saves || ended || open.bytesPresent() <= savedBytes) {
            return;
        }
        saves = true;
        savedMs = all.now();
        long bytes = open.bytesPresent();
        List<SidePut> puts = open.checkpoint();
        all.inventory.env.offload().run(open::sync, failure -> {
            if (failure != null) {
                saves = false;
                if (ended) {
                    closeIfIdle();
                } else {
                    all.fail(this, failure);
                }
                return;
            }
            all.save(id, puts, decided -> {
                saves = false;
                savedBytes = bytes;
                if (ended) {
                    closeIfIdle();
                } else if (open.isComplete()) {
                    complete();
                }
            });
        });
    }

    // ---- the end

    private void complete() {
        Landing open = landing;
        if (open == null || saves || !open.leaves.isComplete()) {
            return; // comes back when what is under way is done
        }
        ended = true;
        sources.clear();
        all.completed(this, open);
    }

    List<FetchListener> listeners() {
        return List.copyOf(lengthByListener.keySet());
    }

    /** Keeps what is here for another time. */
    void end() {
        if (!ended) {
            checkpoint();
            ended = true;
            sources.clear();
            closeIfIdle();
        }
    }

    private void closeIfIdle() {
        if (checking == 0 && !saves) {
            close(landing);
            landing = null;
        }
    }

    private void close(@Nullable Landing open) {
        if (open != null) {
            all.inventory.env.offload().run(open::close, failure -> {
                if (failure != null) {
                    LOG.warn("{}: {}", id, failure.getMessage());
                }
            });
        }
    }
}
