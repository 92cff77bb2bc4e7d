package io.ibid.core.store;

import io.ibid.core.env.Randomness;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Value;
import java.util.HexFormat;

/** The ids of documents that are inserted without one: random UUIDs (version 4) as text. Stateless. */
final class GeneratedId {

    private GeneratedId() {}

    static DocumentId next(Randomness randomness) {
        byte[] bytes = new byte[16];
        randomness.fill(bytes);
        bytes[6] = (byte) ((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte) ((bytes[8] & 0x3f) | 0x80);
        String hex = HexFormat.of().formatHex(bytes);
        String text = hex.substring(0, 8)
                + '-'
                + hex.substring(8, 12)
                + '-'
                + hex.substring(12, 16)
                + '-'
                + hex.substring(16, 20)
                + '-'
                + hex.substring(20);
        return DocumentId.of(Value.of(text));
    }
}
