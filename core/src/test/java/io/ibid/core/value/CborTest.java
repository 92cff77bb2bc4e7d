package io.ibid.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class CborTest {

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static String encoded(Value value) {
        return HexFormat.of().formatHex(Cbor.encode(value));
    }

    private static void same(String digits, Value value) {
        assertThat(encoded(value)).isEqualTo(digits);
        assertThat(Cbor.decode(hex(digits))).isEqualTo(value);
        assertThat(Cbor.decodeAny(hex(digits))).isEqualTo(value);
    }

    private static void onlyAny(String digits, Value value) {
        assertThatThrownBy(() -> Cbor.decode(hex(digits))).as(digits).isInstanceOf(MalformedException.class);
        assertThat(Cbor.decodeAny(hex(digits))).as(digits).isEqualTo(value);
    }

    private static Value.Array array(long... numbers) {
        return new Value.Array(Arrays.stream(numbers).<Value>mapToObj(Value::of).toList());
    }

    @Test
    void the_integers_of_rfc_8949_appendix_a() {
        same("00", Value.of(0));
        same("01", Value.of(1));
        same("0a", Value.of(10));
        same("17", Value.of(23));
        same("1818", Value.of(24));
        same("1864", Value.of(100));
        same("1903e8", Value.of(1000));
        same("1a000f4240", Value.of(1_000_000));
        same("1b000000e8d4a51000", Value.of(1_000_000_000_000L));
        same("20", Value.of(-1));
        same("29", Value.of(-10));
        same("3863", Value.of(-100));
        same("3903e7", Value.of(-1000));
        same("1b7fffffffffffffff", Value.of(Long.MAX_VALUE));
        same("3b7fffffffffffffff", Value.of(Long.MIN_VALUE));
    }

    @Test
    void integers_beyond_64_bits_are_floats_where_users_send_them() {
        onlyAny("1bffffffffffffffff", Value.of(0x1p64));
        onlyAny("3bffffffffffffffff", Value.of(-0x1p64));
        onlyAny("1b8000000000000000", Value.of(0x1p63));
        onlyAny("3b8000000000000000", Value.of(-0x1p63));
        onlyAny("1b8000000000000401", Value.of(0x1p63 + 2048));
        onlyAny("1b8000000000000400", Value.of(0x1p63));
    }

    @Test
    void the_floats_of_rfc_8949_appendix_a() {
        same("f90000", Value.of(0.0));
        same("f98000", Value.of(-0.0));
        same("f93c00", Value.of(1.0));
        same("fb3ff199999999999a", Value.of(1.1));
        same("f93e00", Value.of(1.5));
        same("f97bff", Value.of(65504.0));
        same("fa47c35000", Value.of(100000.0));
        same("fa7f7fffff", Value.of(3.4028234663852886e+38));
        same("fb7e37e43c8800759c", Value.of(1.0e+300));
        same("f90001", Value.of(5.960464477539063e-8));
        same("f90400", Value.of(0.00006103515625));
        same("f9c400", Value.of(-4.0));
        same("fbc010666666666666", Value.of(-4.1));
        same("f97c00", Value.of(Double.POSITIVE_INFINITY));
        same("f97e00", Value.of(Double.NaN));
        same("f9fc00", Value.of(Double.NEGATIVE_INFINITY));
        onlyAny("fa7f800000", Value.of(Double.POSITIVE_INFINITY));
        onlyAny("fb7ff8000000000000", Value.of(Double.NaN));
        onlyAny("f97e01", Value.of(Double.NaN));
        onlyAny("fa3fc00000", Value.of(1.5));
        onlyAny("fb3ff8000000000000", Value.of(1.5));
    }

    @Test
    void the_rest_of_rfc_8949_appendix_a() {
        same("f4", Value.FALSE);
        same("f5", Value.TRUE);
        same("f6", Value.NULL);
        same("40", new Value.Binary(new byte[0]));
        same("4401020304", new Value.Binary(hex("01020304")));
        same("60", Value.of(""));
        same("6449455446", Value.of("IETF"));
        same("62225c", Value.of("\"\\"));
        same("62c3bc", Value.of("\u00fc"));
        same("63e6b0b4", Value.of("\u6c34"));
        same("64f0908591", Value.of("\ud800\udd51"));
        same("80", Value.Array.EMPTY);
        same("83010203", array(1, 2, 3));
        same("8301820203820405", new Value.Array(List.of(Value.of(1), array(2, 3), array(4, 5))));
        same(
                "98190102030405060708090a0b0c0d0e0f101112131415161718181819",
                array(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25));
        same("a0", Value.Struct.EMPTY);
        same(
                "a26161016162820203",
                Value.Struct.builder()
                        .put("a", Value.of(1))
                        .put("b", array(2, 3))
                        .build());
        same(
                "826161a161626163",
                new Value.Array(List.of(
                        Value.of("a"),
                        Value.Struct.builder().put("b", Value.of("c")).build())));
    }

    @Test
    void indefinite_lengths_are_for_users_only() {
        onlyAny("5f42010243030405ff", new Value.Binary(hex("0102030405")));
        onlyAny("7f657374726561646d696e67ff", Value.of("streaming"));
        onlyAny("9fff", Value.Array.EMPTY);
        onlyAny("83018202039f0405ff", new Value.Array(List.of(Value.of(1), array(2, 3), array(4, 5))));
        onlyAny(
                "bf6346756ef563416d7421ff",
                Value.Struct.builder()
                        .put("Fun", Value.TRUE)
                        .put("Amt", Value.of(-2))
                        .build());
    }

    @Test
    void keys_sort_by_their_encoded_bytes_and_so_by_length_first() {
        Value.Struct struct = Value.Struct.builder()
                .put("aa", Value.of(3))
                .put("b", Value.of(2))
                .put("ä", Value.of(4))
                .put("a", Value.of(1))
                .put("", Value.of(0))
                .build();
        same("a560006161016162026261610362c3a404", struct);
        onlyAny(
                "a2616201616102",
                Value.Struct.builder()
                        .put("a", Value.of(2))
                        .put("b", Value.of(1))
                        .build());
        onlyAny("a2616101616102", Value.Struct.builder().put("a", Value.of(2)).build());
    }

    @Test
    void what_our_values_cannot_hold_is_refused() {
        for (String digits : List.of(
                "c11a514b67b0",
                "c249010000000000000000",
                "a10102",
                "f0",
                "f8ff",
                "f818",
                "ff",
                "1c",
                "5e",
                "7c",
                "9e",
                "5f6161ff",
                "7f4161ff",
                "7f7f6161ffff",
                "62c328",
                "61ff",
                "63eda080",
                "8301",
                "a161",
                "a16161",
                "0000",
                "")) {
            assertThatThrownBy(() -> Cbor.decodeAny(hex(digits))).as(digits).isInstanceOf(MalformedException.class);
            assertThatThrownBy(() -> Cbor.decode(hex(digits))).as(digits).isInstanceOf(MalformedException.class);
        }
        onlyAny("f7", Value.NULL);
        onlyAny("1817", Value.of(23));
        onlyAny("190017", Value.of(23));
        onlyAny("1a00000017", Value.of(23));
        onlyAny("1b0000000000000017", Value.of(23));
    }

    @Test
    void every_value_comes_back_and_has_one_encoding() {
        ValueGenerator generator = new ValueGenerator(11);
        Value before = Value.NULL;
        for (int round = 0; round < 30_000; round++) {
            Value value = generator.value();
            byte[] bytes = Cbor.encode(value);
            assertThat(Cbor.decode(bytes)).isEqualTo(value);
            assertThat(Cbor.decodeAny(bytes)).isEqualTo(value);
            assertThat(Arrays.equals(bytes, Cbor.encode(before))).isEqualTo(ValueOrder.canonicallyEqual(value, before));
            before = value;
        }
    }

    @Test
    void what_is_accepted_as_canonical_is_written_the_same_way() {
        Fuzzing.total(
                12,
                g -> Cbor.encode(g.value()),
                bytes -> assertThat(Cbor.encode(Cbor.decode(bytes))).isEqualTo(bytes));
    }

    @Test
    void the_lenient_decoder_is_total() {
        Fuzzing.total(13, g -> Cbor.encode(g.value()), bytes -> Cbor.encode(Cbor.decodeAny(bytes)));
    }

    @Test
    void truncation_is_always_noticed() {
        ValueGenerator generator = new ValueGenerator(14);
        for (int round = 0; round < 300; round++) {
            byte[] bytes = Cbor.encode(generator.value());
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> Cbor.decode(cut)).isInstanceOf(MalformedException.class);
                assertThatThrownBy(() -> Cbor.decodeAny(cut)).isInstanceOf(MalformedException.class);
            }
        }
    }

    @Test
    void depth_is_limited_in_both_directions() {
        Value deep = Value.of(1);
        for (int i = 0; i < Nesting.MAX; i++) {
            deep = new Value.Array(List.of(deep));
        }
        assertThat(Nesting.depth(deep)).isEqualTo(Nesting.MAX);
        assertThat(Cbor.decode(Cbor.encode(deep))).isEqualTo(deep);
        Value deeper = new Value.Array(List.of(deep));
        assertThat(Nesting.depth(deeper)).isEqualTo(Nesting.MAX + 1);
        assertThatThrownBy(() -> Cbor.encode(deeper)).isInstanceOf(MalformedException.class);
        byte[] bomb = new byte[1_000_000];
        Arrays.fill(bomb, (byte) 0x9f);
        assertThatThrownBy(() -> Cbor.decodeAny(bomb)).isInstanceOf(MalformedException.class);
    }

    @Test
    void nested_claims_of_great_counts_take_no_memory() {
        byte[] bomb = new byte[64 << 20];
        ByteWriter heads = new ByteWriter();
        for (int i = 0; i < Nesting.MAX; i++) {
            heads.u8(0x9a).fixed32(32 << 20);
        }
        System.arraycopy(heads.toByteArray(), 0, bomb, 0, heads.size());
        bomb[heads.size()] = (byte) 0xff;
        assertThatThrownBy(() -> Cbor.decode(bomb)).isInstanceOf(MalformedException.class);
    }
}
