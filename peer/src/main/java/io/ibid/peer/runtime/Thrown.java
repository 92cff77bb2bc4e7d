package io.ibid.peer.runtime;

/**
 * Passes on what a callback threw, whatever it is. Lambdas declare no exceptions, but other languages on the JVM and generic code
 * throw checked ones through them all the same.
 */
final class Thrown {
    private Thrown() {}

    /** Throws it as it is. */
    static RuntimeException again(Throwable thrown) {
        return Thrown.<RuntimeException>undeclared(thrown);
    }

    @SuppressWarnings("unchecked") // that it is no such exception is the point
    private static <E extends Throwable> RuntimeException undeclared(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
