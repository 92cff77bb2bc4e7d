package io.ibid.core.sync.wire;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;

/** The partner broke the protocol; the message names the message and what is wrong with it. */
public final class ProtocolException extends IbidException {
    private static final long serialVersionUID = 1L;

    private final FaultCode fault;

    public ProtocolException(String message) {
        this(FaultCode.PROTOCOL, message);
    }

    /** With a code of its own for the ERROR that the partner gets. */
    public ProtocolException(FaultCode fault, String message) {
        super(ErrorCode.SYNC_PROTOCOL, message);
        this.fault = fault;
    }

    public FaultCode fault() {
        return fault;
    }
}
