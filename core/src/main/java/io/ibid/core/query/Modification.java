package io.ibid.core.query;

import io.ibid.core.value.Path;
import io.ibid.core.value.Value;

/** One change to one field of a document, with its operand evaluated. The path never begins with {@code _id}. */
public sealed interface Modification {

    Path path();

    /** Assigns; an object given to a MAP merges. The value is never MISSING. */
    record Set(Path path, Value value) implements Modification {}

    /** Makes the field MISSING, a map with all its children. */
    record Unset(Path path) implements Modification {}

    /** Adds to a COUNTER, which an absent field becomes. */
    record Increment(Path path, long amount) implements Modification {}

    /** Sets a COUNTER and discards increments it has not seen. */
    record Restart(Path path, long value) implements Modification {}

    /** Adds to a PN_COUNTER; the amount is an integer or a float. */
    record PnIncrement(Path path, Value amount) implements Modification {}

    /** {@code -> default()}: null for a REGISTER, {@code {}} for a MAP; the other types refuse it. */
    record Default(Path path) implements Modification {}
}
