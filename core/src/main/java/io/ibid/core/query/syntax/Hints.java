package io.ibid.core.query.syntax;

import io.ibid.core.error.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is added to a refusal when it can be guessed what was meant. */
final class Hints {
    /** What begins a clause behind an expression or a collection, where a mistyped one is taken for an alias. */
    private static final List<String> CLAUSES = List.of(
            "FROM",
            "WHERE",
            "GROUP",
            "HAVING",
            "ORDER",
            "LIMIT",
            "OFFSET",
            "SET",
            "UNSET",
            "APPLY",
            "RETURNING",
            "USE",
            "JOIN");

    private static final List<String> STATEMENTS = List.of(
            "SELECT", "INSERT", "UPDATE", "DELETE", "EVICT", "CREATE", "DROP", "ALTER", "SHOW", "EXPLAIN", "PROFILE",
            "ADVISE");

    private Hints() {}

    /** The clause that a word was probably meant to begin; empty when it resembles none. */
    static String clause(String word) {
        return NearestName.typo(word, CLAUSES);
    }

    /** The word among those expected that was probably meant; empty when it resembles none. */
    static String word(String expected, String found) {
        if (expected.equals(TokenKind.END_OF_TEXT.text())) {
            return clause(found);
        }
        if (expected.equals("a statement")) {
            return NearestName.typo(found, STATEMENTS);
        }
        List<String> words = Arrays.stream(expected.split(", | or "))
                .filter(it -> it.length() > 2 && it.equals(it.toUpperCase(Locale.ROOT)))
                .toList();
        return words.isEmpty() ? "" : NearestName.typo(found, words);
    }

    /** What to write instead of a character of other languages; empty when it is none of theirs. */
    static String character(char c) {
        return switch (c) {
            case '&' -> ", write AND";
            case '|' -> ", write OR, or || to join strings";
            case '!' -> ", write NOT";
            default -> "";
        };
    }
}
