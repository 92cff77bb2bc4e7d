package io.ibid.core.query.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Pattern matching against an oracle that backtracks, and the guard against giant expressions. */
class PatternTest {
    private static final int ROUNDS = 200_000;

    @Test
    void like_agrees_with_backtracking() {
        Random random = new Random(3);
        for (int round = 0; round < ROUNDS; round++) {
            String pattern = text(random, "ab_%\\", 8);
            String text = text(random, "ab_%", 10);
            boolean ignoreCase = random.nextInt(4) == 0;
            String subject = ignoreCase ? text.replace('a', 'A') : text;
            LikePattern compiled = LikePattern.compile(pattern, '\\', ignoreCase);
            assertThat(compiled).isNotNull();
            assertThat(compiled.matches(subject))
                    .as("'%s' LIKE '%s'", subject, pattern)
                    .isEqualTo(backtrack(pattern, 0, text, 0));
            assertThat(!compiled.matches(subject)
                            || subject.startsWith(compiled.beginning().text()))
                    .isTrue();
        }
    }

    private static String text(Random random, String alphabet, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(length); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static boolean backtrack(String pattern, int p, String text, int t) {
        if (p == pattern.length()) {
            return t == text.length();
        }
        char c = pattern.charAt(p);
        if (c == '%') {
            for (int i = t; i <= text.length(); i++) {
                if (backtrack(pattern, p + 1, text, i)) {
                    return true;
                }
            }
            return false;
        }
        if (t == text.length()) {
            return false;
        }
        if (c == '_') {
            return backtrack(pattern, p + 1, text, t + 1);
        }
        int literal = c == '\\' && p + 1 < pattern.length() ? p + 1 : p;
        return pattern.charAt(literal) == text.charAt(t) && backtrack(pattern, literal + 1, text, t + 1);
    }

    @Test
    void the_size_of_an_expression_is_estimated_before_it_is_compiled() {
        assertThat(RegularExpressionSize.of("abc")).isEqualTo(3);
        assertThat(RegularExpressionSize.of("a{10}b")).isEqualTo(11);
        assertThat(RegularExpressionSize.of("(ab){10}")).isEqualTo(40);
        assertThat(RegularExpressionSize.of("(a{2,20}){0,5}")).isEqualTo(110);
        assertThat(RegularExpressionSize.of("[^]{100}]")).isEqualTo(1);
        assertThat(RegularExpressionSize.of("[[:alpha:]{9}]")).isEqualTo(1);
        assertThat(RegularExpressionSize.of("\\x{9999}\\p{Greek}\\Q{99}\\E")).isEqualTo(6);
        assertThat(RegularExpressionSize.of("a{x}")).isEqualTo(4);
        assertThat(RegularExpressionSize.of("((a{1000}){1000}){1000}")).isGreaterThan(RegularExpressionSize.MAX);
        assertThat(RegularExpressionSize.of("(a{99}")).isEqualTo(99);
    }

    @Test
    void any_expression_compiles_quickly_or_not_at_all() {
        Random random = new Random(4);
        for (int round = 0; round < ROUNDS / 4; round++) {
            String expression = text(random, "ab(){1,9}[]^$*+?|\\Q:x.-", 30);
            long startedAt = System.nanoTime();
            RegularExpressions.compile(expression, "");
            RegularExpressions.compileSimilar(expression, '\\');
            assertThat(System.nanoTime() - startedAt).as(expression).isLessThan(5_000_000_000L);
        }
    }
}
