package io.ibid.core.sync;

import io.ibid.core.env.Offload;
import io.ibid.core.storage.Batch;
import io.ibid.core.storage.Storage;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes what does not fit into memory to the scratch storage, one batch after the other and off the loop. Nothing here needs to
 * survive a restart, so nothing is synced. Loop only, except {@link #storage}, of which any thread may read a snapshot.
 */
final class Scratch {
    private final Storage storage;
    private final Offload offload;
    private final Queue<Writing> queue = new ArrayDeque<>();
    private boolean busy;
    private long areas;

    private record Writing(Batch batch, Consumer<@Nullable Throwable> done) {}

    Scratch(Storage storage, Offload offload) {
        this.storage = storage;
        this.offload = offload;
    }

    Storage storage() {
        return storage;
    }

    /** A number that no other stage of this process has. */
    long newArea() {
        areas++;
        return areas;
    }

    /** Writes the batch after those before it; {@code done} is called on the loop with null or the failure. */
    void write(Batch batch, Consumer<@Nullable Throwable> done) {
        queue.add(new Writing(batch, done));
        next();
    }

    private void next() {
        Writing writing = busy ? null : queue.poll();
        if (writing != null) {
            busy = true;
            offload.run(() -> storage.write(writing.batch()), failure -> {
                busy = false;
                writing.done().accept(failure);
                next();
            });
        }
    }
}
