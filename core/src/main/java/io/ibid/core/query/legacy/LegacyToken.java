package io.ibid.core.query.legacy;

import io.ibid.core.value.Value;

/**
 * One token of the older language.
 *
 * @param at its offset in the text, in chars
 * @param end the offset behind it
 * @param text a name, an operator, or the token as written
 * @param value what a number or a string stands for, else MISSING
 */
record LegacyToken(Kind kind, int at, int end, String text, Value value) {

    enum Kind {
        NAME,
        STRING,
        NUMBER,
        /** An operator, a bracket, a comma or a dot. */
        SIGN,
        END
    }

    boolean is(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    /** How a message shows it. */
    String shown() {
        return kind == Kind.END ? "the end" : "`" + text + "`";
    }
}
