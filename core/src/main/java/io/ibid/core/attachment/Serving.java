package io.ibid.core.attachment;

import io.ibid.core.env.Logs;
import io.ibid.core.store.AttachmentId;
import io.ibid.core.store.DocumentKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Serves one neighbour with what it asks for, behind everything else: a piece is queued only while little waits to be sent. How little
 * follows the link, which shall need some ten milliseconds for it, so that a document never waits longer behind attachments. Loop only.
 */
final class Serving {
    private static final Logger LOG = Logs.of(Serving.class);

    private static final int WANTS_MAX = 1_000;
    private static final int JOBS_MAX = 256;
    private static final long WANT_MS = 30_000;
    private static final int QUEUED_BYTES_MIN = 16 << 10;
    private static final int QUEUED_BYTES_MAX = 1 << 20;
    /** Where so much may wait, a whole chunk may be one frame. */
    private static final int FAST_BYTES = 256 << 10;

    private static final int AHEAD = 8;
    private static final long LOOK_AGAIN_MS = 100;
    private static final long QUICK_MS = 5;
    private static final long SLOW_MS = 40;

    private final Neighbour neighbour;
    private final Fetches fetches;
    private final Inventory inventory;
    private final SequencedMap<AttachmentId, Want> wants = new LinkedHashMap<>();
    private final Queue<Job> jobs = new ArrayDeque<>();
    private final Queue<Piece> ready = new ArrayDeque<>();
    private @Nullable Piece piece;
    private @Nullable Served served;
    private boolean reads;
    private long queuedBytesMax = 64 << 10;
    private long filledAtMs;
    private boolean closed;

    private record Want(int ttl, @Nullable DocumentKey reference, long untilMs) {}

    /** A chunk or a page of hashes that was asked for. */
    private record Job(AttachmentId id, boolean isPage, int number) {}

    /** What is being served, as it was a moment ago: not every chunk is worth a look into the store. */
    private record Served(
            AttachmentId id,
            long atMs,
            @Nullable Content content,
            @Nullable Landing landing) {}

    /** A chunk that is being sent. */
    private static final class Piece {
        final AttachmentId id;
        final int chunk;
        final byte[] bytes;
        int sent;

        Piece(AttachmentId id, int chunk, byte[] bytes) {
            this.id = id;
            this.chunk = chunk;
            this.bytes = bytes;
        }
    }

    Serving(Neighbour neighbour, Fetches fetches, Inventory inventory) {
        this.neighbour = neighbour;
        this.fetches = fetches;
        this.inventory = inventory;
    }

    // ---- wishes

    void on(BlobMessage.Want message) {
        AttachmentId id = message.id();
        boolean hasRoom = wants.containsKey(id) || wants.size() < WANTS_MAX;
        if (!hasRoom || !inventory.mayHave(neighbour, id, message.reference())) {
            wants.remove(id);
            send(new BlobMessage.None(id));
            return;
        }
        wants.put(id, new Want(message.ttl(), message.reference(), now() + WANT_MS));
        tell(id);
        if (message.ttl() > 0 && inventory.content(id) == null) {
            fetches.relay(id, message.ttl() - 1);
        }
    }

    void on(BlobMessage.Drop message) {
        wants.remove(message.id());
        jobs.removeIf(job -> job.id().equals(message.id()));
    }

    int wantedTtl(AttachmentId id) {
        Want want = wants.get(id);
        return want == null ? -1 : want.ttl();
    }

    void forgetOldWants() {
        wants.values().removeIf(want -> want.untilMs() < now());
    }

    /** Says what is here of a content, if the neighbour wants it. */
    void tell(AttachmentId id) {
        if (wants.containsKey(id)) {
            Content content = inventory.content(id);
            BlobMessage.Have part = content == null ? fetches.have(id) : null;
            if (content != null) {
                send(new BlobMessage.Have(id, content.length(), content.root(), null));
            } else {
                send(part == null ? new BlobMessage.None(id) : part);
            }
        }
    }

    void on(BlobMessage.AskHashes ask) {
        enqueue(new Job(ask.id(), true, ask.page()));
    }

    void on(BlobMessage.Ask ask) {
        if (ask.chunks().count() > JOBS_MAX) {
            throw new BlobProtocolException(
                    "an ASK for " + ask.chunks().count() + " chunks; " + JOBS_MAX + " are allowed");
        }
        for (int i = 0; i < ask.chunks().count(); i++) {
            enqueue(new Job(ask.id(), false, ask.chunks().from() + i));
        }
    }

    private void enqueue(Job job) {
        if (jobs.size() == JOBS_MAX) {
            throw new BlobProtocolException("more than " + JOBS_MAX + " chunks asked for at once");
        }
        jobs.add(job);
        pump();
    }

    // ---- gifts

    void drained() {
        if (piece != null) {
            long ms = now() - filledAtMs;
            if (ms <= QUICK_MS) {
                queuedBytesMax = Math.min(queuedBytesMax * 2, QUEUED_BYTES_MAX);
            } else if (ms >= SLOW_MS) {
                queuedBytesMax = Math.max(queuedBytesMax / 2, QUEUED_BYTES_MIN);
            }
        }
        pump();
    }

