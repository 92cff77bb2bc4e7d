package io.ibid.core.store;

import static io.ibid.core.store.TestStore.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.error.Ablation;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CommitChainTest {

    @Test
    void every_commit_keeps_four_bytes_of_its_link_across_folded_blocks() {
        try (TestStore store = new TestStore(1)) {
            store.upsert("{\"_id\":\"x\",\"n\":0}");
            List<Integer> tails = new ArrayList<>(List.of(0));
            tails.add(CommitChain.tail(store.store.newest().image().head().link()));
            for (int i = 2; i <= 3 * CommitChain.BLOCK + 5; i++) {
                store.update("x", set("n", "" + i));
                tails.add(CommitChain.tail(store.store.newest().image().head().link()));
            }
            try (Published published = store.store.published()) {
                for (int i = 0; i < tails.size(); i++) {
                    assertThat(published.chainTail(i)).isEqualTo(OptionalInt.of(tails.get(i)));
                }
                assertThat(published.chainTail(tails.size())).isEmpty();
                assertThat(published.chainTail(-1)).isEmpty();
            }
            assertThat(tails).doesNotHaveDuplicates();
            assertThat(store.storage.size()).as("blocks, not entries").isLessThan(60);
        }
    }

    @Test
    void two_stores_that_part_differ_from_there_on() {
        try (TestStore store = new TestStore(1)) {
            store.upsert("{\"_id\":\"x\"}");
            try (TestStore copy = new TestStore(1, store.storage.fork(), Ablation.NONE)) {
                store.clock.nowMs += 5;
                store.upsert("{\"_id\":\"y\"}");
                copy.clock.nowMs += 9;
                copy.upsert("{\"_id\":\"y\"}");
                try (Published one = store.store.published();
                        Published two = copy.store.published()) {
                    assertThat(one.chainTail(1)).isEqualTo(two.chainTail(1));
                    assertThat(one.chainTail(2)).isNotEqualTo(two.chainTail(2));
                }
            }
        }
    }

    @Test
    void commit_numbers_may_have_gaps() {
        byte[] link = new byte[CommitChain.LINK_BYTES];
        try (var storage = new io.ibid.core.storage.MemoryStorage()) {
            long[] commits = {1, 2, 5, 1023, 1024, 1030, 2047, 2049};
            int[] tails = new int[commits.length];
            long previous = 0;
            for (int i = 0; i < commits.length; i++) {
                byte[] next = CommitChain.next(link, commits[i], 77);
                var batch = new io.ibid.core.storage.Batch();
                try (var snapshot = storage.snapshot()) {
                    CommitChain.append(batch, snapshot, previous, link, commits[i], next);
                }
                storage.write(batch);
                tails[i] = CommitChain.tail(next);
                link = next;
                previous = commits[i];
            }
            try (var snapshot = storage.snapshot()) {
                for (int i = 0; i < commits.length; i++) {
                    assertThat(CommitChain.tail(snapshot, commits[i])).hasValue(tails[i]);
                }
                for (long gap : new long[] {3, 4, 1022, 1025, 2048}) {
                    assertThat(CommitChain.tail(snapshot, gap)).isEmpty();
                }
            }
        }
    }
}
