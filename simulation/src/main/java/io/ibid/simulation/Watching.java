package io.ibid.simulation;

import io.ibid.core.database.Database;
import io.ibid.core.live.LiveQuery;
import io.ibid.core.live.LiveResult;
import io.ibid.core.query.Limits;
import io.ibid.core.query.LiveSelect;
import io.ibid.core.query.Result;
import io.ibid.core.query.ResultRow;
import io.ibid.core.query.StatementOptions;
import io.ibid.core.store.Commit;
import io.ibid.core.store.Published;
import io.ibid.core.store.ReadSettings;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * An observer in one process: whatever it is shown is what the database held at some published commit, each time at a later one, and in the
 * end at the last. One thread.
 */
final class Watching {
    private static final long MEMORY_BYTES = 1 << 26;

    private final SimulatedPeer peer;
    private final Database database;
    private final String collection;
    private final VirtualTime time;
    private final SplittableRandom random;
    private final LiveSelect select;
    private final TreeMap<Long, List<String>> rowsByCommit = new TreeMap<>();
    private List<String> shown = List.of();
    private long shownAt;

    Watching(SimulatedPeer peer, String collection, VirtualTime time, SplittableRandom random) {
        this.peer = peer;
        this.database = Objects.requireNonNull(peer.process()).database();
        this.collection = collection;
        this.time = time;
        this.random = random;
        this.select = new LiveSelect(
                database.prepare("SELECT * FROM " + collection, StatementOptions.FLEXIBLE), Value.Struct.EMPTY);
        try (Published state = database.published()) {
            rowsByCommit.put(state.commitId(), rows(state));
        }
        database.observe(select, new LiveQuery.Listener() {
            @Override
            public void changed(LiveQuery query) {
                later(() -> show(query));
            }

            @Override
            public void resume(LiveQuery query) {
                later(query::resume);
            }
        });
    }

    private void later(Runnable task) {
        time.after(random.nextLong(20_000), () -> {
            if (isUp()) {
                task.run();
            }
        });
    }

    private boolean isUp() {
        SimulatedPeer.Process process = peer.process();
        return process != null && process.database() == database;
    }

    /** A peer has published a commit. */
    void publishedBy(SimulatedPeer publisher, Commit commit) {
        if (publisher == peer && isUp() && commit.collections().contains(collection)) {
            rowsByCommit.put(commit.id(), rows(commit.after()));
        }
    }

    private List<String> rows(Published state) {
        try (Result result = select.statement()
                .execute(state.source(ReadSettings.SHOWN), Value.Struct.EMPTY, Limits.of(0, MEMORY_BYTES))) {
            return texts(result.rest());
        }
    }

    private static List<String> texts(List<ResultRow> rows) {
        List<String> texts = new ArrayList<>();
        for (ResultRow row : rows) {
            StringBuilder text = new StringBuilder();
            row.appendJson(text);
            texts.add(text.toString());
        }
        Collections.sort(texts);
        return texts;
    }

    private void show(LiveQuery query) {
        LiveResult result = query.begin();
        try (Published state = database.published()) {
            long at = result == null ? state.commitId() : result.commitId();
            shown = result == null ? rows(state) : texts(result.rows());
            if (at > state.commitId()) {
                throw new Violation(
                        "I-OBS",
                        peer.address() + " shows commit " + at + " to an observer, and has published "
                                + state.commitId());
            }
            if (at < shownAt) {
                throw new Violation(
                        "I-OBS", peer.address() + " shows commit " + at + " to an observer, after " + shownAt);
            }
            shownAt = at;
            Map.Entry<Long, List<String>> expected = rowsByCommit.floorEntry(at);
            if (expected == null || !expected.getValue().equals(shown)) {
                throw new Violation(
                        "I-OBS",
                        peer.address() + " shows an observer of " + collection + " at commit " + at + " " + shown
                                + ", not " + expected);
            }
        }
        query.ready();
    }

    /** Nothing happens any more, and everything was shown. */
    void settled() {
        if (isUp() && !shown.equals(rowsByCommit.lastEntry().getValue())) {
            throw new Violation(
                    "I-OBS",
                    peer.address() + " is quiet, and has shown an observer of " + collection + " only commit " + shownAt
                            + ", not " + rowsByCommit.lastKey());
        }
    }
}
