package io.ibid.peer.sdk;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import org.jspecify.annotations.Nullable;

/**
 * The records and beans of an application as plain objects, and back. Jackson does it, because applications know its rules and its
 * annotations, and its classes are loaded only when somebody uses this.
 */
public final class UserObjects {

    private UserObjects() {}

    /** Jackson's mapper, made when it is first needed. */
    private static final class Mapper {
        static final ObjectMapper INSTANCE = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.USE_LONG_FOR_INTS)
                .enable(SerializationFeature.FAIL_ON_SELF_REFERENCES)
                .build();
    }

    /**
     * The plain object of a record or bean.
     *
     * @throws IbidException {@code query/arguments-invalid} naming the class when it has no properties or one that cannot be read
     */
    public static @Nullable Object plain(Object object) {
        try {
            return Mapper.INSTANCE.convertValue(object, Object.class);
        } catch (IllegalArgumentException e) {
            throw new IbidException(
                    ErrorCode.QUERY_ARGUMENTS_INVALID,
                    "Invalid arguments: an object of " + object.getClass().getName() + " is no value: " + reason(e),
                    e);
        }
    }

    /**
     * An object of the class with what the plain object holds.
     *
     * @throws IbidException {@code validation/invalid} naming the class and the property when it does not fit
     */
    public static <T> @Nullable T as(@Nullable Object plain, Class<T> type) {
        try {
            return Mapper.INSTANCE.convertValue(plain, type);
        } catch (IllegalArgumentException e) {
            throw new IbidException(ErrorCode.VALIDATION, "this is no " + type.getSimpleName() + ": " + reason(e), e);
        }
    }

    private static String reason(IllegalArgumentException e) {
        return switch (e.getCause()) {
            case JsonMappingException mapping -> mapping.getOriginalMessage() + " at " + mapping.getPathReference();
            case JacksonException other -> other.getOriginalMessage();
            case null, default -> String.valueOf(e.getMessage());
        };
    }
}