    /** Sends what the link takes now, and reads the next chunk meanwhile. */
    private void pump() {
        if (closed) {
            return;
        }
        if (neighbour.queuedBytes() == 0) {
            filledAtMs = now();
        }
        while (neighbour.queuedBytes() < queuedBytesMax && advance()) {
            Piece now = piece;
            if (now != null) {
                int most = queuedBytesMax >= FAST_BYTES ? Shape.CHUNK_BYTES : BlobCodec.PIECE_BYTES;
                int count = Math.min(most, now.bytes.length - now.sent);
                byte[] bytes = Arrays.copyOfRange(now.bytes, now.sent, now.sent + count);
                send(new BlobMessage.Data(now.id, now.chunk, now.sent, bytes));
                now.sent += count;
            }
        }
        read();
    }

    /** Whether there is a piece to send. */
    private boolean advance() {
        if (piece != null && piece.sent < piece.bytes.length) {
            return true;
        }
        piece = ready.poll();
        return piece != null;
    }

    private void read() {
        while (!reads && ready.size() < AHEAD && !closed) {
            Job job = jobs.poll();
            if (job == null) {
                return;
            }
            if (job.isPage()) {
                page(job);
            } else {
                chunks(job);
            }
        }
    }

    /** Asked again and again: the document may be gone by now. */
    private Served served(AttachmentId id) {
        Served known = served;
        if (known == null || !known.id().equals(id) || now() - known.atMs() > LOOK_AGAIN_MS) {
            Want want = wants.get(id);
            boolean isServed = want != null && inventory.mayHave(neighbour, id, want.reference());
            known = new Served(
                    id, now(), isServed ? inventory.content(id) : null, isServed ? fetches.landing(id) : null);
            served = known;
        }
        return known;
    }

    private void refuse(AttachmentId id) {
        jobs.removeIf(job -> job.id().equals(id));
        send(new BlobMessage.None(id));
    }

    /** Reads the chunk, and in one go some more that were asked for behind it. */
    private void chunks(Job first) {
        AttachmentId id = first.id();
        Served from = served(id);
        List<Job> some = new ArrayList<>(List.of(first));
        for (Job next = jobs.peek();
                next != null && !next.isPage() && next.id().equals(id) && some.size() < AHEAD;
                next = jobs.peek()) {
            some.add(jobs.remove());
        }
        Content content = from.content();
        Landing landing = from.landing();
        for (Job job : some) {
            boolean isWhole = content != null && job.number() < new Shape(content.length()).chunks();
            if (!isWhole && (landing == null || !landing.present.get(job.number()))) {
                refuse(id);
                return;
            }
        }
        List<Piece> read = new ArrayList<>();
        Runnable reading = () -> {
            for (Job job : some) {
                byte[] bytes = content != null
                        ? content.read(Shape.offset(job.number()), Shape.CHUNK_BYTES)
                        : Objects.requireNonNull(landing).read(job.number());
                read.add(new Piece(id, job.number(), bytes));
            }
        };
        offload(id, reading, () -> ready.addAll(read));
    }

    private void page(Job job) {
        AttachmentId id = job.id();
        Served from = served(id);
        Content content = from.content();
        Landing landing = from.landing();
        Shape shape = content != null ? new Shape(content.length()) : landing != null ? landing.shape : null;
        boolean isPart = content == null && landing != null && landing.leaves.isComplete();
        if (shape == null || job.number() >= shape.pages() || (content == null && !isPart)) {
            refuse(id);
            return;
        }
        byte[][] found = new byte[3][];
        found[0] = inventory.nodes(id);
        Runnable reading = () -> {
            TreeHash hash = new TreeHash();
            if (found[0] == null) {
                found[0] = isPart && landing != null ? landing.leaves.nodes(hash) : inventory.workOutNodes(id, shape);
            }
            found[1] = isPart && landing != null
                    ? landing.leaves.page(job.number())
                    : inventory.table.leaves(id, job.number());
            found[2] = hash.path(found[0], job.number());
        };
        offload(id, reading, () -> {
            if (found[1] == null) {
                refuse(id);
                return;
            }
            inventory.keepNodes(id, found[0]);
            send(new BlobMessage.Hashes(id, job.number(), found[1], found[2]));
        });
    }

    private void offload(AttachmentId id, Runnable work, Runnable then) {
        reads = true;
        inventory.env.offload().run(work, failure -> {
            reads = false;
            if (closed) {
                return;
            }
            if (failure == null) {
                then.run();
            } else {
                LOG.error("The attachment {} cannot be read for {}: {}", id, neighbour.name(), failure.getMessage());
                refuse(id);
            }
            pump();
        });
    }

    private void send(BlobMessage message) {
        neighbour.send(BlobCodec.frame(message));
    }

    private long now() {
        return inventory.env.clock().monotonicMs();
    }

    void close() {
        closed = true;
        wants.clear();
        jobs.clear();
    }

    /** The chunks of a set as ranges, the first ones when there are too many. */
    static List<BlobMessage.Range> ranges(BitSet chunks) {
        List<BlobMessage.Range> ranges = new ArrayList<>();
        int from = chunks.nextSetBit(0);
        while (from >= 0 && ranges.size() < BlobCodec.RANGES_MAX) {
            int end = chunks.nextClearBit(from);
            ranges.add(new BlobMessage.Range(from, end - from));
            from = chunks.nextSetBit(end);
        }
        return ranges;
    }
}
