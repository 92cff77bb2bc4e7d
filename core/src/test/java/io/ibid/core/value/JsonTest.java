package io.ibid.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    private static void parsed(String text, Value value) {
        assertThat(Json.parse(text)).as(text).isEqualTo(value);
        assertThat(Json.parse(text.getBytes(StandardCharsets.UTF_8))).as(text).isEqualTo(value);
    }

    private static void refused(String text, String message) {
        assertThatThrownBy(() -> Json.parse(text))
                .as(text)
                .isInstanceOf(MalformedException.class)
                .hasMessage("Not JSON: " + message);
    }

    private static Value.Array array(Value... values) {
        return new Value.Array(List.of(values));
    }

    @Test
    void values_of_every_kind() {
        parsed("null", Value.NULL);
        parsed("true", Value.TRUE);
        parsed(" false\r\n\t", Value.FALSE);
        parsed("[]", Value.Array.EMPTY);
        parsed("[ ]", Value.Array.EMPTY);
        parsed("{ }", Value.Struct.EMPTY);
        parsed("[1,\n2 , [3]]", array(Value.of(1), Value.of(2), array(Value.of(3))));
        parsed(
                "{\"b\":1,\"a\":{\"\":null}}",
                Value.Struct.builder()
                        .put("a", Value.Struct.builder().put("", Value.NULL).build())
                        .put("b", Value.of(1))
                        .build());
    }

    @Test
    void of_equal_names_the_last_wins() {
        parsed(
                "{\"a\":1,\"b\":2,\"a\":3}",
                Value.Struct.builder()
                        .put("a", Value.of(3))
                        .put("b", Value.of(2))
                        .build());
        parsed(
                "{\"a\":1,\"\\u0061\":2}",
                Value.Struct.builder().put("a", Value.of(2)).build());
    }

    @Test
    void numbers_without_point_and_exponent_are_integers_as_long_as_64_bits_hold_them() {
        parsed("0", Value.of(0));
        parsed("-0", Value.of(0));
        parsed("-1", Value.of(-1));
        parsed("123456789012345678", Value.of(123456789012345678L));
        parsed("9223372036854775807", Value.of(Long.MAX_VALUE));
        parsed("-9223372036854775808", Value.of(Long.MIN_VALUE));
        parsed("9223372036854775808", Value.of(0x1p63));
        parsed("-9223372036854775809", Value.of(-0x1p63));
        parsed("18446744073709551616", Value.of(0x1p64));
        parsed("1" + "0".repeat(300), Value.of(1e300));
    }

    @Test
    void all_other_numbers_are_the_nearest_float() {
        for (String text : List.of(
                "0.0",
                "-0.0",
                "1.0",
                "0.1",
                "1e2",
                "1E+2",
                "1e-2",
                "-1.5e3",
                "123456789012345678.5",
                "1e22",
                "1e23",
                "0.000001",
                "9007199254740993.0",
                "1.7976931348623157e308",
                "4.9e-324",
                "1e-400",
                "2.2250738585072011e-308",
                "8.41e21",
                "9.007199254740992e37",
                "123e-20",
                "0e999999999999",
                "0.1e1",
                "5e-0",
                "1.0000000000000000000000000001")) {
            parsed(text, Value.of(Double.parseDouble(text)));
        }
        ValueGenerator generator = new ValueGenerator(51);
        for (int round = 0; round < 50_000; round++) {
            String text = generator.random().nextInt(-2_000_000, 2_000_000) + "."
                    + generator.random().nextInt(100000)
                    + (round % 2 == 0 ? "" : "e" + generator.random().nextInt(-40, 40));
            parsed(text, Value.of(Double.parseDouble(text)));
        }
    }

    @Test
    void strings_with_all_their_escapes() {
        parsed("\"\"", Value.of(""));
        parsed("\"a\\\"\\\\\\/\\b\\f\\n\\r\\tz\"", Value.of("a\"\\/\b\f\n\r\tz"));
        parsed("\"\\u0000\\u00e4\\u20AC\\ud83d\\uDE00x\"", Value.of("\0ä€\ud83d\ude00x"));
        parsed("\"ä€\ud83d\ude00\"", Value.of("ä€\ud83d\ude00"));
        parsed("\"ä\\n€\"", Value.of("ä\n€"));
        parsed("\"\u007f\u2028\"", Value.of("\u007f\u2028"));
        parsed("[\"\\uffff\\ufdd0\"]", array(Value.of("\uffff\ufdd0")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "nul",
                "nulL",
                "truex",
                "True",
                "NaN",
                "Infinity",
                "-Infinity",
                "undefined",
                "'a'",
                "a",
                "\u00a01",
                "\ufeff1",
                "\u000b1",
                "[",
                "]",
                "[1",
                "[1,",
                "[1,]",
                "[,1]",
                "[1 2]",
                "[1,,2]",
                "[1}",
                "[]]",
                "[1]x",
                "1 2",
                "1,",
                "[\"a",
                "[a]",
                "[\u00041]",
                "{",
                "}",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":1,}",
                "{,}",
                "{a:1}",
                "{1:1}",
                "{\"a\" 1}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":1]",
                "{'a':1}",
                "{\"a\":1}}",
                "{\"a\"::1}",
                "{null:1}",
                "{\"a\":1/*c*/}",
                "//c\n1",
                "#1",
                "-",
                "+1",
                "01",
                "-01",
                "00",
                "1.",
                ".5",
                "-.5",
                "1.e2",
                "1e",
                "1e+",
                "1e-",
                "1E",
                "1.5.2",
                "0x1",
                "1_000",
                "--1",
                "- 1",
                "1e1.5",
                "1a",
                "0e",
                "\u0661",
                "1e999",
                "-1e999",
                "2e308",
                "1e99999999999",
                "\uff11",
                "\"",
                "\"a",
                "\"\\\"",
                "\"\\x41\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\\u",
                "\"\\",
                "\"\\'\"",
                "\"\n\"",
                "\"\t\"",
                "\"\0\"",
                "\"\u001f\"",
                "\"\\ud800\"",
                "\"\\udc00\"",
                "\"\\ud800\\ud800\"",
                "\"\\ud800x\"",
                "\"\\ud800\\n\"",
                "\"\\udc00\\ud800\"",
                "\"\\ud800\\u\"",
                "\"\ud800\"",
                "\"\udc00a\"",
                "\"\\U0041\"",
                "\"\\a\"",
                "\"\\\u00e5\"",
                "\"\\0\"",
                "abc\"",
                "\"a\"\"b\""
            })
    void what_the_grammar_does_not_allow_is_refused(String text) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("at line 1, column");
    }

    @Test
    void invalid_utf8_is_refused() {
        for (int[] bytes : new int[][] {
            {0x80}, {0xc3}, {0xc0, 0x80}, {0xed, 0xa0, 0x80}, {0xf4, 0x90, 0x80, 0x80}, {0xff}, {0xe2, 0x82}
        }) {
            ByteWriter out = new ByteWriter().u8('"');
            for (int b : bytes) {
                out.u8(b);
            }
            byte[] text = out.u8('"').toByteArray();
            assertThatThrownBy(() -> Json.parse(text)).hasMessage("Not JSON: invalid UTF-8 at line 1, column 2");
            text[0] = ' ';
            assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void errors_name_line_and_column_in_characters() {
        refused("{\n  \"ä\ud83d\ude00\": tru }", "no value at line 2, column 9");
        refused("[1,\r\n2,\n\n x]", "no value at line 4, column 2");
        refused("[1 2]", "neither ',' nor ']' behind an element at line 1, column 4");
        refused("{\"a\":1;}", "neither ',' nor '}' behind a field at line 1, column 7");
        refused("{\"a\" 1}", "no ':' behind a name at line 1, column 6");
        refused("{a:1}", "no name in quotes at line 1, column 2");
        refused("\"abc", "a string without an end at line 1, column 5");
        refused("\"ab\\qc\"", "an unknown escape at line 1, column 4");
        refused("\"ab\ud800c\"", "a lone surrogate at line 1, column 4");
        refused("\"ab\\ud800c\"", "a lone surrogate at line 1, column 4");
        refused("[1.]", "no digit behind the point at line 1, column 4");
        refused("[-]", "no digit at line 1, column 3");
        refused("[012]", "a number with a leading zero at line 1, column 2");
        refused("[1e999]", "a number beyond the range of 64-bit floats at line 1, column 2");
        refused("", "no value at line 1, column 1");
        refused("1\n1", "text behind the value at line 2, column 1");
        refused("[\"a\nb\"]", "a control character in a string at line 1, column 4");
    }

    @Test
    void depth_is_limited() {
        assertThat(Nesting.depth(Json.parse("[".repeat(256) + "]".repeat(256)))).isEqualTo(256);
        assertThatThrownBy(() -> Json.parse("[".repeat(257) + "]".repeat(257)))
                .hasMessage("Not JSON: nesting deeper than 256 levels at line 1, column 257");
        assertThatThrownBy(() -> Json.parse("{\"a\":".repeat(100_000))).isInstanceOf(MalformedException.class);
        Value deep = Json.parse("[".repeat(256) + "]".repeat(256));
        assertThat(Json.write(deep)).hasSize(512);
        assertThatThrownBy(() -> Json.write(array(deep))).isInstanceOf(MalformedException.class);
    }

    @Test
    void numbers_are_written_so_that_they_come_back_as_they_were() {
        assertThat(Json.write(
                        array(Value.of(1), Value.of(1.0), Value.of(-0.0), Value.of(1e300), Value.of(Long.MIN_VALUE))))
                .isEqualTo("[1,1.0,-0.0,1e300,-9223372036854775808]");
        assertThat(Json.write(array(Value.of(Double.NaN), Value.of(Double.NEGATIVE_INFINITY))))
                .isEqualTo("[null,null]");
    }

    @Test
    void texts_are_escaped_only_where_they_must_be() {
        assertThat(Json.write(Value.of("a\"\\/\b\f\n\r\t\0\u001f\u007fä\ud83d\ude00")))
                .isEqualTo("\"a\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u007fä\ud83d\ude00\"");
        assertThat(Json.write(new Value.Binary(new byte[] {1, 2, 3, -1}))).isEqualTo("\"AQID/w==\"");
    }

    @Test
    void every_value_but_binary_comes_back() {
        ValueGenerator generator = new ValueGenerator(52);
        for (int round = 0; round < 30_000; round++) {
            Value value = withoutBinary(generator.value());
            parsed(Json.write(value), value);
        }
    }

    private static Value withoutBinary(Value value) {
        return switch (value) {
            case Value.Binary ignored -> Value.NULL;
            case Value.Array array ->
                new Value.Array(
                        array.elements().stream().map(JsonTest::withoutBinary).toList());
            case Value.Struct struct -> {
                Value.Struct.Builder fields = Value.Struct.builder();
                for (int i = 0; i < struct.size(); i++) {
                    fields.put(struct.name(i), withoutBinary(struct.value(i)));
                }
                yield fields.build();
            }
            default -> value;
        };
    }

    @Test
    void the_parser_is_total() {
        Fuzzing.total(53, g -> Json.write(g.value()).getBytes(StandardCharsets.UTF_8), bytes -> {
            Value value = Json.parse(bytes);
            assertThat(Json.parse(Json.write(value))).isEqualTo(value);
            assertThat(Json.parse(new String(bytes, StandardCharsets.UTF_8))).isEqualTo(value);
        });
    }

    @Test
    void truncation_is_always_noticed() {
        ValueGenerator generator = new ValueGenerator(54);
        for (int round = 0; round < 500; round++) {
            byte[] text = Json.write(array(generator.value())).getBytes(StandardCharsets.UTF_8);
            for (int length = 0; length < text.length; length++) {
                int cut = length;
                assertThatThrownBy(() -> Json.parse(text, 0, cut)).isInstanceOf(MalformedException.class);
            }
        }
    }
}
