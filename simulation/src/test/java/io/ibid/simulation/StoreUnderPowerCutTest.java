package io.ibid.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.env.Clock;
import io.ibid.core.env.Randomness;
import io.ibid.core.error.Ablation;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.Modification;
import io.ibid.core.query.Row;
import io.ibid.core.query.Rows;
import io.ibid.core.query.Target.Conflict;
import io.ibid.core.query.Typing;
import io.ibid.core.storage.Snapshot;
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
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a store finds on a disk that lost power: everything acknowledged, nothing in part, and itself intact. */
class StoreUnderPowerCutTest {

    private static final StoreId SUPPLIER = new StoreId(3, 4);

    /** One life of a store after another on one disk, with what each commit must look like. */
    private static final class Lives {
        final Random random;
        final TreeMap<Long, List<String>> contentByCommit = new TreeMap<>();
        PowerCutStorage disk;
        Store store;
        long nowMs = 1_700_000_000_000L;
        long acknowledged;

        Lives(long seed) {
            random = new Random(seed);
            disk = new PowerCutStorage(seed);
            store = open();
            contentByCommit.put(0L, List.of());
        }

        Store open() {
            byte[] key = new byte[StoreIdentity.KEY_LENGTH];
            Clock clock = new Clock() {
                @Override
                public long wallMs() {
                    return nowMs;
                }

                @Override
                public long monotonicMs() {
                    return nowMs;
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
            return Store.open(disk, new StoreIdentity("power", key), clock, randomness, Ablation.NONE);
        }

        /** A transaction over two collections, with a token; published and acknowledged only after a sync. */
        void write(boolean sync) {
            Transaction tx = store.head().transaction(WriteSettings.STANDARD);
            for (int i = random.nextInt(4); i >= 0; i--) {
                statement(tx, i % 2 == 0 ? "cars" : "dogs", DocumentId.of(Value.of(random.nextInt(6))));
            }
            tx.put(SidePut.token(SUPPLIER, new byte[] {1}));
            try (Commit commit = store.write(tx.seal())) {
                if (commit == null) {
                    return;
                }
                contentByCommit.put(commit.id(), content(commit.after()));
                if (sync) {
                    disk.sync();
                    store.publish(commit);
                    acknowledged = commit.id();
                }
            }
        }

        private void statement(Transaction tx, String collection, DocumentId id) {
            switch (random.nextInt(6)) {
                case 0 -> tx.delete(collection, id);
                case 1 -> tx.evict(collection, id);
                case 2 ->
                    tx.update(collection, id, List.of(new Modification.Increment(Path.of("n"), 1)), Typing.FLEXIBLE);
                default ->
                    tx.insert(
                            collection,
                            Value.Struct.builder()
                                    .put("_id", id.value())
                                    .put("v", Value.of(random.nextInt(1000)))
                                    .build(),
                            Typing.FLEXIBLE,
                            Conflict.UPDATE,
                            false);
            }
        }

        private static List<String> content(Published published) {
            List<String> content = new ArrayList<>();
            for (String collection : List.of("cars", "dogs")) {
                try (Rows rows = published.source(ReadSettings.SHOWN).scan(collection, Typing.FLEXIBLE)) {
                    for (Row row = rows.next(); row != null; row = rows.next()) {
                        content.add(collection + " " + row.document());
                    }
                }
            }
            return content;
        }

        /** Starts the next life and holds it to what the last one promised. */
        void restart(PowerCutStorage next) {
            store.close();
            disk = next;
            nowMs += random.nextInt(30_000) - 10_000;
            store = open();
            try (Published published = store.published()) {
                long found = published.commitId();
                assertThat(found).isGreaterThanOrEqualTo(acknowledged);
                assertThat(content(published)).isEqualTo(contentByCommit.get(found));
                Token token = published.token(SUPPLIER);
                assertThat(token == null ? 0 : token.ownCommit()).isLessThanOrEqualTo(found);
            }
            try (Snapshot snapshot = disk.snapshot()) {
                assertThat(Check.run(snapshot)).isEmpty();
            }
            contentByCommit.tailMap(store.head().commitId(), false).clear();
        }
    }

    @Test
    void nothing_acknowledged_is_lost_and_nothing_is_there_in_part() {
        for (int seed = 0; seed < 60; seed++) {
            Lives lives = new Lives(seed);
            for (int life = 0; life < 6; life++) {
                for (int i = lives.random.nextInt(12); i > 0; i--) {
                    lives.nowMs += lives.random.nextInt(5_000);
                    lives.write(lives.random.nextInt(3) == 0);
                }
                lives.restart(lives.random.nextInt(4) == 0 ? lives.disk.reopen() : lives.disk.cutPower());
            }
            lives.store.close();
        }
    }

    @ParameterizedTest
    @EnumSource(PowerCutStorage.Fault.class)
    void a_failing_disk_fails_the_commit_by_name_and_the_store_opens_again(PowerCutStorage.Fault fault) {
        for (int seed = 0; seed < 20; seed++) {
            Lives lives = new Lives(seed);
            for (int i = 0; i < 8; i++) {
                lives.write(i % 2 == 0);
            }
            lives.disk.inject(fault);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 20; i++) {
                            lives.write(true);
                        }
                    })
                    .isInstanceOf(IbidException.class)
                    .extracting(e -> ((IbidException) e).code())
                    .isEqualTo(ErrorCode.STORE_BACKEND);
            try (Published published = lives.store.published()) {
                assertThat(published.commitId()).as("readers go on").isEqualTo(lives.acknowledged);
            }
            reopenAfterUnknownOutcome(lives);
            lives.write(true);
            lives.store.close();
        }
    }

    /** The failed commit may be there or not; if it is, it is whole, which the check and the transaction's shape tell. */
    private static void reopenAfterUnknownOutcome(Lives lives) {
        lives.store.close();
        lives.disk = lives.disk.reopen();
        lives.store = lives.open();
        try (Published published = lives.store.published();
                Snapshot snapshot = lives.disk.snapshot()) {
            assertThat(published.commitId()).isGreaterThanOrEqualTo(lives.acknowledged);
            List<String> expected = lives.contentByCommit.get(published.commitId());
            if (expected != null) {
                assertThat(Lives.content(published)).isEqualTo(expected);
            }
            assertThat(Check.run(snapshot)).isEmpty();
        }
    }
}
