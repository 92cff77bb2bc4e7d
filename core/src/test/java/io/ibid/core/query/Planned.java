package io.ibid.core.query;

import io.ibid.core.query.syntax.Parser;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;

/** A statement taken apart between its planning and its execution, so that tests can look at the plan, or run another one. */
record Planned(String text, Selection selection, Scope scope) {

    static Planned of(String text, StatementOptions options, Value.Struct arguments, Limits limits) {
        Preparation preparation = new Preparation(text, options);
        return of(preparation.program(Parser.parse(text)), preparation, arguments, limits);
    }

    /** A program that reads rows, and the preparation it comes from. */
    static Planned of(Program program, Preparation preparation, Value.Struct arguments, Limits limits) {
        Selection selection = program.selections().getFirst();
        Value[] values = preparation.compiler().parameters().sequencedKeySet().stream()
                .map(arguments::get)
                .toArray(Value[]::new);
        int terms = selection.terms().size();
        return new Planned(
                preparation.text(), selection, new Scope(preparation.compiler().layout(terms), values, limits));
    }

    Plan plan(Source source) {
        return selection.plan(source, scope);
    }

    List<Value.Struct> rows(Source source, Plan plan) {
        List<Value.Struct> rows = new ArrayList<>();
        try (Cursor cursor = new Cursors(source, scope, text, null).open(plan)) {
            while (cursor.next()) {
                ResultRow row = scope.output;
                if (row == null) {
                    throw new AssertionError("a plan without a projection");
                }
                rows.add(row.value());
            }
        } finally {
            scope.releaseMemory();
        }
        return rows;
    }
}
