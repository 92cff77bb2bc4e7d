package io.ibid.server;

/** Ends a request with a {@link Failure}. Flow, not an accident: it has no stack trace. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    Refusal(Failure failure) {
        super(failure.description(), null, false, false);
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
