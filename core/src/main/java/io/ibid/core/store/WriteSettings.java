package io.ibid.core.store;

/**
 * How documents are looked at and bounded while they are written.
 *
 * @param reading what counts as visible
 * @param softBytesMax {@code document_size_soft_limit_bytes}: a larger document is written with a warning
 * @param hardBytesMax {@code document_size_hard_limit_bytes}: a larger document is refused; without effect when below the soft limit
 * @param hintFields what tombstones keep
 */
public record WriteSettings(ReadSettings reading, long softBytesMax, long hardBytesMax, HintFields hintFields) {

    /** Husks shown, 256 KiB and 5 MiB, no hints. */
    public static final WriteSettings STANDARD = new WriteSettings(ReadSettings.SHOWN, 262_144, 5_242_880);

    public WriteSettings(ReadSettings reading, long softBytesMax, long hardBytesMax) {
        this(reading, softBytesMax, hardBytesMax, HintFields.NONE);
    }

    /** Whether a document of this size is refused. */
    boolean refuses(long bytes) {
        return bytes > hardBytesMax && hardBytesMax >= softBytesMax;
    }
}
