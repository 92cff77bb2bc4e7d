package io.ibid.core.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.error.Ablation;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Value;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ActorTest {

    private static final DocumentId ID = DocumentId.of(Value.of("x"));

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void every_device_store_and_epoch_has_its_own_actor() {
        Actor actor = Actor.derive(ascii("key"), new byte[16], 0);
        assertThat(Actor.derive(ascii("key"), new byte[16], 0)).isEqualTo(actor);
        assertThat(Actor.derive(ascii("key"), new byte[16], 1)).isNotEqualTo(actor);
        assertThat(Actor.derive(ascii("kez"), new byte[16], 0)).isNotEqualTo(actor);
        byte[] otherStore = new byte[16];
        otherStore[15] = 1;
        assertThat(Actor.derive(ascii("key"), otherStore, 0)).isNotEqualTo(actor);
        assertThat(actor.isInitial()).isFalse();
        assertThat(Actor.of(actor.bytes())).isEqualTo(actor).hasSameHashCodeAs(actor);
        assertThat(actor.toString()).hasSize(32);
    }

    @Test
    void an_initial_actor_is_a_function_of_collection_id_and_content() {
        Actor actor = Actor.initial("cars", ID, ascii("content"));
        assertThat(actor.isInitial()).isTrue();
        assertThat(Actor.initial("cars", ID, ascii("content"))).isEqualTo(actor);
        assertThat(Actor.initial("cart", ID, ascii("content"))).isNotEqualTo(actor);
        assertThat(Actor.initial("cars", DocumentId.of(Value.of("y")), ascii("content")))
                .isNotEqualTo(actor);
        assertThat(Actor.initial("cars", ID, ascii("kontent"))).isNotEqualTo(actor);
    }

    @Test
    void an_actor_that_may_have_forgotten_events_of_its_own_must_not_go_on() {
        Actor actor = new Actor(0, 1);
        Document document = new Document();
        document.edit(new Dot(10, actor), Ablation.NONE).insert(false);
        long stub = Authorship.stub(document, actor);
        assertThat(stub).isEqualTo(10);
        assertThat(Authorship.needsNewEpoch(new Document(), actor, stub, Ablation.NONE))
                .isTrue();
        assertThat(Authorship.needsNewEpoch(new Document(), actor, 0, Ablation.NONE))
                .isFalse();
        assertThat(Authorship.needsNewEpoch(document, actor, stub, Ablation.NONE))
                .isFalse();
        assertThat(Authorship.isObsolete(document, actor, stub)).isTrue();
        assertThat(Authorship.stub(document, new Actor(0, 2))).isZero();
    }
}
