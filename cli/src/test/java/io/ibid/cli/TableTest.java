package io.ibid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private static String print(int columns, String... rows) {
        List<Value.Struct> parsed =
                Arrays.stream(rows).map(row -> (Value.Struct) Json.parse(row)).toList();
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        Table.of(parsed).print(out, columns);
        out.flush();
        return text.toString();
    }

    @Test
    void long_cells_give_way_to_the_terminal() {
        String table = print(30, "{\"_id\":\"1\",\"a\":\"short\",\"z\":\"a text that is longer than the terminal\"}");
        assertThat(table.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(30));
        assertThat(table).contains("short").contains("a text that is lo…");
    }

    @Test
    void wide_characters_take_two_cells() {
        assertThat(print(80, "{\"a\":\"東京\",\"b\":\"x\"}", "{\"a\":\"abcd\",\"b\":\"y\"}"))
                .isEqualTo("""
                a     b
                ────  ─
                東京  x
                abcd  y
                """);
    }

    @Test
    void control_characters_cannot_move_the_cursor() {
        assertThat(print(80, "{\"a\":\"x\\u001b[2Jy\\nz\"}"))
                .doesNotContain("\u001b")
                .contains("x\\u001b[2Jy\\nz");
    }

    @Test
    void structs_and_lists_are_json() {
        assertThat(print(80, "{\"a\":{\"b\":[1,null]}}")).contains("{\"b\":[1,null]}");
    }

    @Test
    void numbers_stand_on_the_right() {
        assertThat(print(80, "{\"n\":1}", "{\"n\":100}")).isEqualTo("""
                  n
                ───
                  1
                100
                """);
    }
}
