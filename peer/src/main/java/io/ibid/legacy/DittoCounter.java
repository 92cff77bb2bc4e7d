package io.ibid.legacy;

import org.jspecify.annotations.Nullable;

/**
 * A number that several peers can add to at the same time: all their increments count. A new one, as the value of a field in an upsert,
 * makes the field a counter that begins at 0; where there is one already it stays as it is. DQL calls it PN_COUNTER.
 */
public sealed class DittoCounter permits DittoMutableCounter {
    private final double value;

    /** A counter that has counted nothing. */
    public DittoCounter() {
        this(0);
    }

    DittoCounter(double value) {
        this.value = value;
    }

    /** What has been counted, as far as this peer knows. */
    public double getValue() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DittoCounter that && getValue() == that.getValue();
    }

    @Override
    public int hashCode() {
        return Double.hashCode(getValue());
    }

    @Override
    public String toString() {
        return "DittoCounter(" + getValue() + ")";
    }
}
