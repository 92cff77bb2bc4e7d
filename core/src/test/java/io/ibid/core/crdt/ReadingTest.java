package io.ibid.core.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.error.Ablation;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ReadingTest {

    private static Path path(String dotted) {
        return Path.of(dotted.split("\\."));
    }

    private static final Actor A = new Actor(0, 1);
    private static final Actor B = new Actor(0, 2);
    private static final Actor C = new Actor(0, 3);

    private final Document document = new Document();

    /** What somebody wrote without having seen any of the rest. */
    private void concurrently(long time, Actor actor, Consumer<Edit> writes) {
        Document alone = new Document();
        Edit edit = alone.edit(new Dot(time, actor), Ablation.NONE);
        writes.accept(edit);
        document.merge(alone.extract(Known.NOTHING), time, Ablation.NONE);
    }

    private Reading reading() {
        return document.reading(Ablation.NONE);
    }

    private Field field(String path) {
        return Objects.requireNonNull(reading().field(path(path)));
    }

    private Node shown(String path) {
        return field(path).shown();
    }

    private static Value.Struct struct(String name, Value value) {
        return Value.Struct.builder().put(name, value).build();
    }

    @Test
    void concurrent_values_are_siblings_until_somebody_who_has_seen_them_writes() {
        concurrently(5, A, edit -> edit.set(path("x"), Value.of("a")));
        concurrently(7, B, edit -> edit.set(path("x"), Value.of("b")));
        concurrently(6, C, edit -> edit.attachment(path("x"), struct("len", Value.of(1))));
        assertThat(document.siblings(path("x"), Ablation.NONE))
                .containsExactly(
                        new Sibling(FieldType.REGISTER, Value.of("b"), new Dot(7, B)),
                        new Sibling(FieldType.ATTACHMENT, struct("len", Value.of(1)), new Dot(6, C)),
                        new Sibling(FieldType.REGISTER, Value.of("a"), new Dot(5, A)));
        document.edit(new Dot(8, A), Ablation.NONE).set(path("x"), Value.of("c"));
        assertThat(document.siblings(path("x"), Ablation.NONE))
                .extracting(Sibling::value)
                .containsExactly(Value.of("c"), struct("len", Value.of(1)));
        assertThat(document.siblings(path("absent"), Ablation.NONE)).isEmpty();
    }

    @Test
    void a_counter_and_a_map_are_one_sibling_each() {
        concurrently(5, A, edit -> edit.increment(path("x"), 2));
        concurrently(7, B, edit -> edit.increment(path("x"), 3));
        concurrently(6, C, edit -> edit.set(path("x.y"), Value.of(1)));
        assertThat(document.siblings(path("x"), Ablation.NONE))
                .containsExactly(
                        new Sibling(FieldType.COUNTER, Value.of(5), new Dot(7, B)),
                        new Sibling(FieldType.MAP, struct("y", Value.of(1)), new Dot(6, C)));
    }

    @Test
    void of_several_types_the_last_written_is_shown_and_the_others_stay_behind_it() {
        concurrently(5, A, edit -> edit.set(path("x"), Value.of(1)));
        concurrently(6, B, edit -> edit.set(path("x.y.z"), Value.of(2)));
        Field field = field("x");
        assertThat(field.shown().type()).isEqualTo(FieldType.MAP);
        assertThat(field.shown().dot()).isEqualTo(new Dot(6, B));
        assertThat(Objects.requireNonNull(field.variant(FieldType.REGISTER)).value())
                .isEqualTo(Value.of(1));
        assertThat(field.variant(FieldType.COUNTER)).isNull();
        concurrently(7, C, edit -> edit.set(path("x"), Value.of(3)));
        assertThat(shown("x").value()).isEqualTo(Value.of(3));
        assertThat(shown("x.y.z").value()).isEqualTo(Value.of(2));
        assertThat(reading().field(path("x.q"))).isNull();
        assertThat(reading().field(path("q.x"))).isNull();
        assertThat(reading().field(Path.ROOT)).isNull();
    }

    @Test
    void the_latest_of_a_map_counts_wherever_in_it_it_is_and_whatever_hides_it() {
        concurrently(5, A, edit -> edit.set(path("x.a.deep"), Value.of(1)));
        concurrently(9, B, edit -> edit.set(path("x.b"), Value.of(1)));
        concurrently(7, C, edit -> edit.set(path("x"), Value.of(1)));
        assertThat(shown("x").type()).isEqualTo(FieldType.MAP);
        assertThat(reading().root().dot()).isEqualTo(new Dot(9, B));
    }

    @Test
    void a_field_that_survived_a_delete_makes_a_husk_that_can_be_hidden() {
        concurrently(5, A, edit -> edit.set(path("x"), Value.of(1)));
        assertThat(reading().exists()).isFalse();
        assertThat(reading().visible(false)).isTrue();
        assertThat(reading().visible(true)).isFalse();
        assertThat(document.isTombstone()).isFalse();
        concurrently(6, B, edit -> edit.insert(false));
        assertThat(reading().visible(true)).isTrue();
    }

    @Test
    void integer_shares_of_a_pn_counter_add_up_exactly_and_beyond_64_bits_become_a_float() {
        concurrently(5, A, edit -> edit.pnIncrement(path("p"), Value.of(Long.MAX_VALUE)));
        concurrently(6, B, edit -> edit.pnIncrement(path("p"), Value.of(Long.MAX_VALUE)));
        assertThat(shown("p").value()).isEqualTo(Value.of(0x1p64));
        concurrently(7, C, edit -> edit.pnIncrement(path("p"), Value.of(-Long.MAX_VALUE)));
        assertThat(shown("p").value()).isEqualTo(Value.of(Long.MAX_VALUE));
    }

    @Test
    void float_shares_of_a_pn_counter_add_up_in_the_order_of_their_actors_and_never_become_infinite() {
        concurrently(9, A, edit -> edit.pnIncrement(path("p"), Value.of(1e16)));
        concurrently(8, B, edit -> edit.pnIncrement(path("p"), Value.of(1.0)));
        concurrently(7, C, edit -> edit.pnIncrement(path("p"), Value.of(-1e16)));
        assertThat(shown("p").value()).isEqualTo(Value.of(1e16 + 1.0 - 1e16));
        concurrently(6, new Actor(0, 4), edit -> edit.pnIncrement(path("p"), Value.of(Double.MAX_VALUE)));
        concurrently(6, new Actor(0, 5), edit -> edit.pnIncrement(path("p"), Value.of(Double.MAX_VALUE)));
        assertThat(shown("p").value()).isEqualTo(Value.of(Double.MAX_VALUE));
    }

    @Test
    void a_hint_holds_the_scalars_that_fit_and_joins_by_the_greater_bytes() {
        Value.Struct candidates = Value.Struct.builder()
                .put("a", Value.of("x".repeat(60)))
                .put("b", Value.of(1))
                .put("c", Value.Array.EMPTY)
                .put("d", Value.TRUE)
                .build();
        Hint hint = Objects.requireNonNull(Hint.of(candidates));
        assertThat(hint.fields().get("a")).isEqualTo(Value.MISSING);
        assertThat(hint.fields().size()).isEqualTo(2);
        Hint other = Hint.of(Value.Struct.builder()
                .put("b", Value.of(2))
                .put("e", Value.NULL)
                .build());
        Hint joined = Objects.requireNonNull(Hint.join(hint, other));
        assertThat(joined).isEqualTo(Hint.join(other, hint));
        assertThat(joined.fields().get("b")).isEqualTo(Value.of(2));
        assertThat(joined.fields().size()).isEqualTo(3);
        assertThat(Hint.join(null, hint)).isEqualTo(hint);
        assertThat(Hint.of(Value.Struct.EMPTY)).isNull();
    }

    @Test
    void old_removals_are_forgotten_and_beyond_a_number_the_oldest() {
        long hour = 3_600_000;
        Edit edit = document.edit(new Dot(1, A), Ablation.NONE);
        edit.insert(false);
        for (int i = 0; i < 10; i++) {
            edit.set(Path.of("f" + i), Value.of(i));
        }
        document.stamp(1);
        for (int i = 0; i < 8; i++) {
            document.edit(new Dot(HybridClock.at((i + 1) * hour), A), Ablation.NONE)
                    .unset(Path.of("f" + i), null);
            document.stamp(2 + i);
        }
        assertThat(document.reapTombs(3 * hour, 100, Ablation.NONE)).isEqualTo(2);
        assertThat(document.reap().get(A)).isEqualTo(HybridClock.at(2 * hour));
        assertThat(document.reapCommit()).isEqualTo(3);
        assertThat(document.reapTombs(3 * hour, 4, Ablation.NONE)).isEqualTo(2);
        assertThat(document.reapCommit()).isEqualTo(5);
        assertThat(document.reapTombs(3 * hour, 4, Ablation.NONE)).isZero();
        assertThat(document.arrivals().size()).isEqualTo(5);
        assertThat(document.extract(new Known.ByCommit(4)).complete()).isTrue();
        assertThat(document.extract(new Known.ByCommit(5)).complete()).isFalse();
        assertThat(List.of(document.slots().size(), reading().root().size())).containsExactly(7, 2);
    }
}
