package io.ibid.core.attachment;

import io.ibid.core.env.Logs;
import io.ibid.core.error.IbidException;
import io.ibid.core.store.AttachmentId;
import io.ibid.core.store.BlobTable;
import io.ibid.core.store.Change;
import io.ibid.core.store.Published;
import io.ibid.core.store.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Forgets what nobody needs, every ten minutes: contents that for ten minutes no document has referred to and no handle, stream or fetch
 * has held, and parts that for a day nobody has gone on fetching. Looking for them is a worker's affair; whether one is forgotten is
 * decided on the loop and, as to documents, in the writer turn. First its rows go, then its file: a file without rows is deleted at the
 * next start. Loop only.
 */
final class Collector {
    private static final Logger LOG = Logs.of(Collector.class);

    private static final long EVERY_MS = 600_000;
    private static final long GRACE_MS = 600_000;
    private static final long PART_GRACE_MS = 24 * 3_600_000L;
    private static final int CANDIDATES_MAX = 100_000;
    private static final int PAGE = 256;

    private final Inventory inventory;
    private final Supplier<Published> published;
    private final Writer writer;
    private final Pins pins;
    private final Fetches fetches;
    private final SortedMap<AttachmentId, Long> unneededSinceMs = new TreeMap<>();
    private final Map<AttachmentId, List<Runnable>> leaving = new LinkedHashMap<>();

    private record Candidate(AttachmentId id, BlobTable.Head head, boolean isReferenced) {}

    Collector(Inventory inventory, Supplier<Published> published, Writer writer, Pins pins, Fetches fetches) {
        this.inventory = inventory;
        this.published = published;
        this.writer = writer;
        this.pins = pins;
        this.fetches = fetches;
    }

    /** From now on it runs by itself. */
    void start() {
        inventory.env.timers().after(EVERY_MS, () -> {
            start();
            look();
        });
    }

    private void look() {
        List<Candidate> found = new ArrayList<>();
        inventory.env.offload().run(() -> scan(found), failure -> {
            if (failure == null) {
                found.forEach(this::consider);
                unneededSinceMs
                        .keySet()
                        .retainAll(found.stream().map(Candidate::id).toList());
            } else {
                LOG.warn("Looking for attachments to forget has failed: {}", failure.getMessage());
            }
        });
    }

    private void scan(List<Candidate> found) {
        try (Published now = published.get()) {
            AttachmentId last = null;
            List<BlobTable.Entry> page;
            do {
                page = inventory.table.heads(last, PAGE);
                for (BlobTable.Entry entry : page) {
                    last = entry.id();
                    boolean isReferenced = now.isReferenced(entry.id());
                    if (!(isReferenced && entry.head().isWhole()) && found.size() < CANDIDATES_MAX) {
                        found.add(new Candidate(entry.id(), entry.head(), isReferenced));
                    }
                }
            } while (page.size() == PAGE);
        }
    }

    private void consider(Candidate candidate) {
        AttachmentId id = candidate.id();
        if (isHeld(id)) {
            unneededSinceMs.remove(id);
            return;
        }
        long now = inventory.env.clock().monotonicMs();
        Long since = unneededSinceMs.putIfAbsent(id, now);
        long grace = candidate.isReferenced() ? PART_GRACE_MS : GRACE_MS;
        if (since != null && now - since >= grace) {
            forget(candidate);
        }
    }

    private boolean isHeld(AttachmentId id) {
        return pins.holds(id) || fetches.isRunning(id) || leaving.containsKey(id);
    }

    private void forget(Candidate candidate) {
        AttachmentId id = candidate.id();
        boolean mayBeReferenced = candidate.isReferenced();
        int pages = new Shape(candidate.head().length()).pages();
        boolean[] isForgotten = new boolean[1];
        leaving.put(id, new ArrayList<>());
        writer.submit(
                head -> {
                    if (head.isReferenced(id) && !mayBeReferenced) {
                        return Change.NOTHING;
                    }
                    isForgotten[0] = true;
                    return head.beside(BlobTable.removal(id, pages));
                },
                decided -> {
                    if (isForgotten[0] && inventory.table.head(id) == null) {
                        inventory
                                .env
                                .offload()
                                .run(() -> inventory.blobs().delete(id.toString()), failure -> left(id, failure));
                    } else {
                        left(id, null);
                    }
                });
    }

    private void left(AttachmentId id, @Nullable Throwable failure) {
        if (failure instanceof IbidException) {
            LOG.warn("The content of the attachment {} cannot be deleted: {}", id, failure.getMessage());
        }
        unneededSinceMs.remove(id);
        List<Runnable> waiting = leaving.remove(id);
        if (waiting != null) {
            waiting.forEach(Runnable::run);
        }
    }

    /** Whether the content is being forgotten right now. Then the task runs when it is gone. */
    boolean isLeaving(AttachmentId id, Runnable whenGone) {
        List<Runnable> waiting = leaving.get(id);
        if (waiting == null) {
            return false;
        }
        waiting.add(whenGone);
        return true;
    }
}
