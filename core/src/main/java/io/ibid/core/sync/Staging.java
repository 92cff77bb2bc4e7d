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
    private long writesBegun;
    private long writesDone;
    private long writesOfSealed;
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
        if (writesBegun == writesDone) {
            spill();
        }
    }

    private void spill() {
        Batch batch = spilling;
        long streamBytes = spillingStreamBytes;
        spilling = new Batch();
        spillingStreamBytes = 0;
        writesBegun++;
        scratch.write(batch, failure -> {
            writesDone++;
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

    /** Whether all that was sealed is where it stays. */
    boolean isSettled() {
        return writesDone >= writesOfSealed;
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

    /** A CUT: what was staged until now is a unit, together with what a refused CUT left. What comes later is not, even if this one waits. */
    List<Segment> seal() {
        if (!open.isEmpty()) {
            open.seal();
            sealed.add(open);
            open = new Segment(scratch.newArea());
            writesOfSealed = writesBegun + (spilling.isEmpty() ? 0 : 1);
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
