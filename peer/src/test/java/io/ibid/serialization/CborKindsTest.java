package io.ibid.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.DittoException;
import io.ibid.DittoULong;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Accessors of every kind, numbers at the ends of their ranges, tags, big integers, and the objects of an application. */
class CborKindsTest {
    private static final BigInteger TWO_TO_64 = BigInteger.TWO.pow(64);

    private static DittoCborSerializable hex(String bytes) throws DittoException {
        return DittoCborSerializable.fromCbor(HexFormat.of().parseHex(bytes));
    }

    private static String hex(DittoCborSerializable value) {
        return HexFormat.of().formatHex(value.toCbor());
    }

    @Test
    void integers_are_read_where_they_fit_and_refused_one_beyond() throws Exception {
        assertThat(DittoCborSerializable.of(127).asByte()).isEqualTo(Byte.MAX_VALUE);
        assertThat(DittoCborSerializable.of(128).asByteOrNull()).isNull();
        assertThat(DittoCborSerializable.of(-129).asByteOrNull()).isNull();
        assertThat(DittoCborSerializable.of(-32_768).asShort()).isEqualTo(Short.MIN_VALUE);
        assertThat(DittoCborSerializable.of(32_768).asShortOrNull()).isNull();
        assertThat(DittoCborSerializable.of(255).asUnsignedByte()).isEqualTo((short) 255);
        assertThat(DittoCborSerializable.of(256).asUnsignedByteOrNull()).isNull();
        assertThat(DittoCborSerializable.of(-1).asUnsignedByteOrNull()).isNull();
        assertThat(DittoCborSerializable.of(65_535).asUnsignedShort()).isEqualTo(65_535);
        assertThat(DittoCborSerializable.of(65_536).asUnsignedShortOrNull()).isNull();
        assertThat(DittoCborSerializable.of(4_294_967_295L).asUnsignedInt()).isEqualTo(4_294_967_295L);
        assertThat(DittoCborSerializable.of(4_294_967_296L).asUnsignedIntOrNull())
                .isNull();
        assertThatThrownBy(() -> DittoCborSerializable.of(128).asByte())
                .isInstanceOf(DittoException.ValidationException.class)
                .hasMessage("expected 8-bit integer, found integer");
    }

    @Test
    void unsigned_integers_of_64_bits_are_kept() throws Exception {
        DittoCborSerializable largest = hex("1bffffffffffffffff");
        assertThat(largest).isInstanceOf(DittoCborSerializable.UnsignedInteger.class);
        assertThat(largest.asUnsignedLong()).hasToString("18446744073709551615");
        assertThat(largest.asBigInteger()).isEqualTo(TWO_TO_64.subtract(BigInteger.ONE));
        assertThat(largest.asLongOrNull()).isNull();
        assertThat(hex(largest)).isEqualTo("1bffffffffffffffff");
        assertThat(largest.toJsonString()).isEqualTo("18446744073709551615");
        assertThat(largest).isEqualTo(DittoCborSerializable.of(DittoULong.of(-1)));
        DittoCborSerializable smallest = hex("3bffffffffffffffff");
        assertThat(smallest).isInstanceOf(DittoCborSerializable.NegativeInteger.class);
        assertThat(smallest.asBigInteger()).isEqualTo(TWO_TO_64.negate());
        assertThat(smallest.asUnsignedLongOrNull()).isNull();
        assertThat(hex(smallest)).isEqualTo("3bffffffffffffffff");
    }

    @Test
    void big_integers_are_tagged_bytes() throws Exception {
        DittoCborSerializable big = DittoCborSerializable.of(TWO_TO_64);
        assertThat(hex(big)).isEqualTo("c249010000000000000000");
        assertThat(hex("c249010000000000000000")).isEqualTo(big);
        assertThat(big.asBigInteger()).isEqualTo(TWO_TO_64);
        assertThat(big.asTagged().getTag().longValue()).isEqualTo(2);
        assertThat(hex("c349010000000000000000").asBigInteger())
                .isEqualTo(TWO_TO_64.negate().subtract(BigInteger.ONE));
        assertThat(DittoCborSerializable.of(TWO_TO_64.negate().subtract(BigInteger.ONE)))
                .isEqualTo(hex("c349010000000000000000"));
    }

    @Test
    void tags_keep_their_content_wherever_they_stand() throws Exception {
        DittoCborSerializable date = hex("c06a323032362d31312d3231");
        assertThat(date.asTagged().getTag()).isEqualTo(DittoULong.of(0));
        assertThat(date.asTagged().getValue().asString()).isEqualTo("2026-11-21");
        assertThat(date.asStringOrNull()).isNull();
        assertThatThrownBy(date::asString).hasMessage("expected string, found tag 0");
        DittoCborSerializable.Dictionary nested =
                DittoCborSerializable.of(Map.of("at", date, "list", List.of(date, 1), "b", TWO_TO_64));
        assertThat(DittoCborSerializable.fromCbor(nested.toCbor()))
                .isEqualTo(nested)
                .hasSameHashCodeAs(nested);
        assertThat(nested.get("list").asList().getFirst()).isEqualTo(date);
        assertThat(nested.toJsonString())
                .isEqualTo("{\"at\":\"2026-11-21\",\"b\":18446744073709551616,\"list\":[\"2026-11-21\",1]}");
        Map<String, Object> plain = nested;
        assertThat(plain)
                .isEqualTo(Map.of("at", "2026-11-21", "b", TWO_TO_64, "list", List.of("2026-11-21", 1L)))
                .hasSize(3);
        assertThat(nested).isNotEqualTo(DittoCborSerializable.of(Map.of("at", "2026-11-21")));
    }

