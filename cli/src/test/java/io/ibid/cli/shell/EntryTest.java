package io.ibid.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EntryTest {
    @Test
    void statements_end_with_semicolons_outside_of_strings_names_and_comments() {
        assertThat(Entry.parts("SELECT ';' ; /* ; */ SELECT `;` -- ;\n; SELECT \"\\\";\" "))
                .containsExactly("SELECT ';' ;", "/* ; */ SELECT `;` -- ;\n;", "SELECT \"\\\";\"");
    }

    @Test
    void what_is_blank_is_no_part() {
        assertThat(Entry.parts(" ;; -- nothing\n ; SELECT 1;")).containsExactly("SELECT 1;");
        assertThat(Entry.parts("\n")).isEmpty();
    }

    @Test
    void a_dot_command_is_one_whatever_is_in_it() {
        assertThat(Entry.parts(" .watch SELECT 1; ")).containsExactly(".watch SELECT 1;");
    }
}
