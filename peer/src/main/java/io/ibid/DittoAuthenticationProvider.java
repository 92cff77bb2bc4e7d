package io.ibid;

import java.util.Objects;

/**
 * Who checks the token of a login.
 *
 * @param rawValue the name of the provider in the configuration of the server
 */
public record DittoAuthenticationProvider(String rawValue) {
    private static final String DEVELOPMENT = "__playgroundProvider";

    public DittoAuthenticationProvider {
        Objects.requireNonNull(rawValue, "rawValue");
    }

    /** The provider of development tokens. */
    public static DittoAuthenticationProvider development() {
        return new DittoAuthenticationProvider(DEVELOPMENT);
    }

    public static DittoAuthenticationProvider custom(String name) {
        return new DittoAuthenticationProvider(name);
    }

    public String getRawValue() {
        return rawValue;
    }

    /** The raw value. */
    @Override
    public String toString() {
        return rawValue;
    }
}
