package io.ibid.cli.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TablePagesTest {
    private static String print(int columns, String... rows) {
        return print("SELECT * FROM c", columns, Arrays.stream(rows));
    }

    private static String print(String statement, int columns, Stream<String> rows) {
        StringWriter text = new StringWriter();
        TablePages pages = new TablePages(new PrintWriter(text), ColumnOrder.of(statement), columns);
        rows.forEach(row -> pages.add((Value.Struct) Json.parse(row)));
        pages.finish();
        return text.toString();
    }

    private static int widest(String text) {
        return text.lines().mapToInt(Cells::width).max().orElse(0);
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

    @Test
    void columns_stand_as_the_statement_lists_them() {
        String statement = "SELECT make, engine.kw, COUNT(*), year AS y FROM cars GROUP BY make, engine.kw, year";
        assertThat(print(statement, 80, Stream.of("{\"kw\":1,\"make\":\"a\",\"y\":2,\"($3)\":4,\"other\":5}")))
                .startsWith("make  kw  ($3)  y  other\n");
        assertThat(print("UPDATE c SET a = 1 RETURNING z, a", 80, Stream.of("{\"a\":1,\"z\":2}")))
                .startsWith("z  a\n");
        assertThat(print("THIS IS OF THE FUTURE", 80, Stream.of("{\"a\":1,\"_id\":2}")))
                .startsWith("_id  a\n");
    }

    @Test
    void what_does_not_fit_side_by_side_stands_one_below_the_other() {
        String row = IntStream.range(0, 20)
                .mapToObj(i -> "\"field" + i + "\":\"value " + i + "\"")
                .collect(Collectors.joining(",", "{\"_id\":\"1\",", "}"));
        String shown = print(60, row, "{\"_id\":\"2\",\"field3\":\"" + "東京".repeat(200) + "\"}");
        assertThat(widest(shown)).isLessThanOrEqualTo(60);
        assertThat(shown).contains("── row 1 ─", "field19  value 19\n", "── row 2 ─", "…\n");
        assertThat(shown.lines().filter(line -> line.contains("東京"))).hasSize(5);
    }

    @Test
    void a_terminal_of_one_cell_is_served() {
        assertThat(print(1, "{\"a\":\"東京\",\"b\":\"xy\"}")).contains("東\n", "京\n", "x\n", "y\n");
    }

    @Test
    void in_a_pipe_nothing_is_cut_and_one_long_cell_does_not_widen_its_column() {
        String large = "x".repeat(5_000);
        String shown = print(Integer.MAX_VALUE, "{\"a\":\"" + large + "\",\"b\":1}", "{\"a\":\"y\",\"b\":2}");
        assertThat(shown.lines()).contains(large + "  1", "y  2");
    }

    @Test
    void a_field_of_a_later_page_gets_a_column_below_a_new_header() {
        Stream<String> rows = IntStream.range(0, 1_100).mapToObj(i -> i < 600 ? "{\"a\":1}" : "{\"a\":1,\"b\":2}");
        String shown = print("SELECT * FROM c", 80, rows);
        assertThat(shown.lines().filter(line -> line.startsWith("a"))).containsExactly("a", "a  b");
        assertThat(shown.lines().filter(line -> line.startsWith("1"))).hasSize(1_100);
        assertThat(shown.lines().filter(line -> line.equals("1  2"))).hasSize(500);
    }
}
