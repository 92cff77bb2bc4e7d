package io.ibid.legacy;

/** Throws what nothing declares: this API has no checked exceptions, and applications' callbacks may have some. */
final class Thrown {

    private Thrown() {}

    /** Something of the application that may fail. */
    interface Callback {
        void run() throws Exception;
    }

    /** Calls the application; what it throws comes out as it is. */
    static void call(Callback callback) {
        try {
            callback.run();
        } catch (Exception e) {
            throw sneak(e);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the compiler infers an unchecked exception for E
    static <E extends Throwable> RuntimeException sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
