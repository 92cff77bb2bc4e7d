package io.ibid.core.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValueOrderTest {

    private static int sign(Value a, Value b) {
        return Integer.signum(ValueOrder.compare(a, b));
    }

    @Test
    void kinds_come_in_the_documented_order() {
        List<Value> ascending = List.of(
                Value.FALSE,
                Value.TRUE,
                Value.of(Double.NaN),
                Value.of(Double.NEGATIVE_INFINITY),
                Value.of(-1),
                Value.of(0.5),
                Value.of(Double.POSITIVE_INFINITY),
                new Value.Binary(new byte[0]),
                new Value.Binary(new byte[] {-1}),
                Value.of(""),
                Value.of("\uffff"),
                Value.of("\ud83d\ude00"),
                Value.Array.EMPTY,
                new Value.Array(List.of(Value.NULL)),
                Value.Struct.EMPTY,
                Value.Struct.builder().put("a", Value.NULL).build(),
                Value.Struct.builder().put("b", Value.FALSE).build(),
                Value.NULL,
                Value.MISSING);
        for (int i = 0; i < ascending.size(); i++) {
            for (int k = 0; k < ascending.size(); k++) {
                assertThat(sign(ascending.get(i), ascending.get(k)))
                        .as("%s against %s", ascending.get(i), ascending.get(k))
                        .isEqualTo(Integer.signum(Integer.compare(i, k)));
            }
        }
    }

    @Test
    void numbers_compare_exactly_whatever_their_type() {
        ValueGenerator generator = new ValueGenerator(21);
        for (int round = 0; round < 100_000; round++) {
            long integer = generator.integer();
            double number = round % 2 == 0 ? generator.number() : (double) integer * (1 + (round % 3 - 1) * 0x1p-52);
            int expected = new BigDecimal(integer).compareTo(new BigDecimal(number));
            assertThat(sign(Value.of(integer), Value.of(number)))
                    .as("%d against %s", integer, number)
                    .isEqualTo(expected);
            assertThat(sign(Value.of(number), Value.of(integer))).isEqualTo(-expected);
        }
        assertThat(sign(Value.of(0.0), Value.of(-0.0))).isZero();
        assertThat(sign(Value.of(0), Value.of(-0.0))).isZero();
        assertThat(sign(Value.of((1L << 53) + 1), Value.of(0x1p53))).isEqualTo(1);
        assertThat(sign(Value.of(Long.MAX_VALUE), Value.of(0x1p63))).isEqualTo(-1);
        assertThat(sign(Value.of(Double.NaN), Value.of(Long.MIN_VALUE))).isEqualTo(-1);
        assertThat(sign(Value.of(Double.NaN), Value.of(Double.NaN))).isZero();
    }

    @Test
    void it_is_a_total_order() {
        ValueGenerator generator = new ValueGenerator(22);
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < 220; i++) {
            values.add(generator.anyValue());
        }
        for (Value a : values) {
            for (Value b : values) {
                int order = sign(a, b);
                assertThat(sign(b, a)).isEqualTo(-order);
                if (order == 0) {
                    assertThat(ValueOrder.hash(a)).as("%s and %s", a, b).isEqualTo(ValueOrder.hash(b));
                } else {
                    assertThat(a.equals(b)).isFalse();
                }
                for (Value c : values) {
                    if (order <= 0 && sign(b, c) <= 0 && sign(a, c) > 0) {
                        throw new AssertionError(a + " <= " + b + " <= " + c);
                    }
                }
            }
        }
    }

    @Test
    void equality_of_content_tells_an_integer_from_a_float_and_the_order_does_not() {
        assertThat(sign(Value.of(1), Value.of(1.0))).isZero();
        assertThat(ValueOrder.canonicallyEqual(Value.of(1), Value.of(1.0))).isFalse();
        assertThat(ValueOrder.canonicallyEqual(Value.of(0.0), Value.of(-0.0))).isFalse();
    }

    @Test
    void a_struct_keeps_its_names_sorted_and_the_last_value_of_each() {
        ValueGenerator generator = new ValueGenerator(23);
        for (int round = 0; round < 5_000; round++) {
            java.util.TreeMap<String, Value> expected = new java.util.TreeMap<>(ValueOrder.KEYS);
            Value.Struct.Builder builder = Value.Struct.builder();
            int puts = generator.random().nextInt(30);
            for (int i = 0; i < puts; i++) {
                String name = generator.name();
                Value value = generator.random().nextInt(8) == 0 ? Value.MISSING : generator.scalar();
                builder.put(name, value);
                if (value instanceof Value.Missing) {
                    expected.remove(name);
                } else {
                    expected.put(name, value);
                }
            }
            Value.Struct struct = builder.build();
            assertThat(struct.size()).isEqualTo(expected.size());
            int index = 0;
            for (var field : expected.entrySet()) {
                assertThat(struct.name(index)).isEqualTo(field.getKey());
                assertThat(struct.value(index)).isEqualTo(field.getValue());
                assertThat(struct.get(field.getKey())).isEqualTo(field.getValue());
                index++;
            }
        }
    }
}
