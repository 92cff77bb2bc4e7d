package io.ibid;

import io.ibid.core.value.Value;
import io.ibid.peer.runtime.OpenDatabase;
import io.ibid.peer.sdk.Watches;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Who waits for a commit to arrive at a partner. Thread-safe. */
final class Arrivals {
    private static final long LOOK_MS = 50;

    private final OpenDatabase database;
    private final Watches watches;
    private final Set<CompletableFuture<Void>> waiting = ConcurrentHashMap.newKeySet();

    Arrivals(OpenDatabase database, Watches watches) {
        this.database = database;
        this.watches = watches;
    }

    // Void has no other value; the futures are told apart by what they are; what ends the wait does not fail.
    @SuppressWarnings({"NullAway", "CollectionUndefinedEquality", "FutureReturnValueIgnored"})
    CompletableFuture<Void> when(long commitId, Predicate<Value.Struct> isMeant) {
        CompletableFuture<Void> arrived = new CompletableFuture<>();
        if (database.isClosed()) {
            arrived.completeExceptionally(Closed.error(database.databaseId()));
            return arrived;
        }
        waiting.add(arrived);
        Watches.Handle watch = watches.watch(LOOK_MS, () -> has(commitId, isMeant), isThere -> {
            if (isThere) {
                arrived.complete(null);
            }
        });
        arrived.whenComplete((done, failure) -> {
            watch.cancel();
            waiting.remove(arrived);
        });
        return arrived;
    }

    private boolean has(long commitId, Predicate<Value.Struct> isMeant) {
        return database.partners().stream()
                .filter(isMeant)
                .anyMatch(partner ->
                        partner.get("last_commit_acked") instanceof Value.Int(long commit) && commit >= commitId);
    }

    void close() {
        waiting.forEach(arrived -> arrived.completeExceptionally(Closed.error(database.databaseId())));
    }
}
