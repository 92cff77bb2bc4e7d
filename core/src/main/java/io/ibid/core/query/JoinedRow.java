package io.ibid.core.query;

import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import org.jspecify.annotations.Nullable;

/** The documents of a join side by side as an answer, each under its alias; decoded only when somebody asks for the value. */
final class JoinedRow implements ResultRow {
    private final String[] aliases;
    private final @Nullable Row[] documents;

    /** @param aliases in the order in which they are written */
    JoinedRow(String[] aliases, @Nullable Row[] documents) {
        this.aliases = aliases;
        this.documents = documents;
    }

    @Override
    public Value.Struct value() {
        Value.Struct.Builder value = Value.Struct.builder();
        for (int i = 0; i < aliases.length; i++) {
            Row document = documents[i];
            if (document != null) {
                value.put(aliases[i], document.document());
            }
        }
        return value.build();
    }

    @Override
    public void appendJson(StringBuilder out) {
        char separator = '{';
        for (int i = 0; i < aliases.length; i++) {
            Row document = documents[i];
            if (document != null) {
                out.append(separator);
                Json.appendText(out, aliases[i]);
                out.append(':');
                document.appendJson(out);
                separator = ',';
            }
        }
        out.append(separator == '{' ? "{}" : "}");
    }

    /** It is made of several. */
    @Override
    public @Nullable Row document() {
        return null;
    }
}
