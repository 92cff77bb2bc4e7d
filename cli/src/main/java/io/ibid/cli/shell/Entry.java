package io.ibid.cli.shell;

import java.util.ArrayList;
import java.util.List;

/** What was entered at once may hold several statements, or one dot command. */
final class Entry {
    private Entry() {}

    /** The parts to run one after another, none of them blank. */
    static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        String rest = text.strip();
        while (!rest.isEmpty()) {
            int semicolon =
                    rest.startsWith(".") ? -1 : StatementText.scan(rest, 0).semicolon();
            int end = semicolon < 0 ? rest.length() : semicolon + 1;
            String part = rest.substring(0, end);
            if (!StatementText.isBlank(part)) {
                parts.add(part);
            }
            rest = rest.substring(end).strip();
        }
        return parts;
    }
}
