package io.ibid.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.DittoException;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DittoCborSerializableTest {
    private static final DittoCborSerializable.Dictionary CAR = DittoCborSerializable.buildDictionary()
            .put("make", "Toyota")
            .put("year", 2009)
            .put("price", 9.5)
            .put("sold", false)
            .put("photo", new byte[] {1, 2})
            .put("owner", DittoCborSerializable.nullValue())
            .put("tags", List.of("a", 1))
            .put("engine", Map.of("kw", 90L))
            .build();

    @Test
    void the_get_of_a_dictionary_gives_values_and_the_get_of_a_map_plain_objects() throws Exception {
        assertThat(CAR.get("make").asString()).isEqualTo("Toyota");
        assertThat(CAR.get("engine").asDictionary().get("kw").asInt()).isEqualTo(90);
        Map<String, Object> plain = CAR;
        assertThat(plain.get("make")).isEqualTo("Toyota");
        assertThat(plain.get("year")).isEqualTo(2009L);
        assertThat(plain.get("price")).isEqualTo(9.5);
        assertThat(plain.get("sold")).isEqualTo(false);
        assertThat(plain.get("photo")).isEqualTo(new byte[] {1, 2});
        assertThat(plain.get("owner")).isNull();
        assertThat(plain.get("tags")).isEqualTo(List.of("a", 1L));
        assertThat(plain.get("engine")).isEqualTo(Map.of("kw", 90L));
        assertThat(plain.get("absent")).isNull();
        assertThat(plain.keySet()).containsExactly("engine", "make", "owner", "photo", "price", "sold", "tags", "year");
    }

    @Test
    void a_missing_key_reads_as_null_and_contains_key_tells() {
        assertThat(CAR.get("absent")).isInstanceOf(DittoCborSerializable.NullValue.class);
        assertThat(CAR.containsKey("absent")).isFalse();
        assertThat(CAR.containsKey("owner")).isTrue();
        assertThatThrownBy(() -> CAR.get("absent").asString())
                .isInstanceOf(DittoException.ValidationException.class)
                .hasMessage("expected string, found null");
    }

    @Test
    void a_wrong_type_throws_or_gives_null() throws Exception {
        DittoCborSerializable year = CAR.get("year");
        assertThatThrownBy(year::asString)
                .isInstanceOfSatisfying(
                        DittoException.ValidationException.class,
                        e -> assertThat(e.getCode()).isEqualTo("validation/type-mismatch"))
                .hasMessage("expected string, found integer");
        assertThat(year.asStringOrNull()).isNull();
        assertThat(year.asLong()).isEqualTo(2009);
        assertThat(year.asDouble()).isEqualTo(2009.0);
        assertThat(CAR.get("price").asLongOrNull()).isNull();
    }

    @Test
    void numbers_are_given_only_where_they_fit() {
        assertThat(DittoCborSerializable.of(1L << 31).asIntOrNull()).isNull();
        assertThat(DittoCborSerializable.of((1L << 31) - 1).asIntOrNull()).isEqualTo(Integer.MAX_VALUE);
        assertThat(DittoCborSerializable.of(Long.MIN_VALUE).asDoubleOrNull()).isEqualTo(-0x1p63);
        assertThat(DittoCborSerializable.of(Long.MAX_VALUE).asDoubleOrNull()).isNull();
        assertThat(DittoCborSerializable.of((1L << 53) + 1).asDoubleOrNull()).isNull();
        assertThat(DittoCborSerializable.of(0.1).asFloatOrNull()).isNull();
        assertThat(DittoCborSerializable.of(0.1f).asFloatOrNull()).isEqualTo(0.1f);
        assertThat(DittoCborSerializable.of(1.0).asLongOrNull()).isNull();
    }

    @Test
    void a_dictionary_equals_another_by_value_and_a_map_by_its_plain_objects() {
        DittoCborSerializable.Dictionary integer = DittoCborSerializable.of(Map.of("a", 1));
        assertThat(integer).isEqualTo(DittoCborSerializable.of(Map.of("a", 1L)));
        assertThat(integer).isNotEqualTo(DittoCborSerializable.of(Map.of("a", 1.0)));
        assertThat(integer.equals(Map.of("a", 1L))).isTrue();
        assertThat(Map.of("a", 1L).equals(integer)).isTrue();
        assertThat(integer.hashCode()).isEqualTo(Map.of("a", 1L).hashCode());
        DittoCborSerializable.Dictionary bytes = DittoCborSerializable.of(Map.of("b", new byte[] {7}));
        assertThat(bytes.hashCode())
                .isEqualTo(DittoCborSerializable.of(Map.of("b", new byte[] {7})).hashCode())
                .isEqualTo("b".hashCode() ^ Arrays.hashCode(new byte[] {7}));
    }

    @Test
    void a_dictionary_cannot_be_changed() {
        assertThatThrownBy(() -> CAR.put("make", "Honda")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> CAR.remove("make")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(CAR::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> CAR.entrySet().iterator().next().setValue(1))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> CAR.keySet().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void every_kind_survives_json_and_cbor() throws Exception {
        DittoCborSerializable read = DittoCborSerializable.fromCbor(CAR.toCbor());
        assertThat(read).isEqualTo(CAR);
        assertThat(CAR.toJsonString())
                .isEqualTo(
                        "{\"engine\":{\"kw\":90},\"make\":\"Toyota\",\"owner\":null,\"photo\":\"AQI=\",\"price\":9.5,"
                                + "\"sold\":false,\"tags\":[\"a\",1],\"year\":2009}");
        assertThat(DittoCborSerializable.fromJsonString("[1,-1,1.5,\"a\",null,true]")
                        .asList())
                .hasExactlyElementsOfTypes(
                        DittoCborSerializable.UnsignedInteger.class,
                        DittoCborSerializable.NegativeInteger.class,
                        DittoCborSerializable.DoubleValue.class,
                        DittoCborSerializable.Utf8String.class,
                        DittoCborSerializable.NullValue.class,
                        DittoCborSerializable.BooleanValue.class);
        assertThatThrownBy(() -> DittoCborSerializable.fromJsonString("{"))
                .isInstanceOf(DittoException.ValidationException.class);
        assertThatThrownBy(() -> DittoCborSerializable.fromCbor(new byte[] {(byte) 0xFF}))
                .isInstanceOf(DittoException.ValidationException.class);
    }

    @Test
    void arrays_iterate_over_values_and_nest() throws Exception {
        DittoCborSerializable.Array array = DittoCborSerializable.buildArray()
                .add(1)
                .add(DittoCborSerializable.buildArray().add("x").build())
                .add(CAR)
                .build();
        assertThat(array.size()).isEqualTo(3);
        assertThat(array.get(1).asList().getFirst().asString()).isEqualTo("x");
        int dictionaries = 0;
        for (DittoCborSerializable element : array) {
            dictionaries += element.asDictionaryOrNull() == null ? 0 : 1;
        }
        assertThat(dictionaries).isEqualTo(1);
    }

    @Test
    void what_is_no_value_is_refused_by_name() {
        assertThatThrownBy(() -> DittoCborSerializable.from(new Object()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Object");
        Map<String, Object> endless = new HashMap<>();
        endless.put("self", Collections.unmodifiableMap(endless));
        assertThatThrownBy(() -> DittoCborSerializable.of(endless)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new AbstractMap.SimpleEntry<>("nan", DittoCborSerializable.of(Double.NaN)).getValue())
                .isEqualTo(DittoCborSerializable.nullValue());
    }
}
