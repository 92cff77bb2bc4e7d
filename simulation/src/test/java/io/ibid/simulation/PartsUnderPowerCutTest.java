package io.ibid.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.env.Clock;
import io.ibid.core.env.Randomness;
import io.ibid.core.error.Ablation;
import io.ibid.core.query.Row;
import io.ibid.core.query.Rows;
import io.ibid.core.query.Target.Conflict;
import io.ibid.core.query.Typing;
import io.ibid.core.storage.Batch;
import io.ibid.core.storage.Snapshot;
import io.ibid.core.storage.Storage;
import io.ibid.core.store.Check;
import io.ibid.core.store.Commit;
import io.ibid.core.store.Published;
import io.ibid.core.store.ReadSettings;
import io.ibid.core.store.SidePut;
import io.ibid.core.store.Store;
import io.ibid.core.store.StoreId;
import io.ibid.core.store.StoreIdentity;
import io.ibid.core.store.Token;
import io.ibid.core.store.Transaction;
import io.ibid.core.store.WriteSettings;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The power goes at every moment of a change that is written in parts: afterwards there is all of it, or nothing. */
class PartsUnderPowerCutTest {

    private static final StoreId SUPPLIER = new StoreId(3, 4);
    private static final int DOCUMENTS = 60;
    private static final long BATCH_BYTES = 3_000;

    /** The power goes before the operation with this number; writes and syncs count, from 1. */
    private static final class FailingPower implements Storage {
        private final PowerCutStorage disk;
        private final int cutBefore;
        private int operations;

        FailingPower(PowerCutStorage disk, int cutBefore) {
            this.disk = disk;
            this.cutBefore = cutBefore;
        }

        private void count() {
            if (++operations == cutBefore) {
                throw new PowerCut();
            }
        }

        @Override
        public Snapshot snapshot() {
            return disk.snapshot();
        }

        @Override
        public void write(Batch batch) {
            count();
            disk.write(batch);
        }

        @Override
        public void sync() {
            count();
            disk.sync();
        }

        @Override
        public long syncs() {
            return disk.syncs();
        }

        @Override
        public void close() {}
    }

    private static final class PowerCut extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static Store open(Storage storage, long seed) {
        Random random = new Random(seed);
        Clock clock = new Clock() {
            @Override
            public long wallMs() {
                return 1_700_000_000_000L;
            }

            @Override
            public long monotonicMs() {
                return 0;
            }
        };
        Randomness randomness = new Randomness() {
            @Override
            public void fill(byte[] bytes) {
                random.nextBytes(bytes);
            }

            @Override
            public long below(long bound) {
                return random.nextLong(bound);
            }
        };
        Store store = Store.open(
                storage,
                new StoreIdentity("power", new byte[StoreIdentity.KEY_LENGTH]),
                clock,
                randomness,
                Ablation.NONE);
        store.limitBatches(BATCH_BYTES);
        return store;
    }

    private static PowerCutStorage filled(long seed) {
        PowerCutStorage disk = new PowerCutStorage(seed);
        try (Store store = open(disk, seed)) {
            Transaction transaction = store.head().transaction(WriteSettings.STANDARD);
            for (int i = 0; i < DOCUMENTS; i++) {
                insert(transaction, i);
            }
            write(store, transaction);
            disk.sync();
        }
        return disk;
    }

    private static void insert(Transaction transaction, int number) {
        Value.Struct document = Value.Struct.builder()
                .put("_id", Value.of(number))
                .put("text", Value.of("x".repeat(number)))
                .build();
        transaction.insert("cars", document, Typing.FLEXIBLE, Conflict.FAIL, false);
    }

    private static void write(Store store, Transaction transaction) {
        try (Commit commit = store.write(transaction.seal())) {
            assertThat(commit).isNotNull();
            store.publish(commit);
        }
    }

    /** Deletes every second document, evicts every fifth, adds as many, and moves a resume token. */
    private static void change(Store store) {
        Transaction transaction = store.head().transaction(WriteSettings.STANDARD);
        for (int i = 0; i < DOCUMENTS; i++) {
            if (i % 2 == 0) {
                transaction.delete("cars", DocumentId.of(Value.of(i)));
            } else if (i % 5 == 0) {
                transaction.evict("cars", DocumentId.of(Value.of(i)));
            }
            insert(transaction, DOCUMENTS + i);
        }
        transaction.put(SidePut.token(SUPPLIER, new byte[] {1}));
        write(store, transaction);
    }

    private static List<String> content(Published published) {
        List<String> content = new ArrayList<>();
        try (Rows rows = published.source(ReadSettings.SHOWN).scan("cars", Typing.FLEXIBLE)) {
            for (Row row = rows.next(); row != null; row = rows.next()) {
                content.add(row.document().toString());
            }
        }
        return content;
    }

    private static List<String> contentAfter(long seed) {
        PowerCutStorage disk = filled(seed);
        try (Store store = open(disk, seed)) {
            change(store);
            try (Published published = store.published()) {
                return content(published);
            }
        }
    }

    @Test
    void after_a_power_cut_at_any_batch_there_is_the_whole_change_or_nothing_of_it() {
        int whole = 0;
        int nothing = 0;
        for (int seed = 0; seed < 8; seed++) {
            List<String> after = contentAfter(seed);
            boolean done = false;
            for (int cutBefore = 2; !done; cutBefore++) {
                PowerCutStorage disk = filled(seed);
                FailingPower power = new FailingPower(disk, cutBefore);
                Store store = open(power, seed);
                try {
                    change(store);
                    done = true;
                } catch (PowerCut cut) {
                    store.close();
                    boolean found = held(disk.cutPower(), seed, after);
                    whole += found ? 1 : 0;
                    nothing += found ? 0 : 1;
                }
            }
        }
        assertThat(whole).isGreaterThan(20);
        assertThat(nothing).isGreaterThan(20);
    }

    /** Whether the change is there; opening loses power as well, several times. */
    private static boolean held(PowerCutStorage first, long seed, List<String> after) {
        PowerCutStorage disk = first;
        for (int cutBefore = 1; cutBefore < 4; cutBefore++) {
            try {
                open(new FailingPower(disk, cutBefore), seed).close();
            } catch (PowerCut cut) {
                assertThat(cut).isNotNull();
            }
            disk = disk.cutPower();
        }
        try (Store store = open(disk, seed);
                Published published = store.published()) {
            boolean isThere = published.commitId() == 2;
            if (isThere) {
                assertThat(content(published)).isEqualTo(after);
            } else {
                assertThat(published.commitId()).isEqualTo(1);
                assertThat(content(published)).hasSize(DOCUMENTS);
            }
            Token token = published.token(SUPPLIER);
            assertThat(token != null).isEqualTo(isThere);
            try (Snapshot snapshot = disk.snapshot()) {
                assertThat(Check.run(snapshot)).isEmpty();
            }
            return isThere;
        }
    }
}
