package io.ibid.core.query.syntax;

import io.ibid.core.value.Value;
import java.util.List;

/** Writes names and values as a statement has them. */
public final class Notation {

    private Notation() {}

    /** Writes names with dots between them. */
    static void path(StringBuilder out, List<String> names) {
        String separator = "";
        for (String name : names) {
            out.append(separator);
            name(out, name);
            separator = ".";
        }
    }

    /** Writes a name in backticks. */
    public static void name(StringBuilder out, String name) {
        out.append('`').append(name.replace("`", "``")).append('`');
    }

    /** Writes a literal; binary has none. */
    static void value(StringBuilder out, Value value) {
        switch (value) {
            case Value.Missing missing -> out.append("MISSING");
            case Value.Null none -> out.append("NULL");
            case Value.Bool bool -> out.append(bool.value() ? "TRUE" : "FALSE");
            case Value.Int number -> out.append(number.value());
            case Value.Float number -> out.append(number.value());
            case Value.Text text -> text(out, text.value());
            case Value.Binary binary -> throw new AssertionError("binary values cannot be written in a statement");
            case Value.Array array -> {
                out.append('[');
                for (int i = 0; i < array.elements().size(); i++) {
                    out.append(i == 0 ? "" : ", ");
                    value(out, array.elements().get(i));
                }
                out.append(']');
            }
            case Value.Struct struct -> {
                out.append('{');
                for (int i = 0; i < struct.size(); i++) {
                    out.append(i == 0 ? "" : ", ");
                    text(out, struct.name(i));
                    out.append(" : ");
                    value(out, struct.value(i));
                }
                out.append('}');
            }
        }
    }

    /** Writes a string in double quotes. */
    static void text(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
