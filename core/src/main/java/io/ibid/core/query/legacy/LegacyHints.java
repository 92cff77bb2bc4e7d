package io.ibid.core.query.legacy;

import io.ibid.core.error.NearestName;
import java.util.List;
import java.util.Locale;

/** What somebody who writes DQL, SQL or JavaScript into the older language probably wants. */
final class LegacyHints {
    /** The functions, each with two arguments. */
    static final List<String> FUNCTIONS = List.of("contains", "starts_with", "ends_with", "regex");

    private LegacyHints() {}

    /** After a character that begins no token. */
    static String sign(char c) {
        return switch (c) {
            case '=' -> "; equality is written `==`";
            case '&' -> "; both conditions: `&&`";
            case '|' -> "; one of two conditions: `||`";
            case ':' -> "; an argument is written `$args.name`";
            case '`' -> "; a name with special characters is written `a['b-c']`";
            case '+', '*', '/', '%' -> "; this language does not calculate, a DQL statement does";
            default -> "";
        };
    }

    /** After what stands where an operator or the end has to be. */
    static String operator(LegacyToken found, boolean afterComparison) {
        if (found.kind() == LegacyToken.Kind.SIGN) {
            return switch (found.text()) {
                case "==", "!=", "<", "<=", ">", ">=" ->
                    afterComparison ? "; two comparisons are joined with `&&`" : "";
                case "-" -> sign('+');
                default -> "";
            };
        }
        return switch (found.text().toLowerCase(Locale.ROOT)) {
            case "and" -> sign('&');
            case "or" -> sign('|');
            case "not" -> "; a condition is negated by `!` before it";
            case "in" -> "; `contains(list, value)` asks whether a value is in a list";
            case "like" -> "; use `starts_with`, `ends_with`, `contains` or `regex`";
            case "between" -> "; write `a >= low && a <= high`";
            case "is" -> "; write `== null` or `!= null`";
            case "order", "sort" -> "; the order is set by `sort(...)`";
            case "limit", "offset" -> "; write `limit(...)` or `offset(...)` behind `find(...)`";
            default -> "";
        };
    }

    /** After a name where a condition begins. */
    static String beginning(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "select", "insert", "update", "delete", "evict" ->
                "; this is a condition only, a DQL statement goes to `execute`";
            case "not" -> "; a condition is negated by `!` before it";
            default -> "";
        };
    }

    /** After a function that does not exist. */
    static String function(String name) {
        String nearest = NearestName.resembling(name, FUNCTIONS);
        return nearest.isEmpty() ? "; there are " + String.join(", ", FUNCTIONS) : "; did you mean `" + nearest + "`?";
    }
}
