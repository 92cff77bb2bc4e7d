package io.ibid.core.store;

import static io.ibid.core.store.TestStore.set;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StoreTest {

    @Test
    void a_document_is_there_after_its_commit() {
        try (TestStore store = new TestStore(1)) {
            assertThat(store.upsert("{\"_id\":\"a\",\"color\":\"blue\",\"size\":{\"w\":1,\"h\":2.5}}"))
                    .isEqualTo(1);
            assertThat(store.read("a")).isEqualTo("{\"_id\":\"a\",\"color\":\"blue\",\"size\":{\"h\":2.5,\"w\":1}}");
            assertThat(store.update("a", set("size.w", "7"))).isEqualTo(2);
            assertThat(store.read("a")).isEqualTo("{\"_id\":\"a\",\"color\":\"blue\",\"size\":{\"h\":2.5,\"w\":7}}");
            assertThat(store.delete("a")).isEqualTo(3);
            assertThat(store.read("a")).isNull();
            assertThat(store.changes(0)).hasSize(1);
        }
    }
}
