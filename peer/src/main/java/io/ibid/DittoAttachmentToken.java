package io.ibid;

import io.ibid.core.error.IbidException;
import io.ibid.core.store.AttachmentId;
import io.ibid.core.store.AttachmentToken;
import io.ibid.core.value.Value;
import io.ibid.peer.sdk.PlainValues;
import io.ibid.peer.sdk.TokenDoor;
import io.ibid.serialization.DittoCborSerializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a document holds in place of an attachment's content: its name, its length and what the application has noted of it. May be given as
 * an argument of a statement. Immutable.
 */
public final class DittoAttachmentToken {
    static {
        TokenDoor.install(object -> switch (object) {
            case DittoAttachmentToken token -> token.value;
            case DittoAttachment attachment -> attachment.getToken().value;
            default -> null;
        });
    }

    private final AttachmentId id;
    private final long length;
    private final Value.Struct value;

    private DittoAttachmentToken(AttachmentId id, long length, Value.Struct metadata) {
        this.id = id;
        this.length = length;
        this.value = AttachmentToken.of(id, length, metadata);
    }

    static DittoAttachmentToken of(AttachmentId id, long length, Value.Struct metadata) {
        return new DittoAttachmentToken(id, length, metadata);
    }

    /**
     * The token in the form in which documents hold it: {@code id}, 46 or 43 characters, {@code len}, and {@code metadata}, which may
     * be missing.
     *
     * @throws DittoException {@code store/attachment-token-invalid} for anything else
     */
    public static DittoAttachmentToken of(Map<String, ?> token) throws DittoException {
        try {
            if (PlainValues.valueOf(token) instanceof Value.Struct fields
                    && fields.get("id") instanceof Value.Text(String text)
                    && fields.get("len") instanceof Value.Int(long length)
                    && length >= 0) {
                AttachmentId id = AttachmentId.parse(text);
                Value metadata = fields.get("metadata");
                if (id != null && metadata instanceof Value.Struct noted) {
                    return of(id, length, noted);
                }
                if (id != null && (metadata instanceof Value.Missing || metadata instanceof Value.Null)) {
                    return of(id, length, Value.Struct.EMPTY);
                }
            }
        } catch (IbidException e) {
            throw invalid(token, e);
        }
        throw invalid(token, null);
    }

    private static DittoException invalid(Object token, @Nullable Throwable cause) {
        return DittoException.of("store/attachment-token-invalid", token + " is no token of an attachment", cause);
    }

    AttachmentId id() {
        return id;
    }

    long length() {
        return length;
    }

    /** Names the content: a hash of it, 46 characters. */
    public String getId() {
        return id.toString();
    }

    /** Bytes of the content. */
    public DittoULong getLength() {
        return DittoULong.of(length);
    }

    public DittoCborSerializable.Dictionary getMetadata() {
        return Values.dictionary((Value.Struct) value.get("metadata"));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DittoAttachmentToken that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return Values.dictionary(value).toJsonString();
    }
}
