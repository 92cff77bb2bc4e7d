package io.ibid.core.query.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.query.syntax.Parser;
import io.ibid.core.query.syntax.QueryException;
import io.ibid.core.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyConditionTest {
    private static final Value.Struct ARGUMENTS = Value.Struct.builder()
            .put("yesterday", Value.of("2022-09-17T20:00:46.945Z"))
            .put("none", Value.NULL)
            .put("colors", new Value.Array(List.of(Value.of("red"), Value.of("blue"))))
            .put("car", Value.Struct.builder().put("color", Value.of("red")).build())
            .build();

    private static String dql(String text) {
        return LegacyCondition.toDql(text, ARGUMENTS, "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '§', quoteCharacter = '~', textBlock = """
            color == 'red'                                § (`color` = "red")
            owner == "Bob"                                § (`owner` = "Bob")
            status != 'COMPLETE'                          § (`status` != "COMPLETE")
            createdAt <= $args.yesterday                  § (`createdAt` <= :yesterday)
            createdAt <= $args['yesterday']               § (`createdAt` <= :yesterday)
            isDeleted == true                             § (`isDeleted` = TRUE)
            isSafeToEvict                                 § `isSafeToEvict`
            a > -3 && b < 2.5e1                           § ((`a` > -3) AND (`b` < 25.0))
            a == 1 || b == 2 && c == 3                    § ((`a` = 1) OR ((`b` = 2) AND (`c` = 3)))
            (a == 1 || b == 2) && !(c == 3)               § (((`a` = 1) OR (`b` = 2)) AND (NOT (`c` = 3)))
            !a == 1                                       § (NOT (`a` = 1))
            a == null                                     § ((`a` IS NULL) OR (`a` IS MISSING))
            null != a                                     § ((`a` IS NOT NULL) AND (`a` IS NOT MISSING))
            a == $args.none                               § ((`a` IS NULL) OR (`a` IS MISSING))
            a == $args.car.size                           § ((`a` IS NULL) OR (`a` IS MISSING))
            a.b['c-d'].e == $args.car.color               § (`a`.`b`.`c-d`.`e` = :car.`color`)
            a[0].b == 'it\\'s'                            § (`a`[0].`b` = "it's")
            contains(['red', 'blue'], color)              § (`color` IN ("red", "blue"))
            contains($args.colors, color)                 § (`color` IN :colors)
            contains(tags, 'new')                         § `ifmissing`(`array_contains`(`tags`, "new"), `contains`(`tags`, "new"))
            contains([null], a)                           § `ifmissing`(`array_contains`([NULL], `a`), `contains`([NULL], `a`))
            starts_with(name, 'A') && ends_with(name,'z') § (`starts_with`(`name`, "A") AND `ends_with`(`name`, "z"))
            regex(name, '^\\\\d+$')                       § `regexp_like`(`name`, "^\\\\d+$")
            größe == "\\u00e9\\n"                         § (`größe` = "é\\n")
            9223372036854775807 == a                      § (9223372036854775807 = `a`)
            """)
    void a_condition_is_the_one_of_dql_that_means_the_same(String text, String expected) {
        assertThat(dql(text)).isEqualTo(expected);
    }

    @Test
    void a_field_that_is_called_like_its_collection_stays_a_field() {
        assertThat(LegacyCondition.toDql("cars.color == 'red'", Value.Struct.EMPTY, "cars"))
                .isEqualTo("(`cars`.`cars`.`color` = \"red\")");
        assertThat(LegacyCondition.pathToDql("a['b c'].d", "cars")).isEqualTo("`cars`.`a`.`b c`.`d`");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '§', quoteCharacter = '~', textBlock = """
            color = 'red'              §  7 § equality is written `==`
            a == 1 AND b == 2          §  8 § both conditions: `&&`
            a == 1 & b == 2            §  8 § `&&`
            a == 1 or b == 2           §  8 § `||`
            not a == 1                 §  1 § negated by `!`
            a IN ['x']                 §  3 § `contains(list, value)`
            name LIKE 'A%'             §  6 § `starts_with`
            a IS null                  §  3 § `== null`
            a == 1 ORDER BY b          §  8 § `sort(...)`
            a == :b                    §  6 § `$args.name`
            `a` == 1                   §  1 § `a['b-c']`
            a + 1 == 2                 §  3 § does not calculate
            a - 1 == 2                 §  3 § does not calculate
            1 < a < 3                  §  7 § joined with `&&`
            SELECT * FROM cars         §  8 § does not calculate
            SELECT a FROM cars         §  1 § goes to `execute`
            a == 'red                  §  6 § the string has no end
            a == '\\d'                 §  7 § a backslash itself is written `\\\\`
            (a == 1                    §  8 § the `(` at 1 is not closed
            a == [1, 2                 § 11 § the list at 6 is not closed
            contain(a, 1)              §  1 § did you mean `contains`?
            lower(a) == 'b'            §  1 § there are contains, starts_with, ends_with, regex
            contains(a)                § 11 § takes two arguments
            a == $args.color           §  6 § Argument $args.color was not provided
            a == $args                 §  6 § needs the name of an argument
            a.                         §  3 § expected the name of a field, found the end
            a[b] == 1                  §  3 § expected a string or the place in a list
            a ==                       §  5 § found the end
            """)
    void what_is_no_condition_is_refused_with_its_place_and_a_hint(String text, int column, String hint) {
        assertThatThrownBy(() -> dql(text))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining(hint)
                .hasMessageContaining("(line 1, column " + column + ")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void no_condition_is_an_error_that_names_the_call_for_everything(String text) {
        assertThatThrownBy(() -> dql(text)).hasMessageContaining("`findAll()`");
    }

    @Test
    void token_soup_is_a_condition_of_dql_or_an_error_with_a_place() {
        List<String> soup = List.of(
                "a",
                "b",
                ".",
                "[",
                "]",
                "(",
                ")",
                "0",
                "1.5",
                "'x'",
                "\"",
                "==",
                "!=",
                "<",
                "&&",
                "||",
                "!",
                "-",
                ",",
                "contains(",
                "regex(",
                "null",
                "true",
                "$args",
                "$args.colors",
                "$args.none",
                "\\",
                "=",
                "é",
                "\ud83d");
        Random random = new Random(11);
        int conditions = 0;
        for (int round = 0; round < 30_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(9); i >= 0; i--) {
                text.append(soup.get(random.nextInt(soup.size()))).append(random.nextBoolean() ? " " : "");
            }
            try {
                String condition = dql(text.toString());
                Parser.parse("SELECT * FROM c WHERE " + condition);
                conditions++;
            } catch (QueryException refused) {
                assertThat(refused.place()).as("%s", text).isNotNull();
            }
        }
        assertThat(conditions).isGreaterThan(300);
    }

    @Test
    void hostile_text_costs_neither_stack_nor_time() {
        Assertions.assertTimeout(Duration.ofSeconds(5), () -> {
            for (String piece :
                    List.of("(", "!", "[", "contains(", "a.", "a[0]", "$args.car.a", "-", "a && ", "9", "'")) {
                String text = piece.repeat(200_000 / piece.length());
                assertThatThrownBy(() -> dql(text)).as(piece).isInstanceOf(QueryException.class);
            }
            dql("a == 1 && ".repeat(20_000) + "b");
            dql("a == $args.car" + ".b".repeat(90));
        });
    }
}
