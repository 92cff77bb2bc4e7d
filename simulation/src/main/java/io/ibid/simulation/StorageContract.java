package io.ibid.simulation;

import static io.ibid.simulation.StorageWords.bytes;
import static io.ibid.simulation.StorageWords.entries;
import static io.ibid.simulation.StorageWords.expect;
import static io.ibid.simulation.StorageWords.expectClosed;
import static io.ibid.simulation.StorageWords.expectThrown;
import static io.ibid.simulation.StorageWords.key;
import static io.ibid.simulation.StorageWords.put;
import static io.ibid.simulation.StorageWords.putAll;
import static io.ibid.simulation.StorageWords.remove;
import static io.ibid.simulation.StorageWords.text;

import io.ibid.core.storage.Batch;
import io.ibid.core.storage.Cursor;
import io.ibid.core.storage.Snapshot;
import io.ibid.core.storage.Storage;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What every {@link Storage} must do, as sentences that can be run. Each module that implements a storage runs the same list as dynamic
 * tests; a difference between the storage of the simulation and the one of production would make the simulation worthless.
 *
 * <p>A check throws {@link AssertionError}. It needs no test library, so that it can live beside the simulation.
 */
public final class StorageContract {

    /** The storage under test. */
    public interface Subject {
        /** Opens it: empty the first time, later with what was left when the storage opened before was closed. */
        Storage open();
    }

    /** One sentence of the contract. */
    public record Check(String sentence, Body body) {
        /** @throws AssertionError when the storage does not keep the sentence */
        public void run(Subject subject) {
            body.run(subject);
        }
    }

    /** The code of a check. */
    @FunctionalInterface
    public interface Body {
        void run(Subject subject);
    }

    private StorageContract() {}

    /** All checks; each needs a subject of its own. */
    public static List<Check> checks() {
        return List.of(
                new Check("a batch is applied in order", StorageContract::appliesInOrder),
                new Check("a snapshot does not see later batches", StorageContract::isolatesSnapshots),
                new Check(
                        "a batch is seen whole or not at all by a concurrent reader",
                        StorageContract::isAtomicForReaders),
                new Check("keys are ordered as unsigned bytes", StorageContract::ordersUnsigned),
                new Check("a cursor stays in its range in both directions", StorageContract::keepsToTheRange),
                new Check("seek finds the entry at or beyond a key in the cursor's direction", StorageContract::seeks),
                new Check(
                        "a cursor without entry has neither key nor value", StorageContract::refusesValueWithoutEntry),
                new Check("the arrays that are handed out belong to the caller", StorageContract::handsOutCopies),
                new Check("empty keys and values are stored", StorageContract::storesEmptyArrays),
                new Check("an entry moves again and again with removeOnce", StorageContract::movesWithRemoveOnce),
                new Check("a batch of 50 MB is applied whole", StorageContract::takesLargeBatches),
                new Check("everything is there after closing and opening", StorageContract::survivesReopening),
                new Check(
                        "the weight of a range tells much from little, in memory and in files",
                        StorageWeights::tellMuchFromLittle),
                new Check("sync is counted and may follow no write", StorageContract::countsSyncs),
                new Check(
                        "closed storages, snapshots and cursors refuse with an exception",
                        StorageContract::refusesAfterClose),
                new Check(
                        "closing while a snapshot is open is refused and does no harm",
                        StorageContract::refusesToCloseUnderSnapshots),
                new Check("random histories agree with a sorted map", StorageModel::agreesWithSortedMap));
    }

    private static void appliesInOrder(Subject subject) {
        try (Storage storage = subject.open()) {
            Batch batch = new Batch();
            batch.put(bytes("a"), bytes("1"));
            batch.put(bytes("a"), bytes("2"));
            batch.put(bytes("b"), bytes("1"));
            batch.remove(bytes("b"));
            batch.remove(bytes("absent"));
            batch.put(bytes("c"), bytes("1"));
            batch.removeOnce(bytes("c"));
            batch.put(bytes("c"), bytes("2"));
            storage.write(batch);
            storage.write(new Batch());
            try (Snapshot snapshot = storage.snapshot()) {
                expect(List.of("a=2", "c=2"), entries(snapshot, "", null, false));
                expect(null, text(snapshot.get(bytes("b"))));
                expect("2", text(snapshot.get(bytes("a"))));
            }
        }
    }

    private static void isolatesSnapshots(Subject subject) {
        try (Storage storage = subject.open()) {
            put(storage, "a", "1");
            try (Snapshot before = storage.snapshot();
                    Cursor cursor = before.scan(bytes(""), null, false)) {
                put(storage, "a", "2");
                put(storage, "b", "1");
                remove(storage, "a");
                storage.sync();
                expect("1", text(before.get(bytes("a"))));
                expect(List.of("a=1"), entries(before, "", null, false));
                expect(true, cursor.next());
                expect("1", text(cursor.value()));
                expect(false, cursor.next());
                try (Snapshot after = storage.snapshot()) {
                    expect(List.of("b=1"), entries(after, "", null, false));
                }
            }
        }
    }

