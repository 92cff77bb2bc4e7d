package io.ibid.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.storage.Batch;
import io.ibid.core.storage.Snapshot;
import org.junit.jupiter.api.Test;

/** Which documents refer to which content, as documents come, change and go. */
class ReferencesTest {
    private static final AttachmentId CAT = AttachmentId.ofContent(new byte[32], 1);
    private static final AttachmentId DOG = AttachmentId.ofContent(new byte[32], 2);

    private final TestStore store = new TestStore(1);

    private static String token(AttachmentId id) {
        return "{\"id\":\"" + id + "\",\"len\":1,\"metadata\":{}}";
    }

    private boolean isReferenced(AttachmentId id) {
        return store.store.head().isReferenced(id);
    }

    @Test
    void a_token_counts_wherever_it_stands_in_the_document() {
        store.upsert("{\"_id\":\"a\",\"image\":" + token(CAT) + ",\"deep\":{\"er\":{\"image\":" + token(DOG) + "}}}");
        assertThat(isReferenced(CAT)).isTrue();
        assertThat(isReferenced(DOG)).isTrue();
        try (Published now = store.store.published()) {
            assertThat(now.references(DOG, 10)).hasSize(1);
            assertThat(now.refersTo(now.references(DOG, 10).getFirst(), CAT)).isTrue();
        }
    }

    @Test
    void another_token_a_delete_and_an_eviction_let_go() {
        store.upsert("{\"_id\":\"a\",\"image\":" + token(CAT) + "}");
        store.upsert("{\"_id\":\"b\",\"image\":" + token(CAT) + "}");
        store.upsert("{\"_id\":\"a\",\"image\":" + token(DOG) + "}");
        assertThat(isReferenced(CAT)).isTrue();
        store.delete("b");
        assertThat(isReferenced(CAT)).isFalse();
        assertThat(isReferenced(DOG)).isTrue();
        store.evict("a");
        assertThat(isReferenced(DOG)).isFalse();
    }

    @Test
    void a_token_that_is_written_again_or_twice_counts_once() {
        store.upsert("{\"_id\":\"a\",\"one\":" + token(CAT) + ",\"two\":" + token(CAT) + "}");
        store.upsert("{\"_id\":\"a\",\"one\":" + token(DOG) + "}");
        assertThat(isReferenced(CAT)).isTrue();
        store.delete("a");
        assertThat(isReferenced(CAT)).isFalse();
    }

    @Test
    void the_check_names_what_is_noted_and_not_there_and_what_is_there_and_not_noted() {
        store.upsert("{\"_id\":\"a\",\"image\":" + token(CAT) + "}");
        byte[] noted = null;
        try (Snapshot snapshot = store.storage.snapshot();
                var cursor = snapshot.scan(
                        Keys.attachments(Keys.REFERENCE), Keys.after(Keys.attachments(Keys.REFERENCE)), false)) {
            assertThat(cursor.next()).isTrue();
            noted = cursor.key();
            assertThat(Check.run(snapshot)).isEmpty();
        }
        byte[] wrong = noted.clone();
        System.arraycopy(DOG.bytes(), 0, wrong, 2, AttachmentId.LENGTH);
        Batch batch = new Batch();
        batch.remove(noted);
        batch.put(wrong, new byte[0]);
        batch.put(Keys.leaves(CAT, 0), new byte[] {0});
        store.storage.write(batch);
        try (Snapshot snapshot = store.storage.snapshot()) {
            assertThat(Check.run(snapshot))
                    .extracting(Finding::problem)
                    .anySatisfy(problem -> assertThat(problem).contains("has no token of " + DOG))
                    .anySatisfy(problem -> assertThat(problem).contains("its token of " + CAT + " is not noted"))
                    .anySatisfy(problem -> assertThat(problem).contains("nothing else is known of the content " + CAT))
                    .hasSize(3);
        }
    }
}
