package io.ibid.core.query;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.value.Cbor;
import io.ibid.core.value.Value;

/** Bounds what one statement is given. */
final class ArgumentSize {
    /** Of all arguments together, in CBOR. */
    static final int BYTES_MAX = 16 << 20;

    private ArgumentSize() {}

    /** @throws IbidException {@code query/arguments-invalid} naming the limit */
    static void require(Value.Struct arguments) {
        // Most are so small that not even three bytes per char would reach the limit; only the others are measured.
        if (3 * Sizes.of(arguments) > BYTES_MAX) {
            long bytes = Cbor.encode(arguments).length;
            if (bytes > BYTES_MAX) {
                throw new IbidException(
                        ErrorCode.QUERY_ARGUMENTS_INVALID,
                        "The arguments take " + bytes + " bytes, and the limit is " + BYTES_MAX
                                + " bytes for one statement");
            }
        }
    }
}
