package io.ibid.core.query;

import io.ibid.core.value.Value;

/** A whole document as an answer; decoded only when somebody asks for the value. */
record DocumentRow(Row document) implements ResultRow {

    @Override
    public Value.Struct value() {
        return document.document();
    }

    @Override
    public void appendJson(StringBuilder out) {
        document.appendJson(out);
    }
}
