package io.ibid.core.settings;

import io.ibid.core.value.Value;
import java.util.TreeMap;

/** The values of all parameters at one moment. Immutable. */
public final class ParameterValues {
    private final TreeMap<String, Value> shown;
    /** What readers get, so that a read converts nothing. */
    private final TreeMap<String, Object> read = new TreeMap<>();

    /** Takes over the map; every value must be one that its parameter's domain gave. */
    ParameterValues(TreeMap<String, Value> shown) {
        this.shown = shown;
        for (Parameter<?> parameter : Catalogue.all()) {
            read.put(parameter.name(), parameter.domain().read(shown(parameter.name())));
        }
    }

    ParameterValues with(String name, Value value) {
        TreeMap<String, Value> changed = new TreeMap<>(shown);
        changed.put(name, value);
        return new ParameterValues(changed);
    }

    /** The value as statements show it. */
    Value shown(String name) {
        Value value = shown.get(name);
        if (value == null) {
            throw new AssertionError(name + " is no parameter");
        }
        return value;
    }

    /** The value of one parameter. */
    public <T> T get(Parameter<T> parameter) {
        @SuppressWarnings("unchecked") // put there by the parameter's own domain
        T value = (T) read.get(parameter.name());
        if (value == null) {
            throw new AssertionError(parameter.name() + " is no parameter");
        }
        return value;
    }
}
