package io.ibid.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;

/** Tests written as lines of {@code input => expected output}; empty lines and lines that begin with # are for the reader. */
final class Table {

    private Table() {}

    static void check(String table, UnaryOperator<String> function) {
        int cases = 0;
        for (String line : table.split("\n")) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int arrow = line.lastIndexOf("=>");
            String input = line.substring(0, arrow).strip();
            assertThat(function.apply(input))
                    .as(input)
                    .isEqualTo(line.substring(arrow + 2).strip());
            cases++;
        }
        assertThat(cases).isPositive();
    }
}
