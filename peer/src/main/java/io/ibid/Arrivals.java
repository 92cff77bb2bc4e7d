package io.ibid;

import io.ibid.core.value.Value;
import io.ibid.peer.runtime.OpenDatabase;
import io.ibid.peer.sdk.Watches;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who waits for a commit to arrive at a partner. Thread-safe. */
final class Arrivals {
    private static final long LOOK_MS = 50;

    private final OpenDatabase database;
    private final Watches watches;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();

    Arrivals(OpenDatabase database, Watches watches) {
        this.database = database;
        this.watches = watches;
    }

    @SuppressWarnings("NullAway") // Void has no other value
    CompletableFuture<Void> when(long commitId, Predicate<Value.Struct> isMeant) {
        CompletableFuture<Void> arrived = new CompletableFuture<>();
        if (database.isClosed()) {
            arrived.completeExceptionally(Closed.error(database.databaseId()));
            return arrived;
        }
        long id = ids.incrementAndGet();
        waiting.put(id, arrived);
        // Whoever waits may have given up; that shows at the next look. And the first look may be over before this has
        // the handle.
        AtomicReference<Watches.@Nullable Handle> watch = new AtomicReference<>();
        watch.set(watches.watch(LOOK_MS, () -> arrived.isDone() || has(commitId, isMeant), isOver -> {
            if (isOver) {
                arrived.complete(null);
                forget(id, watch.get());
            }
        }));
        if (arrived.isDone()) {
            forget(id, watch.get());
        }
        return arrived;
    }

    private void forget(long id, Watches.@Nullable Handle watch) {
        waiting.remove(id);
        if (watch != null) {
            watch.cancel();
        }
    }

    private boolean has(long commitId, Predicate<Value.Struct> isMeant) {
        return database.partners().stream()
                .filter(isMeant)
                .anyMatch(partner ->
                        partner.get("last_commit_acked") instanceof Value.Int(long commit) && commit >= commitId);
    }

    void close() {
        waiting.values().forEach(arrived -> arrived.completeExceptionally(Closed.error(database.databaseId())));
    }
}
