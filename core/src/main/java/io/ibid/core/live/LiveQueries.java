package io.ibid.core.live;

import io.ibid.core.env.Offload;
import io.ibid.core.env.Timers;
import io.ibid.core.query.LiveSelect;
import io.ibid.core.store.Commit;
import io.ibid.core.store.Published;
import io.ibid.core.store.ReadSettings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All live queries of one database. Confinement: loop. */
public final class LiveQueries {
    private final TreeMap<String, Audience> audiences = new TreeMap<>();
    private final Set<LiveQuery> ofSystemCollections = new LinkedHashSet<>();
    private final Deque<CommitExamination> examinations = new ArrayDeque<>();
    private final KeptMemory memory;
    private final Bounds bounds;
    private final Timers timers;
    private final Offload offload;
    private final Loads loads;
    private final Supplier<ReadSettings> reading;
    private final LongSupplier systemRefreshMs;
    private List<LiveQuery> concerned = new ArrayList<>();
    private Timers.@Nullable Timer systemRefresh;
    private long examinedCommit;
    private long stamp;
    private volatile boolean stopped;

    /**
     * @param published gives the newest published snapshot, acquired
     * @param reading how documents are looked at; asked for each commit and each load
     * @param systemRefreshMs how often observers of {@code system:} collections are called, changed or not; asked each time
     */
    public LiveQueries(
            Timers timers,
            Offload offload,
            Supplier<Published> published,
            Supplier<ReadSettings> reading,
            LongSupplier systemRefreshMs) {
        this(timers, offload, published, reading, systemRefreshMs, Bounds.STANDARD);
    }

    LiveQueries(
            Timers timers,
            Offload offload,
            Supplier<Published> published,
            Supplier<ReadSettings> reading,
            LongSupplier systemRefreshMs,
            Bounds bounds) {
        this.timers = timers;
        this.offload = offload;
        this.bounds = bounds;
        this.memory = new KeptMemory(bounds);
        this.loads = new Loads(this, offload, published);
        this.reading = reading;
        this.systemRefreshMs = systemRefreshMs;
    }

    /** Registers an observer; its first call comes soon. */
    public LiveQuery observe(LiveSelect select, LiveQuery.Listener listener) {
        LiveQuery query = new LiveQuery(this, select, listener);
        for (String collection : select.statement().collections()) {
            audiences.computeIfAbsent(collection, unused -> new Audience()).add(query);
        }
        if (!select.statement().systemCollections().isEmpty()) {
            ofSystemCollections.add(query);
            scheduleSystemRefresh();
        }
        query.start();
        return query;
    }

    void remove(LiveQuery query) {
        for (String collection : query.select().statement().collections()) {
            Audience audience = audiences.get(collection);
            if (audience != null) {
                audience.remove(query);
                if (audience.isEmpty()) {
                    audiences.remove(collection);
                }
            }
        }
        ofSystemCollections.remove(query);
    }

    /**
     * Told of each commit once it is published, in commit order. All queries have examined one commit before they see the next, and tell
     * their listeners when they have seen all of it.
     */
    public void onCommit(Commit commit) {
        if (stopped || !concernsAny(commit)) {
            examinedCommit = examinations.isEmpty() ? commit.id() : examinedCommit;
            return;
        }
        CommitExamination examination = new CommitExamination(this, commit);
        if (examinations.isEmpty() && examination.examineHere()) {
            finish(examination);
            return;
        }
        examination.keep();
        examinations.add(examination);
        if (examinations.size() > bounds.waitingMax()) {
            giveUp();
        } else if (examinations.size() == 1) {
            examineBeside(examination);
        }
    }

    /** Documents are looked at in another way from now on: every result may be another one. */
    public void readingChanged() {
        for (Audience audience : audiences.values()) {
            audience.forEachUntestable(query -> query.skip(Long.MAX_VALUE));
            audience.forEachTestable(query -> query.skip(Long.MAX_VALUE));
        }
        if (examinations.isEmpty()) {
            tellConcerned();
        }
    }

    private boolean concernsAny(Commit commit) {
        return !audiences.isEmpty() && commit.collections().stream().anyMatch(audiences::containsKey);
    }

    /** Reads the next documents of a commit off the loop, and examines them here. */
    private void examineBeside(CommitExamination examination) {
        CommitExamination.Slice slice = examination.nextSlice();
        offload.run(slice::read, failure -> {
            examination.returned();
            if (failure != null) {
                examination.skip();
            }
            examine(examination, slice);
        });
    }

    private void examine(CommitExamination examination, CommitExamination.Slice slice) {
        if (examination.isClosed()) {
            return;
        }
        if (!slice.examine()) {
            timers.after(0, () -> examine(examination, slice));
        } else if (examination.isOver()) {
            finish(examinations.remove());
            examineWaiting();
        } else {
            examineBeside(examination);
        }
    }

    private void examineWaiting() {
        while (!examinations.isEmpty()) {
            CommitExamination next = examinations.element();
            if (!next.examineHere()) {
                examineBeside(next);
                return;
            }
            finish(examinations.remove());
        }
    }

    /** Too many commits wait: every query over their collections is taken to be concerned. */
    private void giveUp() {
        for (CommitExamination examination : examinations) {
            examination.skip();
            finish(examination);
        }
        examinations.clear();
    }

    private void finish(CommitExamination examination) {
        examinedCommit = examination.commitId();
        for (String collection : examination.collections()) {
            Audience audience = audiences.get(collection);
            if (audience != null) {
                audience.forEachUntestable(query -> query.skip(examination.commitId()));
            }
        }
        examination.close();
        tellConcerned();
    }

    private void tellConcerned() {
        List<LiveQuery> told = concerned;
        concerned = new ArrayList<>();
        told.forEach(LiveQuery::tellIfConcerned);
    }

    // ---- for queries and examinations

    @Nullable
    Audience audience(String collection) {
        return audiences.get(collection);
    }

    void concerned(LiveQuery query) {
        concerned.add(query);
    }

    /** The newest commit that every query has seen to its end. */
    long examinedCommit() {
        return examinedCommit;
    }

    /** Whether a commit after that one is being examined. */
    boolean isBehind(long commit) {
        CommitExamination current = examinations.peek();
        return current != null && current.commitId() > commit;
    }

    long nextStamp() {
        return ++stamp;
    }

    ReadSettings reading() {
        return reading.get();
    }

    Bounds bounds() {
        return bounds;
    }

    KeptMemory memory() {
        return memory;
    }

    void requestLoad(LiveQuery query) {
        loads.request(query);
    }

    boolean isStopped() {
        return stopped;
    }

    /** Any thread. The database closes: what is being loaded ends soon, and nothing begins any more. */
    public void stop() {
        stopped = true;
    }

    private void scheduleSystemRefresh() {
        if (systemRefresh == null) {
            systemRefresh = timers.after(systemRefreshMs.getAsLong(), () -> {
                systemRefresh = null;
                new ArrayList<>(ofSystemCollections).forEach(LiveQuery::tell);
                if (!ofSystemCollections.isEmpty()) {
                    scheduleSystemRefresh();
                }
            });
        }
    }
}
