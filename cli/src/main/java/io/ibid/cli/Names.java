package io.ibid.cli;

/** Names inside DQL statements. */
final class Names {
    private Names() {}

    /** A collection's name in backticks, so that any name is one. A colon-separated {@code system:} prefix stays in front. */
    static String quoted(String name) {
        if (name.isBlank()) {
            throw CommandFailure.usage("a collection needs a name");
        }
        String prefix = name.startsWith("system:") ? "system:" : "";
        return prefix + '`' + name.substring(prefix.length()).replace("`", "``") + '`';
    }
}
