package io.ibid.core.settings;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.error.NearestName;
import io.ibid.core.query.Settings;
import io.ibid.core.value.Json;
import io.ibid.core.value.MalformedException;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one open database. Any thread: what is in force is one immutable object, replaced as a whole, so a reader that takes
 * {@link #current} once sees no half of a change.
 */
public final class Parameters implements Settings {
    private final boolean server;
    private final ParameterValues initial;
    private final AtomicReference<ParameterValues> current;

    /**
     * The parameters at the start of a database.
     *
     * @param server whether the standard values of a server count
     * @param environment the environment's variables; those named {@code DITTO_} and a parameter in capitals are read, as JSON where they
     *     are JSON, else as text
     * @throws IbidException {@code validation/invalid} naming the variable, when its value is none for the parameter
     */
    public Parameters(boolean server, Map<String, String> environment) {
        this.server = server;
        TreeMap<String, Value> values = new TreeMap<>();
        for (Parameter<?> parameter : Catalogue.all()) {
            String text = environment.get(parameter.variable());
            values.put(
                    parameter.name(),
                    text != null
                            ? fromEnvironment(parameter, text)
                            : server ? parameter.serverStandard() : parameter.standard());
        }
        initial = new ParameterValues(values);
        current = new AtomicReference<>(initial);
    }

    private static Value fromEnvironment(Parameter<?> parameter, String text) {
        try {
            return parameter.domain().accept(parameter.name(), json(text));
        } catch (IbidException refused) {
            throw new IbidException(
                    ErrorCode.VALIDATION,
                    "The environment variable " + parameter.variable() + " cannot be used: " + refused.getMessage(),
                    refused);
        }
    }

    private static Value json(String text) {
        try {
            return Json.parse(text);
        } catch (MalformedException noJson) {
            return Value.of(text);
        }
    }

    /** What is in force. The same object as long as nothing changes. */
    public ParameterValues current() {
        return Objects.requireNonNull(current.get());
    }

    @Override
    public Setting set(String name, Value value) {
        Parameter<?> parameter = known(name);
        Value accepted = parameter.domain().accept(name, value);
        return switch (parameter.effect()) {
            case AT_START ->
                new Setting(
                        name,
                        current().shown(name),
                        name + " is read at the start only: set the environment variable " + parameter.variable());
            case AT_ONCE -> changed(parameter, accepted, null);
            case NONE -> changed(parameter, accepted, name + " has no effect in this version");
        };
    }

    @Override
    public Setting reset(String name) {
        Parameter<?> parameter = known(name);
        return changed(parameter, initial.shown(name), null);
    }

    private Setting changed(Parameter<?> parameter, Value value, @Nullable String warning) {
        current.updateAndGet(values -> values.with(parameter.name(), value));
        return new Setting(parameter.name(), value, warning);
    }

    @Override
    public List<Setting> resetAll() {
        current.set(initial);
        return showAll();
    }

    @Override
    public Setting show(String name) {
        return new Setting(known(name).name(), current().shown(name), null);
    }

    @Override
    public List<Setting> showAll() {
        ParameterValues values = current();
        List<Setting> all = new ArrayList<>();
        for (Parameter<?> parameter : Catalogue.all()) {
            all.add(new Setting(parameter.name(), values.shown(parameter.name()), null));
        }
        return all;
    }

    /** The parameters whose value is not the standard one, with their values. */
    public List<Setting> notStandard() {
        List<Setting> changed = new ArrayList<>();
        for (Parameter<?> parameter : Catalogue.all()) {
            Value standard = server ? parameter.serverStandard() : parameter.standard();
            Value value = current().shown(parameter.name());
            if (!value.equals(standard)) {
                changed.add(new Setting(parameter.name(), value, null));
            }
        }
        return changed;
    }

    private static Parameter<?> known(String name) {
        Parameter<?> parameter = Catalogue.find(name);
        if (parameter == null) {
            String nearest = NearestName.resembling(name, Catalogue.names());
            throw new IbidException(
                    ErrorCode.QUERY_EVALUATION,
                    "unknown parameter '" + name + "'"
                            + (nearest.isEmpty() ? "" : ", did you mean '" + nearest + "'?"));
        }
        return parameter;
    }
}
