package io.ibid.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class OrderedTupleTest {

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    private final List<Value> pool = pool();

    private List<Value> pool() {
        List<Value> values = new ArrayList<>(List.of(
                Value.MISSING,
                Value.NULL,
                Value.TRUE,
                Value.FALSE,
                Value.of(0),
                Value.of(0.0),
                Value.of(-0.0),
                Value.of(1),
                Value.of(1.0),
                Value.of(-1),
                Value.of(-2.5),
                Value.of(Long.MIN_VALUE),
                Value.of(Long.MAX_VALUE),
                Value.of(1e300),
                Value.of(""),
                Value.of("a"),
                Value.of("ab"),
                Value.of("a\u0000b\u0001"),
                Value.of("Ωmega"),
                new Value.Binary(new byte[] {0, 1, 2, -1}),
                Json.parse("[]"),
                Json.parse("[1,[2.0,\"x\"],{\"a\":[1.5,0]}]"),
                Json.parse("{}"),
                Json.parse("{\"a\":1,\"b\":{\"c\":null}}")));
        ValueGenerator generator = new ValueGenerator(3);
        for (int i = 0; i < 200; i++) {
            values.add(generator.value());
        }
        return values;
    }

    private record Tuple(List<Value> values, boolean[] descending, byte[] key, byte[] kinds) {}

    private Tuple tuple(int size, boolean[] descending) {
        List<Value> values = new ArrayList<>();
        ByteWriter out = new ByteWriter();
        OrderedTupleWriter tuple = OrderedTupleWriter.cutting(out);
        for (int i = 0; i < size; i++) {
            Value value = pool.get(random.nextInt(pool.size()));
            values.add(value);
            tuple.append(value, descending[i]);
        }
        assertThat(tuple.isCut()).isFalse();
        return new Tuple(values, descending, out.toByteArray(), tuple.kinds());
    }

    @Test
    void tuples_sort_like_their_values_each_in_its_direction() {
        for (int i = 0; i < 20_000; i++) {
            boolean[] descending = {random.nextBoolean(), random.nextBoolean(), random.nextBoolean()};
            Tuple one = tuple(3, descending);
            Tuple other = tuple(3, descending);
            int expected = 0;
            for (int k = 0; k < 3 && expected == 0; k++) {
                int order = ValueOrder.compare(one.values.get(k), other.values.get(k));
                expected = descending[k] ? -order : order;
            }
            assertThat(Integer.signum(Arrays.compareUnsigned(one.key, other.key)))
                    .as("%s and %s", one.values, other.values)
                    .isEqualTo(Integer.signum(expected));
        }
    }

    @Test
    void tuples_give_their_values_back_and_show_where_they_end() {
        byte[] behind = {0x38, 0x61, 0x00};
        for (int i = 0; i < 5_000; i++) {
            boolean[] descending = {random.nextBoolean(), random.nextBoolean()};
            Tuple tuple = tuple(2, descending);
            byte[] key = new ByteWriter().u8(9).bytes(tuple.key).bytes(behind).toByteArray();
            int end = OrderedTuple.end(key, OrderedTuple.end(key, 1, descending[0]), descending[1]);
            assertThat(end).isEqualTo(1 + tuple.key.length);
            List<Value> read = OrderedTuple.values(key, 1, descending, tuple.kinds);
            for (int k = 0; k < 2; k++) {
                Value value = tuple.values.get(k);
                assertThat(read.get(k)).isEqualTo(value);
                assertThat(ValueOrder.canonicallyEqual(read.get(k), value) || value instanceof Value.Missing)
                        .as("%s read as %s", value, read.get(k))
                        .isTrue();
            }
        }
    }

    @Test
    void what_stands_in_a_document_has_the_same_key_as_its_value() {
        for (Value value : pool) {
            if (!(value instanceof Value.Missing)) {
                ByteWriter one = new ByteWriter();
                ByteWriter other = new ByteWriter();
                OrderedTupleWriter first = OrderedTupleWriter.cutting(one);
                OrderedTupleWriter second = OrderedTupleWriter.cutting(other);
                first.append(value, true);
                second.append(new View(BinaryForm.encode(value)), true);
                assertThat(other.toByteArray()).isEqualTo(one.toByteArray());
                assertThat(second.kinds()).isEqualTo(first.kinds());
            }
        }
    }

    @Test
    void a_long_value_is_cut_off_sorts_where_it_belongs_and_says_so() {
        String start = "x".repeat(OrderedTupleWriter.BODY_BYTES_MAX - 1);
        for (boolean descending : new boolean[] {false, true}) {
            ByteWriter out = new ByteWriter();
            OrderedTupleWriter tuple = OrderedTupleWriter.cutting(out);
            tuple.append(Value.of(start + "y"), descending);
            tuple.append(Value.of("next"), descending);
            assertThat(tuple.isCut()).isTrue();
            int end = OrderedTuple.end(out.toByteArray(), 0, descending);
            assertThat(end).isEqualTo(-OrderedTupleWriter.BODY_BYTES_MAX);
            assertThat(OrderedTuple.end(out.toByteArray(), -end, descending)).isEqualTo(out.size());
            for (Value other : List.of(Value.of(start.substring(1)), Value.of("y"), Value.of("w"), Value.of(5))) {
                ByteWriter its = new ByteWriter();
                OrderedTupleWriter.cutting(its).append(other, descending);
                int order = ValueOrder.compare(Value.of(start + "y"), other);
                assertThat(Integer.signum(Arrays.compareUnsigned(out.toByteArray(), its.toByteArray())))
                        .isEqualTo(Integer.signum(descending ? -order : order));
            }
            byte[] cut = Arrays.copyOf(out.toByteArray(), 100);
            assertThatThrownBy(() -> OrderedTuple.end(cut, 0, descending)).isInstanceOf(MalformedException.class);
        }
        ByteWriter exact = new ByteWriter();
        OrderedTupleWriter tuple = OrderedTupleWriter.cutting(exact);
        tuple.append(Value.of(start.substring(1)), false);
        assertThat(exact.size()).isEqualTo(OrderedTupleWriter.BODY_BYTES_MAX);
        assertThat(tuple.isCut()).isFalse();
        assertThat(OrderedTuple.end(exact.toByteArray(), 0, false)).isEqualTo(OrderedTupleWriter.BODY_BYTES_MAX);
    }

    @Test
    void damaged_keys_are_refused() {
        Fuzzing.total(
                5,
                generator -> {
                    ByteWriter out = new ByteWriter();
                    OrderedTupleWriter.cutting(out).append(generator.value(), false);
                    return out.toByteArray();
                },
                bytes -> OrderedTuple.end(bytes, 0, false));
    }
}