    private static void isAtomicForReaders(Subject subject) {
        try (Storage storage = subject.open()) {
            Thread writer = new Thread(() -> {
                for (int round = 1; round <= 300; round++) {
                    Batch batch = new Batch();
                    for (int i = 0; i < 20; i++) {
                        batch.put(bytes("key" + i), bytes(Integer.toString(round)));
                    }
                    storage.write(batch);
                }
            });
            writer.start();
            boolean last;
            do {
                last = !writer.isAlive();
                try (Snapshot snapshot = storage.snapshot()) {
                    String first = text(snapshot.get(bytes("key0")));
                    for (int i = 1; i < 20; i++) {
                        expect(first, text(snapshot.get(bytes("key" + i))));
                    }
                    expect(last ? "300" : first, first);
                }
            } while (!last);
        }
    }

    private static void ordersUnsigned(Subject subject) {
        try (Storage storage = subject.open()) {
            byte[][] keys = {
                {}, {0}, {0, 0}, {1}, {0x7f}, {(byte) 0x80}, {(byte) 0xff}, {(byte) 0xff, 0}, {(byte) 0xff, (byte) 0xff}
            };
            Batch batch = new Batch();
            for (int i = keys.length - 1; i >= 0; i--) {
                batch.put(keys[i].clone(), new byte[] {(byte) i});
            }
            storage.write(batch);
            try (Snapshot snapshot = storage.snapshot();
                    Cursor up = snapshot.scan(new byte[0], null, false);
                    Cursor down = snapshot.scan(new byte[0], null, true)) {
                for (int i = 0; i < keys.length; i++) {
                    expect(true, up.next());
                    expect(i, (int) up.value()[0]);
                    expect(true, down.next());
                    expect(keys.length - 1 - i, (int) down.value()[0]);
                }
                expect(false, up.next());
                expect(false, up.next());
                expect(false, down.next());
                expect(false, down.next());
            }
        }
    }

    private static void keepsToTheRange(Subject subject) {
        try (Storage storage = subject.open()) {
            putAll(storage, "a", "b", "c", "d", "e");
            try (Snapshot snapshot = storage.snapshot()) {
                expect(List.of("b=b", "c=c"), entries(snapshot, "b", "d", false));
                expect(List.of("c=c", "b=b"), entries(snapshot, "b", "d", true));
                expect(List.of("e=e", "d=d"), entries(snapshot, "cc", null, true));
                expect(List.of("a=a", "b=b"), entries(snapshot, "", "bb", false));
                expect(List.of(), entries(snapshot, "c", "c", false));
                expect(List.of(), entries(snapshot, "c", "c", true));
                expect(List.of(), entries(snapshot, "d", "b", false));
                expect(List.of(), entries(snapshot, "d", "b", true));
                expect(List.of(), entries(snapshot, "f", null, false));
                expect(List.of(), entries(snapshot, "f", null, true));
            }
        }
    }

    private static void seeks(Subject subject) {
        try (Storage storage = subject.open()) {
            putAll(storage, "a", "c", "e", "g", "i");
            try (Snapshot snapshot = storage.snapshot();
                    Cursor up = snapshot.scan(bytes("c"), bytes("h"), false);
                    Cursor down = snapshot.scan(bytes("c"), bytes("h"), true)) {
                expect("e", sought(up, "e"));
                expect("e", sought(up, "d"));
                expect("c", sought(up, "a"));
                expect("g", sought(up, "g"));
                expect(null, sought(up, "h"));
                expect("c", sought(up, ""));
                expect(true, up.next());
                expect("e", text(up.key()));
                expect("e", sought(down, "e"));
                expect("c", sought(down, "d"));
                expect(null, sought(down, "b"));
                expect("g", sought(down, "z"));
                expect("g", sought(down, "h"));
                expect(true, down.next());
                expect("e", text(down.key()));
            }
        }
    }

    private static @Nullable String sought(Cursor cursor, String key) {
        cursor.seek(bytes(key));
        return cursor.next() ? text(cursor.key()) : null;
    }

    private static void refusesValueWithoutEntry(Subject subject) {
        try (Storage storage = subject.open()) {
            putAll(storage, "a");
            try (Snapshot snapshot = storage.snapshot();
                    Cursor cursor = snapshot.scan(bytes(""), null, false)) {
                expectThrown(IllegalStateException.class, cursor::key);
                expect(true, cursor.next());
                cursor.seek(bytes("a"));
                expectThrown(IllegalStateException.class, cursor::value);
                expect(true, cursor.next());
                expect(false, cursor.next());
                expectThrown(IllegalStateException.class, cursor::value);
            }
        }
    }

