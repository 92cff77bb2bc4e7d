package io.ibid.core.value;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;

/** Bytes or text from outside are not what their format demands. The only exception a decoder of this package throws. */
public final class MalformedException extends IbidException {
    private static final long serialVersionUID = 1L;

    public MalformedException(String message) {
        super(ErrorCode.VALIDATION, message);
    }
}
