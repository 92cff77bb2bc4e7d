package io.ibid.core.live;

import io.ibid.core.error.IbidException;
import io.ibid.core.query.LiveReading;
import io.ibid.core.query.LiveSelect;
import io.ibid.core.query.Row;
import io.ibid.core.value.DocumentId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One observed SELECT.
 *
 * <p>It has two sides. The loop tests documents, keeps the result up to date and puts it where it can be fetched; this side is confined
 * to the loop. The listener's side fetches the newest result and says when it can take the next: {@link #begin}, {@link #ready} and
 * {@link #isClosed} may be called by any thread, so that a delivery costs the loop nothing.
 */
public final class LiveQuery {

    /** Delivers, off the loop. */
    public interface Listener {
        /** There is a newer result: fetch it with {@link LiveQuery#begin}, deliver, then call {@link LiveQuery#ready}. Any thread; must not block. */
        void changed(LiveQuery query);

        /** Call {@link LiveQuery#resume} on the loop. Any thread; must not block. */
        void resume(LiveQuery query);
    }

    /** Where the result comes from. */
    private enum Mode {
        /** The query is run for each delivery. */
        RUN,
        /** A window will be loaded, out of a snapshot that is newer than anything examined so far. */
        QUEUED,
        /** A window is being loaded. */
        LOADING,
        /** Out of the window. */
        KEPT,
        /** The window is exhausted, and no other is loaded until the listener is ready. */
        PARKED
    }

    private static final int LOADS_IN_VAIN_MAX = 3;

    private final LiveQueries queries;
    private final LiveSelect select;
    private final Listener listener;
    private final Delivery delivery = new Delivery();
    private volatile @Nullable LiveResult newest;
    private volatile boolean parked;
    private volatile boolean closed;

    // The loop's.
    private final @Nullable LiveReading reading;
    private Mode mode = Mode.RUN;
    private @Nullable Window window;
    private long share;
    private final Map<DocumentId, @Nullable Entry> missed = new LinkedHashMap<>();
    private long missedBytes;
    private boolean missedTooMuch;
    private int loadsInVain;
    /** Commits up to this one are in what was loaded. */
    private long since;

    private long lastStamp;
    private boolean concerned;

    LiveQuery(LiveQueries queries, LiveSelect select, Listener listener) {
        this.queries = queries;
        this.select = select;
        this.listener = listener;
        reading = select.isTestable() ? select.reading() : null;
    }

    public LiveSelect select() {
        return select;
    }

    // ---- the listener's side

    /**
     * Begins a delivery.
     *
     * @return the newest result; null: run the query on the newest published snapshot
     */
    public @Nullable LiveResult begin() {
        delivery.begin();
        return newest;
    }

    /** The listener has delivered and can take the next result. Harmless when called again. */
    public void ready() {
        if (delivery.ready()) {
            listener.changed(this);
        } else if (parked) {
            listener.resume(this);
        }
    }

    public boolean isClosed() {
        return closed;
    }

    // ---- the loop's side

    /** Nothing is delivered from now on, but a delivery that has begun may end. Idempotent. */
    public void close() {
        if (!closed) {
            closed = true;
            dropWindow();
            queries.remove(this);
        }
    }

    /** The listener is ready again: see {@link Listener#resume}. */
    public void resume() {
        if (parked && !closed) {
            parked = false;
            load();
        }
    }

    /** Begins its life: the first result is delivered as soon as there is one. */
    void start() {
        if (select.isRowWise()) {
            load();
        } else {
            tell();
        }
    }

    private void load() {
        mode = Mode.QUEUED;
        queries.requestLoad(this);
    }

    /** A window is loaded now out of the snapshot behind that commit. */
    void beginLoad(long commit) {
        mode = Mode.LOADING;
        since = commit;
        missed.clear();
        missedBytes = 0;
        missedTooMuch = false;
    }

    /** @param loaded null when it failed, or is too large to be kept */
    void loaded(@Nullable Window loaded) {
        if (closed) {
            return;
        }
        if (loaded == null || loadsInVain == LOADS_IN_VAIN_MAX) {
            run();
            tell();
            return;
        }
        missed.forEach((id, entry) -> change(loaded, id, entry));
        missed.clear();
        if (missedTooMuch || loaded.isExhausted()) {
            loadsInVain++;
            load();
            return;
        }
        loadsInVain = 0;
        window = loaded;
        mode = Mode.KEPT;
        checkShare(loaded);
        if (queries.isBehind(since)) {
            // What it has missed ends in the middle of a commit.
            concern();
        } else {
            tell();
        }
    }

    /**
     * A document that may concern the query was changed by a commit.
     *
     * @param stamp another one for each change: the index may find a query twice
     */
    void examine(long commit, long stamp, DocumentId id, @Nullable Row before, @Nullable Row after) {
        if (commit <= since || stamp == lastStamp || closed) {
            return;
        }
        lastStamp = stamp;
        try {
            switch (mode) {
                case RUN -> {
                    if (!concerned && (matches(after) || matches(before))) {
                        concern();
                    }
                }
                case LOADING -> miss(id, entry(id, after));
                case KEPT -> keep(id, entry(id, after));
                case QUEUED, PARKED -> {}
            }
        } catch (IbidException failure) { // running the query will tell what is wrong
            run();
            concern();
        }
    }

    private boolean matches(@Nullable Row row) {
        return row != null && reading().matches(row);
    }

    private @Nullable Entry entry(DocumentId id, @Nullable Row row) {
        return row != null && reading().matches(row) ? Entry.of(id, row, reading()) : null;
    }

    private LiveReading reading() {
        if (reading == null) {
            throw new AssertionError(
                    "nothing can be tested for " + select.statement().text());
        }
        return reading;
    }

    private void miss(DocumentId id, @Nullable Entry entry) {
        missed.put(id, entry);
        missedBytes += entry == null ? 0 : entry.bytes();
        if (missed.size() > queries.bounds().missedMax()
                || missedBytes > queries.bounds().queryBytesMax()) {
            missedTooMuch = true;
            missed.clear();
            missedBytes = 0;
        }
    }

    private void keep(DocumentId id, @Nullable Entry entry) {
        Window kept = window;
        if (kept == null) {
            throw new AssertionError("a kept result without a window");
        }
        boolean changed = change(kept, id, entry);
        if (kept.isExhausted()) {
            reload();
        } else {
            checkShare(kept);
            if (changed) {
                concern();
            }
        }
    }

    private static boolean change(Window window, DocumentId id, @Nullable Entry entry) {
        return entry == null ? window.remove(id) : window.put(entry);
    }

    /** A commit was not examined document by document: anything may have changed. */
    void skip(long commit) {
        if (commit <= since || closed) {
            return;
        }
        switch (mode) {
            case RUN -> concern();
            case LOADING -> missedTooMuch = true;
            case KEPT -> reload();
            case QUEUED, PARKED -> {}
        }
    }

    /** Loads another window, but not for a listener that does not look: it would only have to be loaded again. */
    private void reload() {
        dropWindow();
        mode = Mode.PARKED;
        parked = true;
        if (delivery.isWaiting()) {
            resume();
        }
    }

    /** Gives up keeping the result. */
    private void run() {
        dropWindow();
        missed.clear();
        mode = Mode.RUN;
    }

    private void dropWindow() {
        queries.memory().changeShare(share, 0);
        share = 0;
        window = null;
    }

    /** Accounts for the window; gives it up when it is too large. */
    private void checkShare(Window kept) {
        boolean fits = queries.memory().changeShare(share, kept.bytes());
        share = kept.bytes();
        if (!fits) {
            run();
        }
    }

    /** The result may be another one; the listener is told when the commit has been examined to its end. */
    private void concern() {
        if (!concerned) {
            concerned = true;
            queries.concerned(this);
        }
    }

    void tellIfConcerned() {
        if (concerned) {
            tell();
        }
    }

    /** Tells the listener, now or when it is ready. Not while a commit is examined of which the window has seen a part. */
    void tell() {
        concerned = false;
        Window kept = window;
        if (closed || (kept == null && mode != Mode.RUN)) {
            return;
        }
        newest = kept == null
                ? null
                : new LiveResult(Math.max(queries.examinedCommit(), since), kept.version(), kept.offset(), kept.end());
        if (delivery.offer()) {
            listener.changed(this);
        }
    }
}
