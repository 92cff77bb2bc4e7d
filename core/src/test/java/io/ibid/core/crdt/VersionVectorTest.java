package io.ibid.core.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.value.ByteReader;
import io.ibid.core.value.ByteWriter;
import io.ibid.core.value.MalformedException;
import java.util.Arrays;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VersionVectorTest {

    private static final Actor A = new Actor(1, 0);
    private static final Actor B = new Actor(-1, 0);

    @Test
    void an_entry_covers_all_events_of_its_actor_up_to_then() {
        VersionVector vv = VersionVector.of(A, 5);
        assertThat(vv.covers(new Dot(5, A))).isTrue();
        assertThat(vv.covers(new Dot(4, A))).isTrue();
        assertThat(vv.covers(new Dot(6, A))).isFalse();
        assertThat(vv.covers(new Dot(1, B))).isFalse();
        assertThat(vv.get(B)).isZero();
    }

    @Test
    void times_and_actors_are_unsigned() {
        VersionVector vv = VersionVector.of(B, -1).with(new Dot(3, A));
        assertThat(vv.actor(0)).isEqualTo(A);
        assertThat(vv.covers(new Dot(Long.MAX_VALUE, B))).isTrue();
        assertThat(VersionVector.of(B, 5).isAtMost(vv)).isTrue();
        assertThat(vv.isAtMost(VersionVector.of(B, 5))).isFalse();
        assertThat(vv.maxHlc()).isEqualTo(-1);
        assertThat(new Dot(-1, A).compareTo(new Dot(1, B))).isPositive();
        assertThat(new Dot(1, A).compareTo(new Dot(1, B))).isNegative();
    }

    @Test
    void join_is_the_greatest_of_each_entry() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            VersionVector a = random(random);
            VersionVector b = random(random);
            VersionVector join = a.join(b);
            assertThat(join).isEqualTo(b.join(a)).isEqualTo(reference(a, b)).hasSameHashCodeAs(b.join(a));
            assertThat(a.isAtMost(join) && b.isAtMost(join)).isTrue();
            assertThat(a.isAtMost(b)).isEqualTo(join.equals(b));
        }
    }

    private static VersionVector random(Random random) {
        VersionVector vv = VersionVector.EMPTY;
        for (int i = random.nextInt(5); i > 0; i--) {
            vv = vv.with(new Dot(1 + random.nextInt(3), new Actor(random.nextInt(2) - 1, random.nextInt(3))));
        }
        return vv;
    }

    private static VersionVector reference(VersionVector a, VersionVector b) {
        SortedMap<Actor, Long> joined = new TreeMap<>();
        for (VersionVector vv : new VersionVector[] {a, b}) {
            for (int i = 0; i < vv.size(); i++) {
                joined.merge(vv.actor(i), vv.hlc(i), Math::max);
            }
        }
        return VersionVector.ofSorted(
                joined.keySet().toArray(new Actor[0]),
                joined.values().stream().mapToLong(hlc -> hlc).toArray());
    }

    @Test
    void a_vector_survives_its_encoding_and_nothing_else_is_read() {
        VersionVector vv = VersionVector.of(A, -1).with(new Dot(300, B));
        ByteWriter out = new ByteWriter();
        vv.write(out);
        byte[] bytes = out.toByteArray();
        assertThat(VersionVector.read(new ByteReader(bytes))).isEqualTo(vv);
        Arrays.fill(bytes, 1, 9, (byte) 0xff); // the first actor is now the second one
        assertThatThrownBy(() -> VersionVector.read(new ByteReader(bytes))).isInstanceOf(MalformedException.class);
    }

    @Test
    void entries_out_of_order_twice_or_without_a_time_are_refused() {
        assertThatThrownBy(() -> VersionVector.ofSorted(new Actor[] {B, A}, new long[] {1, 1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> VersionVector.ofSorted(new Actor[] {A, A}, new long[] {1, 2}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> VersionVector.ofSorted(new Actor[] {A}, new long[] {0}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> VersionVector.ofSorted(new Actor[] {A}, new long[] {1, 2}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> VersionVector.of(A, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
