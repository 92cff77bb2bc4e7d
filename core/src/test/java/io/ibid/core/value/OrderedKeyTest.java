package io.ibid.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderedKeyTest {

    private static byte[] body(Value value) {
        ByteWriter out = new ByteWriter();
        OrderedKey.appendBody(out, value);
        return out.toByteArray();
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    @Test
    void bytes_sort_as_values_do() {
        ValueGenerator generator = new ValueGenerator(31);
        for (int round = 0; round < 100_000; round++) {
            Value a = generator.anyValue();
            Value b = round % 3 == 0 ? related(a, generator) : generator.anyValue();
            int order = Integer.signum(ValueOrder.compare(a, b));
            assertThat(Integer.signum(Arrays.compareUnsigned(body(a), body(b))))
                    .as("%s against %s", a, b)
                    .isEqualTo(order);
            byte[] keyA = OrderedKey.encode(a);
            byte[] keyB = OrderedKey.encode(b);
            int keyOrder = Integer.signum(Arrays.compareUnsigned(keyA, keyB));
            assertThat(keyOrder == 0).isEqualTo(a.equals(b));
            assertThat(order == 0 || keyOrder == order).isTrue();
            if (order != 0) {
                assertThat(startsWith(body(a), body(b)))
                        .as("body of %s before %s", b, a)
                        .isFalse();
            }
            if (keyOrder != 0) {
                assertThat(startsWith(keyA, keyB))
                        .as("key of %s before %s", b, a)
                        .isFalse();
            }
            assertThat(startsWith(keyA, body(a))).isTrue();
        }
    }

    private static Value related(Value value, ValueGenerator generator) {
        return switch (value) {
            case Value.Int number -> Value.of((double) number.value());
            case Value.Float number -> Value.of((long) number.value());
            case Value.Text text -> Value.of(text.value() + generator.text());
            case Value.Array array -> {
                List<Value> elements = new ArrayList<>();
                array.elements()
                        .forEach(element -> elements.add(
                                generator.random().nextInt(4) == 0 ? related(element, generator) : element));
                yield new Value.Array(elements.stream()
                        .filter(element -> !(element instanceof Value.Missing))
                        .toList());
            }
            default -> generator.anyValue();
        };
    }

    @Test
    void neighbouring_numbers_sort_exactly() {
        ValueGenerator generator = new ValueGenerator(32);
        for (int round = 0; round < 100_000; round++) {
            long integer = generator.integer();
            double number = Math.nextAfter((double) integer, (round % 3 - 1) * 1e300);
            Value a = Value.of(integer);
            Value b = round % 2 == 0 ? Value.of(number) : Value.of(integer + round % 5 - 2);
            assertThat(Integer.signum(Arrays.compareUnsigned(body(a), body(b))))
                    .as("%s against %s", a, b)
                    .isEqualTo(Integer.signum(ValueOrder.compare(a, b)));
        }
    }

    @Test
    void every_value_comes_back() {
        ValueGenerator generator = new ValueGenerator(33);
        for (int round = 0; round < 50_000; round++) {
            Value value = generator.anyValue();
            ByteWriter out = new ByteWriter();
            OrderedKey.append(out, value);
            int length = out.size();
            out.fixed64(generator.random().nextLong());
            ByteReader in = new ByteReader(out.toByteArray());
            assertThat(OrderedKey.read(in)).isEqualTo(value);
            assertThat(in.position()).isEqualTo(length);
        }
    }

    @Test
    void the_kinds_of_many_numbers_come_back() {
        ValueGenerator generator = new ValueGenerator(34);
        for (int size = 0; size < 200; size++) {
            List<Value> elements = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                elements.add(
                        generator.random().nextBoolean()
                                ? Value.of(generator.random().nextInt(2))
                                : Value.of(-0.0 * (i % 2) + i % 3));
            }
            Value value = new Value.Array(elements);
            assertThat(OrderedKey.read(new ByteReader(OrderedKey.encode(value))))
                    .isEqualTo(value);
        }
    }

    @Test
    void tuples_sort_by_the_first_value_that_differs_in_order() {
        ValueGenerator generator = new ValueGenerator(35);
        for (int round = 0; round < 30_000; round++) {
            List<Value> a = List.of(generator.anyValue(), generator.anyValue());
            List<Value> b = List.of(round % 2 == 0 ? related(a.get(0), generator) : a.get(0), generator.anyValue());
            int first = Integer.signum(ValueOrder.compare(a.get(0), b.get(0)));
            int order = first != 0 ? first : Integer.signum(ValueOrder.compare(a.get(1), b.get(1)));
            byte[] keyA = tuple(a);
            byte[] keyB = tuple(b);
            assertThat(order == 0 || Integer.signum(Arrays.compareUnsigned(keyA, keyB)) == order)
                    .isTrue();
            assertThat(OrderedKey.readTuple(new ByteReader(keyA), 2)).isEqualTo(a);
        }
    }

    private static byte[] tuple(List<Value> values) {
        ByteWriter out = new ByteWriter();
        OrderedKey.appendTuple(out, values);
        return out.toByteArray();
    }

    @Test
    void the_bytes_are_as_documented() {
        assertThat(HexFormat.of().formatHex(OrderedKey.encode(Value.of("ab")))).isEqualTo("38616200");
        assertThat(HexFormat.of().formatHex(OrderedKey.encode(Value.of("a\0\u0001"))))
                .isEqualTo("38610101010200");
        assertThat(HexFormat.of().formatHex(OrderedKey.encode(Value.of(0)))).isEqualTo("2200");
        assertThat(HexFormat.of().formatHex(OrderedKey.encode(Value.of(0.0)))).isEqualTo("2280");
        assertThat(HexFormat.of().formatHex(OrderedKey.encode(Value.of(1)))).isEqualTo("237ff000");
        assertThat(HexFormat.of().formatHex(OrderedKey.encode(Value.of(1.0)))).isEqualTo("237ff080");
        assertThat(HexFormat.of().formatHex(OrderedKey.encode(Value.of(-1)))).isEqualTo("21800f00");
        assertThat(HexFormat.of().formatHex(OrderedKey.encode(new Value.Array(List.of(Value.TRUE, Value.NULL)))))
                .isEqualTo("40115000");
    }

    @Test
    void what_is_accepted_is_written_the_same_way() {
        Fuzzing.total(36, g -> OrderedKey.encode(g.anyValue()), bytes -> {
            ByteReader in = new ByteReader(bytes);
            Value value = OrderedKey.read(in);
            assertThat(OrderedKey.encode(value)).isEqualTo(Arrays.copyOf(bytes, in.position()));
        });
    }

    @Test
    void truncation_is_always_noticed() {
        ValueGenerator generator = new ValueGenerator(37);
        for (int round = 0; round < 500; round++) {
            byte[] key = OrderedKey.encode(generator.anyValue());
            for (int length = 0; length < key.length; length++) {
                byte[] cut = Arrays.copyOf(key, length);
                assertThatThrownBy(() -> OrderedKey.read(new ByteReader(cut))).isInstanceOf(MalformedException.class);
            }
        }
    }
}
