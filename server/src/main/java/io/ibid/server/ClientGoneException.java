package io.ibid.server;

/** The client closed its connection before it was answered. Flow, not an accident: it has no stack trace. */
final class ClientGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClientGoneException() {
        super("the client closed the connection", null, false, false);
    }
}
