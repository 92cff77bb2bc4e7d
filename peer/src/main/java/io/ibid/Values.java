package io.ibid;

import io.ibid.core.value.Value;
import io.ibid.peer.sdk.ValueDoor;
import io.ibid.serialization.DittoCborSerializable;
import org.jspecify.annotations.Nullable;

/** From the engine's values to the API's. */
final class Values {

    static {
        DittoCborSerializable.nullValue(); // initializes the class, which opens the door
    }

    private Values() {}

    static DittoCborSerializable wrapped(Value value) {
        return (DittoCborSerializable) ValueDoor.wrapped(value);
    }

    static DittoCborSerializable.Dictionary dictionary(Value.Struct struct) {
        return (DittoCborSerializable.Dictionary) ValueDoor.wrapped(struct);
    }

    static DittoCborSerializable.@Nullable Dictionary dictionaryOrNull(Value.@Nullable Struct struct) {
        return struct == null ? null : dictionary(struct);
    }
}
