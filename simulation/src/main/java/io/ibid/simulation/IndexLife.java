package io.ibid.simulation;

import io.ibid.core.database.Indexing;
import io.ibid.core.query.IndexRows;
import io.ibid.core.query.IndexShape;
import io.ibid.core.query.Row;
import io.ibid.core.query.Rows;
import io.ibid.core.query.Source;
import io.ibid.core.query.Span;
import io.ibid.core.query.Typing;
import io.ibid.core.storage.Snapshot;
import io.ibid.core.store.Check;
import io.ibid.core.store.Finding;
import io.ibid.core.store.Published;
import io.ibid.core.store.ReadSettings;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Indexes that come and go while everything else happens: at any moment they must say what the documents say. */
final class IndexLife {
    private static final List<Path> PATHS =
            List.of(Path.of("x"), Path.of("y"), Path.of("m", "z"), Path.of("n"), Path.of("w"), Path.of("_id"));
    private static final int NAMES = 4;

    private final WorldPlan plan;
    private final SplittableRandom random;

    IndexLife(WorldPlan plan) {
        this.plan = plan;
        this.random = new SplittableRandom(plan.seed() * 53 + 7);
    }

    /** As a process does that has opened its database; only that the steps are so small that something happens between them. */
    void begin(Indexing indexing) {
        indexing.setStepMax(random.nextInt(1, 4));
        indexing.resume();
    }

    /** Creates an index or drops one. Gives what was tried. */
    String change(Indexing indexing) {
        String collection = plan.traffic()
                .collections()
                .get(random.nextInt(plan.traffic().collections().size()));
        String name = "i" + random.nextInt(NAMES);
        // What becomes of it is seen on the disk; it may well fail with the disk.
        if (random.nextInt(3) == 0) {
            indexing.drop(collection, name, true, failure -> {});
            return "drop " + collection + "." + name;
        }
        List<IndexShape.Key> keys = new ArrayList<>();
        TreeSet<Path> paths = new TreeSet<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            Path path = PATHS.get(random.nextInt(PATHS.size()));
            if (paths.add(path)) {
                keys.add(new IndexShape.Key(path, random.nextBoolean()));
            }
        }
        indexing.create(
                new IndexShape(collection, name, keys, random.nextInt(4) != 0), random.nextBoolean(), failure -> {});
        return "create " + collection + "." + name + " " + keys;
    }

    /** What lies on a disk must be sound, entry by entry. */
    static void check(SimulatedPeer peer) {
        List<Finding> findings;
        try (Snapshot snapshot = peer.disk().snapshot()) {
            findings = Check.run(snapshot);
        }
        if (!findings.isEmpty()) {
            throw new Violation("I-CHECK", peer.address() + " has on its disk: " + findings.getFirst());
        }
    }

    /** Nothing is unfinished in the end, and each index has each document once. */
    void settled(SimulatedPeer peer, Published state) {
        Source source = state.source(ReadSettings.SHOWN);
        for (Value.Struct row : Objects.requireNonNull(source.system("indexes"))) {
            if (!(row.get("state") instanceof Value.Missing)) {
                throw new Violation("I-INDEX", peer.address() + " has an unfinished index in the end: " + row);
            }
        }
        for (String collection : plan.traffic().collections()) {
            for (IndexShape index : source.indexes().of(collection)) {
                if (index.includeMissing()) {
                    compare(peer, source, index);
                }
            }
        }
    }

    private static void compare(SimulatedPeer peer, Source source, IndexShape index) {
        TreeSet<DocumentId> scanned = new TreeSet<>();
        try (Rows rows = source.scan(index.collection(), Typing.FLEXIBLE)) {
            for (Row row = rows.next(); row != null; row = rows.next()) {
                scanned.add(row.documentId());
            }
        }
        TreeSet<DocumentId> indexed = new TreeSet<>();
        try (IndexRows rows = source.scanIndex(index, Span.ALL, false, Typing.FLEXIBLE)) {
            while (rows.next()) {
                indexed.add(rows.id());
            }
        }
        if (!indexed.equals(scanned)) {
            throw new Violation(
                    "I-INDEX", peer.address() + " finds " + indexed + " through " + index + ", but has " + scanned);
        }
    }
}
