package io.ibid.core.query.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Properties of the parser over generated, damaged and hostile text. */
class ParserTest {
    private static final int ROUNDS = Boolean.getBoolean("ibid.long") ? 3_000_000 : 60_000;

    @Test
    void what_the_printer_writes_parses_to_the_same_tree() {
        for (int seed = 0; seed < ROUNDS / 3; seed++) {
            String text = new StatementGenerator(seed).statement();
            Command tree = Parser.parseWithoutPlaces(text);
            String printed = CommandPrinter.print(tree);
            assertThat(Parser.parseWithoutPlaces(printed))
                    .as("%s\nprinted as %s", text, printed)
                    .isEqualTo(tree);
        }
    }

    @Test
    void damaged_statements_are_statements_or_positioned_errors() {
        Random random = new Random(7);
        for (int round = 0; round < ROUNDS; round++) {
            feed(damaged(new StatementGenerator(random.nextLong()).statement(), random));
        }
    }

    @Test
    void token_soup_is_a_statement_or_a_positioned_error() {
        Random random = new Random(8);
        List<String> soup = soup();
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "SELECT " : "");
            for (int i = random.nextInt(15); i >= 0; i--) {
                text.append(soup.get(random.nextInt(soup.size()))).append(random.nextInt(5) == 0 ? "" : " ");
            }
            feed(text.toString());
        }
    }

    private static List<String> soup() {
        TreeSet<String> soup = new TreeSet<>(List.of(
                "a", "'s'", "\"t\"", "1", "2.5", "0xF", ":p", "`q`", "?", "\\", "\0", "\ud83d", "é", "--", "/*", "*/",
                "/*+", "x(", "'", "`"));
        for (TokenKind kind : TokenKind.values()) {
            soup.add(kind.text());
        }
        return List.copyOf(soup);
    }

    private static String damaged(String text, Random random) {
        StringBuilder damaged = new StringBuilder(text);
        for (int i = random.nextInt(3); i >= 0 && !damaged.isEmpty(); i--) {
            int at = random.nextInt(damaged.length());
            switch (random.nextInt(4)) {
                case 0 -> damaged.deleteCharAt(at);
                case 1 -> damaged.insert(at, (char) random.nextInt(128));
                case 2 -> damaged.setCharAt(at, "'`\"()[]{}.,:;*-/\\\n\ud83d".charAt(random.nextInt(19)));
                default -> {
                    int end = Math.min(damaged.length(), at + random.nextInt(12));
                    damaged.insert(random.nextInt(damaged.length()), damaged.substring(at, end));
                }
            }
        }
        return damaged.toString();
    }

    private static void feed(String text) {
        try {
            Parser.parse(text);
        } catch (QueryException refused) {
            assertThat(refused.code()).isIn(ErrorCode.QUERY_INVALID, ErrorCode.QUERY_UNSUPPORTED);
            assertThat(refused.place()).isNotNull();
            assertThat(refused.getMessage()).contains(" (line ").endsWith("^");
        } catch (RuntimeException | AssertionError | StackOverflowError wrong) {
            Assertions.fail("Statement " + text, wrong);
        }
    }

    @Test
    void deep_nesting_is_refused_and_never_exhausts_the_stack() {
        int deep = 100_000;
        for (String hostile : List.of(
                "SELECT " + "(".repeat(deep),
                "SELECT " + "(".repeat(deep) + "1" + ")".repeat(deep),
                "SELECT " + "[".repeat(deep),
                "SELECT " + "{'a':".repeat(deep),
                "SELECT " + "- ".repeat(deep) + "1",
                "SELECT " + "NOT ".repeat(deep) + "a",
                "SELECT " + "lower(".repeat(deep),
                "SELECT " + "CASE WHEN ".repeat(deep),
                "SELECT " + "CAST(".repeat(deep),
                "SELECT " + "a IN (".repeat(deep),
                "SELECT " + "ANY v IN ".repeat(deep),
                "SELECT " + "ARRAY ".repeat(deep),
                "SELECT a" + " + a".repeat(deep),
                "SELECT a" + " IS NULL".repeat(deep),
                "SELECT a" + " = a".repeat(deep),
                "SELECT a" + "[0]".repeat(deep),
                "SELECT a" + ".b".repeat(deep),
                "SELECT (a)" + ".b".repeat(deep),
                "SELECT a" + " BETWEEN a AND a".repeat(deep / 10),
                "SELECT a LIKE " + "a ESCAPE a LIKE ".repeat(deep / 10),
                "UPDATE c SET a" + " -> (a".repeat(deep),
                "SELECT * FROM COLLECTION c " + "(a MAP".repeat(deep))) {
            Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
                assertThatThrownBy(() -> Parser.parse(hostile))
                        .as(hostile.substring(0, 40))
                        .isInstanceOf(IbidException.class);
                assertThatThrownBy(() -> Parser.parse(hostile)).hasMessageContaining("nested deeper than 256 levels");
            });
        }
    }

    @Test
    void chains_of_and_and_or_may_be_long() {
        Parser.parse("SELECT a" + " AND a".repeat(100_000));
        Parser.parse("SELECT a" + " OR a".repeat(100_000));
        Parser.parse("SELECT a IN (1" + ", 1".repeat(200_000) + ")");
        Parser.parse("SELECT " + "(".repeat(250) + "1" + ")".repeat(250));
        Parser.parse("SELECT a" + " + a".repeat(250));
    }

    @Test
    void chains_inside_brackets_cannot_build_higher_trees() {
        String chain = " + 1".repeat(200);
        String text = "SELECT " + "(".repeat(200) + "1" + (chain + ")").repeat(200);
        assertThatThrownBy(() -> Parser.parse(text)).hasMessageContaining("nested deeper than 256 levels");
    }

    @Test
    void texts_and_names_have_limits() {
        assertThatThrownBy(() -> Parser.parse("SELECT '" + "x".repeat(Parser.TEXT_BYTES_MAX) + "'"))
                .hasMessageStartingWith("the statement is longer than 1048576 bytes (line 1, column 1)");
        assertThatThrownBy(() -> Parser.parse("SELECT '" + "€".repeat(Parser.TEXT_BYTES_MAX / 3) + "'"))
                .hasMessageStartingWith("the statement is longer than 1048576 bytes");
        Parser.parse("SELECT '" + "x".repeat(Parser.TEXT_BYTES_MAX - 9) + "'");
        Parser.parse("SELECT " + "x".repeat(1024));
        Parser.parse("SELECT `" + "é".repeat(512) + "`");
        assertThatThrownBy(() -> Parser.parse("SELECT " + "x".repeat(1025)))
                .hasMessageStartingWith("the name is longer than 1024 bytes (line 1, column 8)");
        assertThatThrownBy(() -> Parser.parse("SELECT `" + "é".repeat(513) + "`"))
                .hasMessageStartingWith("the name is longer than 1024 bytes");
    }

    @Test
    void every_keyword_is_found_in_any_case() {
        for (TokenKind kind : TokenKind.values()) {
            if (kind.isKeyword()) {
                String word = kind.text();
                String mixed = word.substring(0, 1).toLowerCase(Locale.ROOT) + word.substring(1);
                assertThat(Lexer.scan(word).kind(0)).isEqualTo(kind);
                assertThat(Lexer.scan(mixed).kind(0)).isEqualTo(kind);
                assertThat(Lexer.scan(word + "x").kind(0)).isEqualTo(TokenKind.WORD);
            }
        }
    }
}
