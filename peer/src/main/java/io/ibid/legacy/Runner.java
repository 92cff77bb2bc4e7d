package io.ibid.legacy;

import io.ibid.core.query.ResultRow;
import io.ibid.core.value.Value;
import java.util.List;
import java.util.function.Function;

/** Runs DQL: each statement for itself, or all of them in one transaction. */
interface Runner {

    Answer run(String statement, Value.Struct arguments);

    /** Does the work in one transaction: a new one, or that of this runner. */
    <T> T together(Function<Runner, T> work);

    /** What a statement read, and the ids that it wrote. */
    record Answer(List<ResultRow> rows, List<Value> ids) {}
}
