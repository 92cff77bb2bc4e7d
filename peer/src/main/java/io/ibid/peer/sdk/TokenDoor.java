package io.ibid.peer.sdk;

import io.ibid.core.value.Value;
import org.jspecify.annotations.Nullable;

/** The way from the API's attachments and tokens to the value that a document gets, without making it public. Installed by their class. */
@FunctionalInterface
public interface TokenDoor {

    /** The token in an object of the API, null for any other object. */
    @Nullable
    Value valueOf(Object object);

    /** Called once, by the class that the door opens. */
    static void install(TokenDoor door) {
        Installed.door = door;
    }

    /** The token in an object of the API, null for any other object. Before the class is initialized there are no such objects. */
    static @Nullable Value tokenOf(@Nullable Object object) {
        TokenDoor door = Installed.door;
        return door == null || object == null ? null : door.valueOf(object);
    }

    /** Where the door is kept. */
    final class Installed {
        private static volatile @Nullable TokenDoor door;

        private Installed() {}
    }
}
