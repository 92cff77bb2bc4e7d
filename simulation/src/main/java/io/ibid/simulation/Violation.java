package io.ibid.simulation;

/** An invariant does not hold in a simulated world. */
public final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String invariant;

    Violation(String invariant, String what) {
        super(invariant + ": " + what);
        this.invariant = invariant;
    }

    Violation(String invariant, Throwable cause) {
        super(invariant + ": " + cause, cause);
        this.invariant = invariant;
    }

    /** Its name in the design: I1, I2, … */
    public String invariant() {
        return invariant;
    }
}
