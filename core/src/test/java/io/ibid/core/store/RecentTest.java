package io.ibid.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.storage.Batch;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Value;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RecentTest {

    @Test
    void the_last_writes_are_known_and_newer_ones_count() {
        Recent recent =
                Recent.NONE.after(written("a", "1")).after(written("b", "2")).after(written("a", "3"));

        assertThat(recent.get(key("a"))).isEqualTo(bytes("3"));
        assertThat(recent.get(key("b"))).isEqualTo(bytes("2"));
        assertThat(recent.get(key("c"))).isNull();
    }

    @Test
    void what_was_removed_is_for_the_storage_to_answer() {
        Batch removal = new Batch();
        removal.remove(key("a"));

        Recent recent =
                Recent.NONE.after(written("a", "1")).after(written("b", "2")).after(removal);

        assertThat(recent.get(key("a"))).isNull();
        assertThat(recent.get(key("b"))).isEqualTo(bytes("2"));
    }

    @Test
    void the_last_operation_of_a_batch_counts() {
        Batch batch = written("a", "1");
        batch.remove(key("a"));
        batch.put(key("b"), bytes("1"));
        batch.put(key("b"), bytes("2"));

        Recent recent = Recent.NONE.after(batch);

        assertThat(recent.get(key("a"))).isNull();
        assertThat(recent.get(key("b"))).isEqualTo(bytes("2"));
    }

    @Test
    void a_large_batch_makes_it_forget_all_since_its_writes_are_not_looked_at() {
        Batch large = new Batch();
        for (int i = 0; i < 1_000; i++) {
            large.put(key("a"), bytes("new" + i));
        }

        assertThat(Recent.NONE.after(written("a", "old")).after(large).get(key("a")))
                .isNull();
    }

    @Test
    void it_keeps_a_bounded_number_of_short_records() {
        Recent recent = Recent.NONE.after(written("long", "x".repeat(1 << 20)));
        assertThat(recent.get(key("long"))).isNull();

        for (int i = 0; i < 100; i++) {
            recent = recent.after(written("d" + i, "v"));
        }
        assertThat(recent.get(key("d99"))).isEqualTo(bytes("v"));
        assertThat(recent.get(key("d0"))).isNull();
    }

    private static Batch written(String id, String value) {
        Batch batch = new Batch();
        batch.put(key(id), bytes(value));
        batch.put(Keys.meta(Keys.HEAD), bytes("head"));
        return batch;
    }

    private static byte[] key(String id) {
        return Keys.document(1, DocumentId.of(Value.of(id)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
