package io.ibid.core.sync;

import io.ibid.core.crdt.Delta;
import io.ibid.core.crdt.DeltaCodec;
import io.ibid.core.storage.Batch;
import io.ibid.core.store.DocumentKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Puts away what a supplier sends until its CUT: in memory up to a limit, and in scratch from the first frame above it. Bytes count as
 * put away, and so make room for more credit, only once they are where they stay. Loop only.
 */
final class Staging {
    private static final int REMOVALS_PER_BATCH = 10_000;

    private final Scratch scratch;
    private final long keptBytesMax;
    private final Runnable onProgress;
    private final Consumer<Throwable> onFailure;
    private final List<Segment> sealed = new ArrayList<>();
    private Segment open;
    private Batch spilling = new Batch();
    private long spillingStreamBytes;
    private int writes;
    private long putAway;
    private boolean closed;

    /**
     * @param onProgress more bytes were put away, or a sealed segment has settled
     * @param onFailure scratch cannot be written
     */
    Staging(Scratch scratch, long keptBytesMax, Runnable onProgress, Consumer<Throwable> onFailure) {
        this.scratch = scratch;
        this.keptBytesMax = keptBytesMax;
        this.onProgress = onProgress;
        this.onFailure = onFailure;
        this.open = new Segment(scratch.newArea());
    }

    /** Takes an entry of the running unit. */
    void add(DocumentKey key, Delta delta) {
        byte[] bytes = DeltaCodec.encode(delta);
        if (open.spilled() == 0 && keptBytes() + bytes.length <= keptBytesMax) {
            open.keep(key, bytes);
        } else {
            Segment.KeyValue entry = open.spill(key, bytes);
            spilling.put(entry.key(), entry.value());
        }
    }

    /** The entries of one frame have been added, which took so many bytes of the lane's stream. */
    void endFrame(int streamBytes) {
        if (spilling.isEmpty()) {
            putAway += streamBytes;
            return;
        }
        spillingStreamBytes += streamBytes;
        if (writes == 0) {
            spill();
        }
    }

    private void spill() {
        Batch batch = spilling;
        long streamBytes = spillingStreamBytes;
        spilling = new Batch();
        spillingStreamBytes = 0;
        writes++;
        scratch.write(batch, failure -> {
            writes--;
            if (failure != null) {
                onFailure.accept(failure);
                return;
            }
            putAway += streamBytes;
            if (closed) {
                return;
            }
            if (!spilling.isEmpty()) {
                spill();
            }
            onProgress.run();
        });
    }

    /** Bytes of the stream that are where they stay. */
    long putAway() {
        return putAway;
    }

    /** Whether all that was staged is where it stays. */
    boolean isSettled() {
        return writes == 0 && spilling.isEmpty();
    }

    long bytes() {
        long bytes = open.bytes();
        for (Segment segment : sealed) {
            bytes += segment.bytes();
        }
        return bytes;
    }

    private long keptBytes() {
        long bytes = open.keptBytes();
        for (Segment segment : sealed) {
            bytes += segment.keptBytes();
        }
        return bytes;
    }

    /** A CUT: what was staged until now is a unit, together with what a refused CUT left. */
    List<Segment> seal() {
        if (!open.isEmpty()) {
            open.seal();
            sealed.add(open);
            open = new Segment(scratch.newArea());
        }
        return List.copyOf(sealed);
    }

    /** The unit was applied, or is void: lets go of it. */
    void discard() {
        sealed.forEach(this::remove);
        sealed.clear();
    }

    private void remove(Segment segment) {
        for (long from = 0; from < segment.spilled(); from += REMOVALS_PER_BATCH) {
            Batch batch = new Batch();
            for (long i = from; i < Math.min(segment.spilled(), from + REMOVALS_PER_BATCH); i++) {
                batch.removeOnce(segment.place(i));
            }
            scratch.write(batch, failure -> {
                if (failure != null) {
                    onFailure.accept(failure);
                }
            });
        }
    }

    /** The session is over: lets go of everything. */
    void close() {
        closed = true;
        seal();
        if (!spilling.isEmpty()) {
            spill();
        }
        discard();
    }
}