    private static void handsOutCopies(Subject subject) {
        try (Storage storage = subject.open()) {
            putAll(storage, "a");
            try (Snapshot snapshot = storage.snapshot();
                    Cursor cursor = snapshot.scan(bytes(""), null, false)) {
                Objects.requireNonNull(snapshot.get(bytes("a")))[0] = 'x';
                expect(true, cursor.next());
                cursor.key()[0] = 'x';
                cursor.value()[0] = 'x';
                expect(List.of("a=a"), entries(snapshot, "", null, false));
            }
        }
    }

    private static void storesEmptyArrays(Subject subject) {
        try (Storage storage = subject.open()) {
            put(storage, "", "");
            try (Snapshot snapshot = storage.snapshot()) {
                expect("", text(snapshot.get(new byte[0])));
                expect(List.of("="), entries(snapshot, "", null, true));
            }
            remove(storage, "");
            try (Snapshot snapshot = storage.snapshot()) {
                expect(null, text(snapshot.get(new byte[0])));
            }
        }
    }

    private static void movesWithRemoveOnce(Subject subject) {
        try (Storage storage = subject.open()) {
            put(storage, key(0), "entry");
            for (int i = 0; i < 5_000; i++) {
                Batch batch = new Batch();
                batch.removeOnce(bytes(key(i)));
                batch.put(bytes(key(i + 1)), bytes("entry"));
                storage.write(batch);
            }
            try (Snapshot snapshot = storage.snapshot()) {
                expect(List.of(key(5_000) + "=entry"), entries(snapshot, "", null, false));
            }
        }
        try (Storage storage = subject.open();
                Snapshot snapshot = storage.snapshot()) {
            expect(List.of(key(5_000) + "=entry"), entries(snapshot, "", null, false));
        }
    }

    private static void takesLargeBatches(Subject subject) {
        try (Storage storage = subject.open()) {
            Batch batch = new Batch();
            byte[] value = new byte[10_000];
            new Random(1).nextBytes(value);
            for (int i = 0; i < 5_000; i++) {
                batch.put(bytes(key(i)), value.clone());
            }
            batch.put(bytes("one"), new byte[1 << 20]);
            storage.write(batch);
            storage.sync();
            try (Snapshot snapshot = storage.snapshot()) {
                expect(5_001, entries(snapshot, "", null, false).size());
                expect(true, Arrays.equals(value, snapshot.get(bytes(key(4_711)))));
                expect(1 << 20, Objects.requireNonNull(snapshot.get(bytes("one"))).length);
            }
        }
    }

    private static void survivesReopening(Subject subject) {
        try (Storage storage = subject.open()) {
            putAll(storage, "a", "b");
            storage.sync();
            putAll(storage, "c");
        }
        try (Storage storage = subject.open()) {
            try (Snapshot snapshot = storage.snapshot()) {
                expect(List.of("a=a", "b=b", "c=c"), entries(snapshot, "", null, false));
            }
            remove(storage, "b");
        }
        try (Storage storage = subject.open();
                Snapshot snapshot = storage.snapshot()) {
            expect(List.of("a=a", "c=c"), entries(snapshot, "", null, false));
        }
    }

    private static void countsSyncs(Subject subject) {
        Storage storage = subject.open();
        long before = storage.syncs();
        for (int i = 1; i <= 20; i++) {
            putAll(storage, "a");
            storage.sync();
            expect(true, storage.syncs() >= before + i);
        }
        storage.sync();
        long counted = storage.syncs();
        storage.close();
        expect(true, storage.syncs() >= counted);
    }

    private static void refusesAfterClose(Subject subject) {
        Storage storage = subject.open();
        putAll(storage, "a");
        Snapshot snapshot = storage.snapshot();
        Cursor cursor = snapshot.scan(bytes(""), null, false);
        Cursor forgotten = snapshot.scan(bytes(""), null, false);
        expect(true, forgotten.next());
        expect(true, cursor.next());
        cursor.close();
        cursor.close();
        expectClosed(cursor::next);
        expectClosed(cursor::key);
        expectClosed(cursor::value);
        expectClosed(() -> cursor.seek(bytes("a")));
        snapshot.close();
        snapshot.close();
        expectClosed(() -> snapshot.get(bytes("a")));
        expectClosed(() -> snapshot.scan(bytes(""), null, false));
        expectClosed(forgotten::next);
        expectClosed(forgotten::key);
        forgotten.close();
        storage.close();
        storage.close();
        expectClosed(storage::snapshot);
        expectClosed(storage::sync);
        expectClosed(() -> putAll(storage, "a"));
    }

    private static void refusesToCloseUnderSnapshots(Subject subject) {
        Storage storage = subject.open();
        putAll(storage, "a");
        Snapshot snapshot = storage.snapshot();
        expectThrown(IllegalStateException.class, storage::close);
        expect("a", text(snapshot.get(bytes("a"))));
        putAll(storage, "b");
        snapshot.close();
        storage.close();
    }
}
