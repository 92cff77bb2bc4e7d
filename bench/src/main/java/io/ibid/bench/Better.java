package io.ibid.bench;

import java.util.Locale;

/** Which way a value should move. */
public enum Better {
    HIGHER,
    LOWER;

    /** Whether {@code value} is at least as good as {@code bound}. */
    public boolean reaches(double value, double bound) {
        return this == HIGHER ? value >= bound : value <= bound;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
