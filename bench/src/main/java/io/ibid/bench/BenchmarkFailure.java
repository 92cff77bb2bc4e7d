package io.ibid.bench;

/** A figure that means nothing: a side did not keep its durability, or did less work than the other. The message says which and why. */
public final class BenchmarkFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BenchmarkFailure(String message) {
        super(message);
    }

    public BenchmarkFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
