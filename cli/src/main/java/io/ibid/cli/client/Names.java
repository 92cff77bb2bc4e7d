package io.ibid.cli.client;

import io.ibid.cli.terminal.CommandFailure;

/** Names inside DQL statements. */
public final class Names {
    private Names() {}

    /** A collection's name in backticks, so that any name is one. A colon-separated {@code system:} prefix stays in front. */
    public static String quoted(String name) {
        if (name.isBlank()) {
            throw CommandFailure.usage("a collection needs a name");
        }
        String prefix = name.startsWith("system:") ? "system:" : "";
        return prefix + '`' + name.substring(prefix.length()).replace("`", "``") + '`';
    }
}