    @Test
    void nullable_accessors_give_null_for_null_and_throw_for_another_type() throws Exception {
        DittoCborSerializable.Dictionary value = DittoCborSerializable.buildDictionary()
                .put("n", 1)
                .put("none", DittoCborSerializable.nullValue())
                .build();
        assertThat(value.get("none").asNullableString()).isNull();
        assertThat(value.get("absent").asNullableInt()).isNull();
        assertThat(value.get("n").asNullableInt()).isEqualTo(1);
        assertThat(value.get("none").asNullableList()).isNull();
        assertThat(value.get("none").asNullableByteString()).isNull();
        assertThatThrownBy(() -> value.get("n").asNullableString()).hasMessage("expected string, found integer");
    }

    @Test
    void every_accessor_has_its_three_forms() {
        for (String name : List.of(
                "String",
                "Boolean",
                "Byte",
                "Short",
                "Int",
                "Long",
                "Float",
                "Double",
                "BigInteger",
                "UnsignedByte",
                "UnsignedShort",
                "UnsignedInt",
                "UnsignedLong",
                "ByteString",
                "List",
                "Dictionary",
                "Tagged")) {
            assertThat(DittoCborSerializable.class)
                    .hasPublicMethods("as" + name, "as" + name + "OrNull", "asNullable" + name);
        }
    }

    @Test
    void malformed_and_truncated_cbor_is_refused_with_a_code() {
        for (String bad :
                List.of("", "1b00", "62c328", "a10102", "9f01", "ff", "5b7fffffffffffffff", "0000", "fc", "1f")) {
            assertThatThrownBy(() -> hex(bad))
                    .as(bad)
                    .isInstanceOfSatisfying(DittoException.ValidationException.class, e -> {
                        assertThat(e.getCode()).isEqualTo("validation/invalid-cbor");
                        assertThat(e.getReason())
                                .isInstanceOf(DittoException.ValidationExceptionReason.InvalidCbor.class);
                    });
        }
        assertThatThrownBy(() -> DittoCborSerializable.fromCbor(new byte[100_000]))
                .isInstanceOf(DittoException.ValidationException.class);
        byte[] deep = new byte[100_000];
        Arrays.fill(deep, (byte) 0x81);
        assertThatThrownBy(() -> DittoCborSerializable.fromCbor(deep)).hasMessageContaining("256");
        Arrays.fill(deep, (byte) 0xC1);
        assertThatThrownBy(() -> DittoCborSerializable.fromCbor(deep)).hasMessageContaining("256");
    }

    @Test
    void indefinite_lengths_and_long_heads_are_read() throws Exception {
        assertThat(hex("9f01820203ff")).isEqualTo(DittoCborSerializable.from(List.of(1, List.of(2, 3))));
        assertThat(hex("bf616101ff")).isEqualTo(DittoCborSerializable.from(Map.of("a", 1)));
        assertThat(hex("7f61616162ff").asString()).isEqualTo("ab");
        assertThat(hex("5f4101ff").asByteString()).containsExactly(1);
        assertThat(hex("1800").asInt()).isZero();
        assertThat(hex("f90000").asDouble()).isZero();
        assertThat(hex("fb3ff8000000000000").asFloat()).isEqualTo(1.5f);
    }

    record Engine(int kw, byte[] photo) {}

    record Car(String make, Integer year, List<String> tags, Engine engine) {}

    public static final class Bean {
        private String name = "";

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }
    }

    @Test
    void records_and_beans_become_dictionaries_and_back() throws Exception {
        Car car = new Car("Toyota", null, List.of("a"), new Engine(90, new byte[] {1, 2}));
        DittoCborSerializable.Dictionary value = DittoCborSerializable.from(car).asDictionary();
        assertThat(value.get("make").asString()).isEqualTo("Toyota");
        assertThat(value.get("year")).isEqualTo(DittoCborSerializable.nullValue());
        assertThat(value.get("engine").asDictionary().get("photo").asByteString())
                .containsExactly(1, 2);
        Car back = value.as(Car.class);
        assertThat(back).usingRecursiveComparison().isEqualTo(car);
        Bean bean = new Bean();
        bean.setName("Ada");
        assertThat(DittoCborSerializable.from(bean).as(Bean.class).getName()).isEqualTo("Ada");
        assertThat(DittoCborSerializable.from(new int[] {1, 2})).isEqualTo(DittoCborSerializable.from(List.of(1, 2)));
    }

    @Test
    void what_a_class_does_not_know_is_left_out_and_what_does_not_fit_is_named() throws Exception {
        assertThat(DittoCborSerializable.fromJsonString("{\"_id\":\"1\",\"kw\":3}")
                        .as(Engine.class)
                        .kw())
                .isEqualTo(3);
        assertThatThrownBy(() ->
                        DittoCborSerializable.fromJsonString("{\"kw\":1.5}").as(Engine.class))
                .isInstanceOfSatisfying(
                        DittoException.ValidationException.class,
                        e -> assertThat(e.getCode()).isEqualTo("validation/type-mismatch"))
                .hasMessageContaining("kw");
        assertThatThrownBy(() -> DittoCborSerializable.nullValue().as(Engine.class))
                .isInstanceOf(DittoException.ValidationException.class);
    }
}
