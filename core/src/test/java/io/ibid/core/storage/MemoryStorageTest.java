package io.ibid.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class MemoryStorageTest {

    @Test
    void a_key_that_was_put_twice_may_not_be_removed_once() {
        MemoryStorage storage = new MemoryStorage();
        put(storage, "a", "1");
        put(storage, "a", "2");
        assertThatThrownBy(() -> removeOnce(storage, "a"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("more than once");
    }

    @Test
    void an_absent_key_may_not_be_removed_once() {
        assertThatThrownBy(() -> removeOnce(new MemoryStorage(), "a"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("absent");
    }

    @Test
    void a_key_may_be_put_and_removed_once_again_and_again() {
        MemoryStorage storage = new MemoryStorage();
        for (int i = 0; i < 3; i++) {
            put(storage, "a", "1");
            removeOnce(storage, "a");
        }
        assertThat(storage.size()).isZero();
    }

    @Test
    void a_batch_that_breaks_the_promise_leaves_no_trace() {
        MemoryStorage storage = new MemoryStorage();
        Batch batch = new Batch();
        batch.put(bytes("a"), bytes("1"));
        batch.removeOnce(bytes("b"));
        assertThatThrownBy(() -> storage.write(batch)).isInstanceOf(AssertionError.class);
        assertThat(storage.size()).isZero();
    }

    @Test
    void a_fork_goes_its_own_way() {
        MemoryStorage storage = new MemoryStorage();
        put(storage, "a", "1");
        MemoryStorage fork = storage.fork();
        put(storage, "b", "1");
        put(fork, "c", "1");
        put(fork, "d", "1");
        assertThat(storage.size()).isEqualTo(2);
        assertThat(fork.size()).isEqualTo(3);
    }

    private static void put(Storage storage, String key, String value) {
        Batch batch = new Batch();
        batch.put(bytes(key), bytes(value));
        storage.write(batch);
    }

    private static void removeOnce(Storage storage, String key) {
        Batch batch = new Batch();
        batch.removeOnce(bytes(key));
        storage.write(batch);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
