package io.ibid.peer.runtime;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;

/** A statement ran longer than it may. */
public final class StatementTimeout extends IbidException {
    private static final long serialVersionUID = 1L;

    StatementTimeout(long timeoutMs) {
        super(ErrorCode.QUERY_EXECUTION, "The statement ran longer than its limit of " + timeoutMs + " ms");
    }
}
