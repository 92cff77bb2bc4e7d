package io.ibid;

import io.ibid.serialization.DittoJsonSerializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** JSON objects that applications attach to their peer. */
final class Metadata {

    private Metadata() {}

    /** @param what the object is, for the message */
    static DittoJsonSerializable.ObjectValue parse(String json, String what) throws DittoException {
        Objects.requireNonNull(json, "json");
        try {
            if (DittoJsonSerializable.fromJsonString(json) instanceof DittoJsonSerializable.ObjectValue object) {
                return object;
            }
        } catch (DittoException e) {
            throw invalid("The " + what + " is no JSON: " + e.getMessage(), e);
        }
        throw invalid("The " + what + " has to be a JSON object", null);
    }

    private static DittoException invalid(String message, @Nullable Throwable cause) {
        return new DittoException.PresenceException("presence/metadata-invalid", message, cause);
    }
}
