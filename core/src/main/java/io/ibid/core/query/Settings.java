package io.ibid.core.query;

import io.ibid.core.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The system parameters, for ALTER SYSTEM and SHOW. Names come in lower case. Refusals (unknown name with the nearest one, wrong
 * type, out of bounds) are {@link io.ibid.core.error.IbidException}s with {@code query/evaluation} and the bare text; the old value stays.
 */
public interface Settings {

    /** Sets a parameter and tells what is now in force. */
    Setting set(String name, Value value);

    /** Sets a parameter to its default. */
    Setting reset(String name);

    /** Sets all parameters to their defaults and lists them. */
    List<Setting> resetAll();

    Setting show(String name);

    /** All parameters, sorted by name. */
    List<Setting> showAll();

    /**
     * A parameter and its value.
     *
     * @param warning what the user should know about the last change, for instance that it takes effect at the next start
     */
    record Setting(String name, Value value, @Nullable String warning) {}
}
