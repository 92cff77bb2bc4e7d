package io.ibid.simulation.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.crdt.Actor;
import io.ibid.core.crdt.DeltaCodec;
import io.ibid.core.crdt.Document;
import io.ibid.core.crdt.Dot;
import io.ibid.core.crdt.Edit;
import io.ibid.core.crdt.Hint;
import io.ibid.core.crdt.InitialContent;
import io.ibid.core.crdt.SlotKey;
import io.ibid.core.crdt.VersionVector;
import io.ibid.core.error.Ablation;
import io.ibid.core.error.IbidException;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.Collections;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EditTest {

    private static Path path(String dotted) {
        return Path.of(dotted.split("\\."));
    }

    private static final Actor ACTOR = new Actor(0, 1);

    private final Document document = new Document();
    private long time = 1_000;

    private Edit edit() {
        return document.edit(new Dot(++time, ACTOR), Ablation.NONE);
    }

    private String shown() {
        return ConcurrencyTableTest.describe(Shown.of(document.reading(Ablation.NONE)));
    }

    private void insertMap(int fields) {
        Edit edit = edit();
        edit.insert(false);
        edit.set(path("x"), Value.of(1));
        for (int i = 0; i < fields; i++) {
            edit.set(Path.of("m", "f" + i), Value.of(i));
        }
        document.stamp(1);
    }

    @Test
    void an_edit_without_writes_is_no_event() {
        Edit edit = edit();
        assertThat(edit.update(false)).isFalse();
        assertThat(edit.delete(false, null)).isFalse();
        assertThat(edit.unset(path("x"), null)).isFalse();
        assertThat(edit.isEmpty()).isTrue();
        assertThat(document.isBlank()).isTrue();
    }

    @Test
    void unset_of_a_small_map_leaves_a_removal_per_field_and_of_a_big_one_none() {
        insertMap(Edit.TOMBS_MAX);
        edit().unset(path("m"), null);
        assertThat(document.slots().size()).isEqualTo(2 + Edit.TOMBS_MAX);
        assertThat(document.reap().isEmpty()).isTrue();
        insertMap(Edit.TOMBS_MAX + 1);
        edit().unset(path("m"), null);
        assertThat(document.slots().size()).isEqualTo(2);
        assertThat(document.reap().get(ACTOR)).isEqualTo(time);
        assertThat(shown()).isEqualTo("{x=1}");
    }

    @Test
    void unset_of_one_type_leaves_the_others() {
        Edit edit = edit();
        edit.insert(false);
        edit.set(path("k"), Value.of(1));
        edit.set(path("k.a"), Value.of(2));
        edit.increment(path("k"), 3);
        edit.pnIncrement(path("k"), Value.of(4));
        assertThat(shown()).isEqualTo("{k={a=2}}"); // one dot: the greatest type rank
        edit().unset(path("k"), FieldType.MAP);
        assertThat(shown()).isEqualTo("{k=3}");
        edit().unset(path("k"), FieldType.COUNTER);
        assertThat(shown()).isEqualTo("{k=4}");
        edit().unset(path("k"), FieldType.PN_COUNTER);
        assertThat(shown()).isEqualTo("{k=1}");
        edit().unset(path("k"), null);
        assertThat(shown()).isEqualTo("{}");
    }

    @Test
    void a_register_and_a_map_under_one_name_come_and_go_by_themselves() {
        Edit edit = edit();
        edit.insert(false);
        edit.set(path("obj.a"), Value.of(1));
        edit.set(path("obj.b"), Value.of(2));
        edit().set(path("obj"), Value.of(5));
        assertThat(shown()).isEqualTo("{obj=5}");
        edit().set(path("obj.w"), Value.of(1));
        assertThat(shown()).isEqualTo("{obj={a=1, b=2, w=1}}");
        Edit both = edit();
        both.unset(path("obj"), null);
        both.set(path("obj.w"), Value.of(2));
        assertThat(shown()).isEqualTo("{obj={w=2}}");
    }

    @Test
    void a_written_map_is_there_without_fields() {
        Edit edit = edit();
        edit.insert(false);
        edit.map(path("obj"));
        assertThat(shown()).isEqualTo("{obj={}}");
        edit().set(path("obj.a"), Value.of(1));
        edit().unset(path("obj.a"), null);
        assertThat(shown()).isEqualTo("{obj={}}");
        edit().unset(path("obj"), FieldType.MAP);
        assertThat(shown()).isEqualTo("{}");
    }

    @Test
    void counters_count_from_what_they_were_set_to_and_wrap_at_64_bits() {
        Edit edit = edit();
        edit.insert(false);
        edit.restart(path("n"), 10);
        edit.increment(path("n"), 5);
        assertThat(shown()).isEqualTo("{n=15}");
        edit().increment(path("n"), -20);
        assertThat(shown()).isEqualTo("{n=-5}");
        edit().restart(path("n"), Long.MAX_VALUE);
        edit().increment(path("n"), 1);
        assertThat(shown()).isEqualTo("{n=" + Long.MIN_VALUE + "}");
        assertThat(Objects.requireNonNull(document.slots().get(new SlotKey(path("n"), FieldType.COUNTER)))
                        .size())
                .isEqualTo(1);
    }

    @Test
    void a_pn_counter_is_set_by_its_difference() {
        Edit edit = edit();
        edit.insert(false);
        edit.pnIncrement(path("n"), Value.of(10));
        edit().pnSet(path("n"), Value.of(3));
        assertThat(shown()).isEqualTo("{n=3}");
        edit().pnIncrement(path("n"), Value.of(0.5));
        assertThat(Objects.requireNonNull(document.reading(Ablation.NONE).root().field("n"))
                        .shown()
                        .value())
                .isEqualTo(Value.of(3.5));
    }

    @Test
    void a_deleted_document_is_a_tombstone_with_a_hint_until_it_is_inserted_again() {
        insertMap(3);
        Hint hint = Hint.of(Value.Struct.builder().put("x", Value.of(1)).build());
        assertThat(edit().delete(false, hint)).isTrue();
        assertThat(document.isTombstone()).isTrue();
        assertThat(document.slots().isEmpty()).isTrue();
        assertThat(document.hint()).isEqualTo(hint);
        assertThat(edit().delete(false, hint)).isFalse();
        edit().insert(false);
        assertThat(document.isTombstone()).isFalse();
        assertThat(document.hint()).isNull();
        assertThat(shown()).isEqualTo("{}");
    }

    @Test
    void an_initial_document_is_not_written_where_the_id_is_known() {
        InitialContent content = new InitialContent();
        content.set(path("x"), Value.of(1));
        DocumentId id = DocumentId.of(Value.of("app"));
        assertThat(edit().initial("c", id, content)).isTrue();
        assertThat(document.vv().size()).isEqualTo(1);
        assertThat(document.vv().actor(0).isInitial()).isTrue();
        assertThat(edit().initial("c", id, content)).isFalse();
        edit().delete(false, null);
        assertThat(edit().initial("c", id, content)).isFalse();
        assertThat(document.isTombstone()).isTrue();
    }

    @Test
    void an_initial_document_can_be_edited_in_the_transaction_that_writes_it() {
        InitialContent content = new InitialContent();
        content.set(path("x"), Value.of(1));
        content.restart(path("n"), 5);
        Edit edit = edit();
        edit.initial("c", DocumentId.of(Value.of(1)), content);
        edit.increment(path("n"), 2);
        edit.set(path("x"), Value.of(3));
        document.stamp(1);
        assertThat(shown()).isEqualTo("{n=7, x=3}");
        Document other = new Document();
        other.merge(edit.delta(), 1, Ablation.NONE);
        assertThat(Same.everything(other, document)).isTrue();
    }

    @Test
    void initial_content_is_the_same_whatever_the_order_it_is_collected_in_and_differs_by_type() {
        InitialContent a = new InitialContent();
        a.set(path("x"), Value.of(1));
        a.map(path("m"));
        InitialContent b = new InitialContent();
        b.map(path("m"));
        b.set(path("x"), Value.of(1));
        assertThat(b.canonicalBytes()).isEqualTo(a.canonicalBytes());
        InitialContent c = new InitialContent();
        c.map(path("m"));
        c.restart(path("x"), 1);
        assertThat(c.canonicalBytes()).isNotEqualTo(a.canonicalBytes());
    }

    @Test
    void a_path_of_65_keys_and_the_root_are_refused() {
        Path deepest = new Path(Collections.nCopies(SlotKey.DEPTH_MAX, "k"));
        Edit edit = edit();
        edit.insert(false);
        edit.set(deepest, Value.of(1));
        assertThatThrownBy(() -> edit.set(deepest.child("k"), Value.of(1)))
                .isInstanceOf(IbidException.class)
                .hasMessageContaining("65 keys");
        assertThatThrownBy(() -> edit.map(Path.ROOT)).isInstanceOf(IbidException.class);
        assertThat(DeltaCodec.decode(DeltaCodec.encode(edit.delta()))).isEqualTo(edit.delta());
    }

    @Test
    void an_event_that_is_not_later_than_what_it_has_seen_breaks_an_invariant() {
        insertMap(1);
        assertThatThrownBy(() -> document.edit(new Dot(time, new Actor(0, 2)), Ablation.NONE))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void a_later_statement_goes_on_with_the_event_on_a_copy() {
        insertMap(2);
        VersionVector before = document.vv();
        Document base = document.copy();
        Dot dot = new Dot(++time, ACTOR);
        document.edit(dot, Ablation.NONE).set(path("x"), Value.of(2));
        Document copy = document.copy();
        Edit resumed = copy.edit(dot, before, Ablation.NONE);
        resumed.unset(path("m"), null);
        copy.stamp(2);
        base.merge(resumed.delta(), 2, Ablation.NONE);
        assertThat(Same.everything(base, copy)).isTrue();
        assertThat(shown()).isEqualTo("{m={f0=0, f1=1}, x=2}");
    }
}
