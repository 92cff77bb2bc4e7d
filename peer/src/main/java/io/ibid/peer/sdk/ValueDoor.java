package io.ibid.peer.sdk;

import io.ibid.core.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The way between a value and the API's class for it, which live in different packages. That class installs the door when it is
 * initialized, so that neither its constructor nor its content has to be public.
 */
public abstract class ValueDoor {
    private static volatile @Nullable ValueDoor installed;

    protected ValueDoor() {}

    /** Called once, by the class that the door opens. */
    public static void install(ValueDoor door) {
        installed = door;
    }

    /** The value in an object of the API, null for any other object. */
    static @Nullable Value contentOf(@Nullable Object object) {
        ValueDoor door = installed;
        return door == null || object == null ? null : door.content(object);
    }

    /** The API's object for a value; only after its class was initialized. */
    public static Object wrapped(Value value) {
        ValueDoor door = installed;
        if (door == null) {
            throw new AssertionError("the class of the API was not initialized");
        }
        return door.wrap(value);
    }

    protected abstract @Nullable Value content(Object object);

    protected abstract Object wrap(Value value);
}
