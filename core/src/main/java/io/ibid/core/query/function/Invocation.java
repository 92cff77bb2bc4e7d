package io.ibid.core.query.function;

import io.ibid.core.value.Value;

/** What a function may know and tell of the execution it is called in. */
public interface Invocation {

    /** Milliseconds since 1970, the same during one execution. */
    long nowMs();

    /** What {@code request_info()} answers, the same during one execution. */
    Value request();

    /** Counts an operand of the wrong type, for a warning at the end, and answers MISSING, which the function returns. */
    Value wrongType(String function);

    /** Counts a date without a zone, likewise. */
    Value zonelessDate(String function);
}
