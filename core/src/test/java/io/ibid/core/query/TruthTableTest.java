package io.ibid.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Logic over TRUE, FALSE, NULL and MISSING. */
class TruthTableTest {
    private static final List<String> VALUES = List.of("true", "false", "NULL", "MISSING");

    private final Dql dql = new Dql();

    /** One row per left operand, one column per right operand, both in the order T F N M. */
    private void table(String operator, String expected) {
        StringBuilder actual = new StringBuilder();
        for (String left : VALUES) {
            for (String right : VALUES) {
                actual.append(letter(dql.value(left + " " + operator + " " + right)));
            }
            actual.append(' ');
        }
        assertThat(actual.toString().strip()).isEqualTo(expected);
    }

    private static char letter(String value) {
        return switch (value) {
            case "true" -> 'T';
            case "false" -> 'F';
            case "null" -> 'N';
            default -> 'M';
        };
    }

    @Test
    void and_or_and_xor_follow_their_tables() {
        table("AND", "TFNM FFFF NFNM MFMM");
        table("OR", "TTTT TFNM TNNN TMNM");
        table("XOR", "FTNM TFNM NNNM MMMM");
    }

    @Test
    void not_keeps_null_and_missing() {
        assertThat(VALUES.stream()
                        .map(value -> letter(dql.value("NOT " + value)))
                        .toList())
                .containsExactly('F', 'T', 'N', 'M');
    }

    @Test
    void what_is_no_boolean_counts_as_missing() {
        Table.check("""
                NOT 1 => MISSING
                1 AND false => false
                1 AND true => MISSING
                'a' OR true => true
                'a' OR false => MISSING
                1 XOR true => MISSING
                """, dql::value);
    }

    @Test
    void conditions_on_a_field_that_is_true_false_null_or_missing() {
        dql.with(
                "c",
                "[{\"_id\":\"f\",\"x\":false},{\"_id\":\"m\"},{\"_id\":\"n\",\"x\":null},{\"_id\":\"t\",\"x\":true}]");
        Table.check(
                """
                x = false => f
                x != true => f
                NOT x => f
                coalesce(x,false) = false => fmn
                x IS NULL => n
                x IS UNKNOWN => n
                x IS NOT NULL => fmt
                x IS NOT UNKNOWN => fmt
                x IS MISSING => m
                x IS NOT MISSING => fnt
                ismissingornull(x) => mn
                x => t
                NOT (x = false) => t
                x = x => ft
                x = x OR x IS NULL => fnt
                (x AND true) IS MISSING => m
                x IN (true, null) => t
                NOT (x IN (true)) => f
                """,
                condition -> dql.run("SELECT _id FROM c WHERE " + condition)
                        .replaceAll("[^fmnt]*\"_id\":\"(.)\"}\n?", "$1")
                        .replaceAll("[{}]", ""));
    }
}
