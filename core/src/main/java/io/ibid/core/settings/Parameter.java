package io.ibid.core.settings;

import io.ibid.core.value.Value;
import java.util.Locale;

/**
 * One system parameter.
 *
 * @param name in lower case
 * @param domain the values that it takes
 * @param standard its value on a peer unless another is given
 * @param serverStandard the same on a server
 * @param <T> what its readers get
 */
public record Parameter<T>(String name, Domain<T> domain, Value standard, Value serverStandard, Effect effect) {

    /** What the names of all variables begin with. */
    static final String VARIABLE_PREFIX = "DITTO_";

    /** The name of its variable in the environment. */
    public String variable() {
        return VARIABLE_PREFIX + name.toUpperCase(Locale.ROOT);
    }

    /** The values that it takes, in words. */
    public String values() {
        return domain.text();
    }
}
