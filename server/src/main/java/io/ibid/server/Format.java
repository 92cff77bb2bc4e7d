package io.ibid.server;

import io.ibid.core.value.Value;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How bodies and answers are written. An answer is its head, its rows and its tail, one after the other. */
sealed interface Format permits JsonFormat, CborFormat {

    Format JSON = new JsonFormat();
    Format CBOR = new CborFormat();

    String mediaType();

    /** @throws io.ibid.core.value.MalformedException saying what is wrong and where */
    Value parse(byte[] body);

    /** An encoder for the rows of one answer; confined to the thread that runs its statement. */
    RowEncoder rows();

    byte[] head(Summary summary);

    byte[] tail(Summary summary);

    /** Encodes one row after the other, with what stands between them. */
    interface RowEncoder {
        byte[] encode(ServedDatabase.Row row);
    }

    /** The format of a body by its {@code Content-Type}, JSON when there is none, null when it is neither. */
    static @Nullable Format ofContentType(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return JSON;
        }
        String[] parts = header.toLowerCase(Locale.ROOT).split(";");
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
                return null;
            }
        }
        return switch (parts[0].strip()) {
            case "application/json" -> JSON;
            case "application/cbor" -> CBOR;
            default -> null;
        };
    }

    /** The format of the answer: CBOR when {@code Accept} names it before JSON, else JSON. */
    static Format ofAccept(@Nullable String header) {
        if (header == null) {
            return JSON;
        }
        String accept = header.toLowerCase(Locale.ROOT);
        int cbor = accept.indexOf("application/cbor");
        int json = accept.indexOf("application/json");
        return cbor >= 0 && (json < 0 || cbor < json) ? CBOR : JSON;
    }
}
