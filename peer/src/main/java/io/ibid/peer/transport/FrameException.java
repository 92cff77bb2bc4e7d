package io.ibid.peer.transport;

import java.io.IOException;

/** The partner sent bytes that are no frame. */
final class FrameException extends IOException {
    private static final long serialVersionUID = 1L;

    FrameException(String message) {
        super(message);
    }
}
