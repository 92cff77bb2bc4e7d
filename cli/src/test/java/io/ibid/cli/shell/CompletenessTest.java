package io.ibid.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompletenessTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                ".help",
                "  .watch SELECT",
                "SELECT * FROM cars",
                "SELECT 1 + 1",
                "select upper('a')",
                "SELECT * FROM cars -- all of them",
                "DELETE FROM cars",
                "INSERT INTO cars DOCUMENTS ({'a': 'b;c'})",
                "SELECT *;",
                "SELECT *\n",
                "SELECT * FORM cars",
                "SELECT * FROM cars\nWHERE a == ==",
                "nonsense"
            })
    void what_is_whole_or_wrong_before_its_end_runs(String text) {
        assertThat(Completeness.isComplete(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT",
                "SELECT *",
                "SELECT make, upper(model)",
                "SELECT * FROM",
                "SELECT * FROM cars WHERE",
                "SELECT * FROM cars WHERE a = 'x\ny",
                "SELECT * FROM cars WHERE a = \"x;",
                "SELECT * FROM `my cars",
                "SELECT * FROM cars /* not yet;",
                "SELECT * FROM cars WHERE (a = 1 -- and\n  AND b = 2",
                "SELECT *\nFROM `東京` WHERE a IN (",
                "INSERT INTO cars DOCUMENTS ({'a': 1}),",
                "UPDATE cars",
                "-- only a comment"
            })
    void what_lacks_its_end_waits_for_it(String text) {
        assertThat(Completeness.isComplete(text)).isFalse();
    }

    @Test
    void an_empty_line_ends_everything_but_what_is_in_quotes() {
        assertThat(Completeness.isComplete("SELECT * FROM\n")).isTrue();
        assertThat(Completeness.isComplete("SELECT 'a\n")).isFalse();
    }
}
