package io.ibid.core.database;

import io.ibid.core.env.Offload;
import io.ibid.core.storage.Storage;
import io.ibid.core.store.Commit;
import io.ibid.core.store.Decided;
import io.ibid.core.store.Published;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes written changes to the disk and makes them visible: written → synced → published, in commit order.
 *
 * <p>Group commit: while one sync is under way, everything that is written meanwhile waits together for the next one, so the number
 * of syncs adapts to the disk and not to the writers. Nothing leaves before it is durable: neither an answer to its writer, nor a
 * snapshot to an observer or a session. Confinement: loop.
 */
final class CommitPipeline {

    /** Makes what is durable visible to everybody. */
    interface Publisher {
        void publish(Commit commit);

        /** A state that no commit has made. */
        void show(Published state);
    }

    private record Entry(@Nullable Commit commit, @Nullable Published state, Decided decided, Consumer<Decided> done) {}

    private final Storage storage;
    private final Offload syncs;
    private final Publisher publisher;
    private final Consumer<Throwable> broken;
    private List<Entry> written = new ArrayList<>();
    private List<Entry> syncing = new ArrayList<>();

    /** @param broken told when a sync fails: nobody knows then what is on the disk */
    CommitPipeline(Storage storage, Offload syncs, Publisher publisher, Consumer<Throwable> broken) {
        this.storage = storage;
        this.syncs = syncs;
        this.publisher = publisher;
        this.broken = broken;
    }

    /** A commit that was written; {@code done} is called once it is durable and published. */
    void written(Commit commit, Consumer<Decided> done) {
        enqueue(new Entry(commit, null, new Decided.Committed(commit), done));
    }

    /** A state that differs from the one before although no commit was made; takes over the caller's hold on it. */
    void changed(Published state, Consumer<Decided> done) {
        enqueue(new Entry(null, state, new Decided.NothingToDo(state.commitId()), done));
    }

    /** No commit, but an answer that may not come before everything written so far is durable. */
    void after(long headCommit, boolean wrote, Consumer<Decided> done) {
        Entry entry = new Entry(null, null, new Decided.NothingToDo(headCommit), done);
        if (!wrote && written.isEmpty() && syncing.isEmpty()) {
            done.accept(entry.decided);
        } else {
            enqueue(entry);
        }
    }

    private void enqueue(Entry entry) {
        written.add(entry);
        if (syncing.isEmpty()) {
            sync();
        }
    }

    private void sync() {
        List<Entry> group = written;
        written = syncing;
        syncing = group;
        syncs.run(storage::sync, this::synced);
    }

    private void synced(@Nullable Throwable failure) {
        List<Entry> group = syncing;
        syncing = new ArrayList<>();
        if (failure != null) {
            broken.accept(failure);
            group.addAll(written);
            written.clear();
            for (Entry entry : group) {
                finish(entry, new Decided.Failed(failure));
            }
            return;
        }
        // The next group goes to the disk before the loop spends time on publishing this one.
        if (!written.isEmpty()) {
            sync();
        }
        for (Entry entry : group) {
            if (entry.commit != null) {
                publisher.publish(entry.commit);
            }
            if (entry.state != null) {
                publisher.show(entry.state);
            }
            finish(entry, entry.decided);
        }
    }

    private static void finish(Entry entry, Decided decided) {
        try {
            entry.done.accept(decided);
        } finally {
            if (entry.commit != null) {
                entry.commit.close();
            }
            if (entry.state != null) {
                entry.state.close();
            }
        }
    }
}
