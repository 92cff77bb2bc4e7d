package io.ibid.core.store;

import io.ibid.core.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * What an attachment's token looks like: {@code {id, len, metadata}}, the id being 46 or 43 characters of base64url. Strict enough
 * that no object of an application is taken for one by accident. Stateless.
 */
public final class AttachmentToken {

    private static final int ID_LENGTH = 46;
    private static final int HASH_LENGTH = 43;

    private AttachmentToken() {}

    /** The token in the form in which documents hold it. */
    public static Value.Struct of(AttachmentId id, long length, Value.Struct metadata) {
        return Value.Struct.builder()
                .put("id", Value.of(id.toString()))
                .put("len", Value.of(length))
                .put("metadata", metadata)
                .build();
    }

    /** The content that a token names; null when it is no token, or one that can name nothing. */
    public static @Nullable AttachmentId idOf(Value value) {
        return is(value) && value instanceof Value.Struct token && token.get("id") instanceof Value.Text(String id)
                ? AttachmentId.parse(id)
                : null;
    }

    /** Whether a value is shaped like a token. */
    public static boolean is(Value value) {
        return value instanceof Value.Struct token
                && token.size() == 3
                && token.get("id") instanceof Value.Text id
                && isId(id.value())
                && token.get("len") instanceof Value.Int length
                && length.value() >= 0
                && token.get("metadata") instanceof Value.Struct;
    }

    private static boolean isId(String id) {
        if (id.length() != ID_LENGTH && id.length() != HASH_LENGTH) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean alphabet =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
            if (!alphabet) {
                return false;
            }
        }
        return true;
    }
}
