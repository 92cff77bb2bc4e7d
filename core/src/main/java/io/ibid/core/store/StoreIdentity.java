package io.ibid.core.store;

/**
 * Who opens a store.
 *
 * @param databaseId the database that the store must be a replica of
 * @param devicePublicKey the device's compressed P-256 point, 33 bytes; owned by this record
 * @param residence the place where the store lies
 */
@SuppressWarnings("ArrayRecordComponent")
public record StoreIdentity(String databaseId, byte[] devicePublicKey, Residence residence) {

    /** Length of {@link #devicePublicKey}. */
    public static final int KEY_LENGTH = 33;

    /** Of a store whose place cannot be told. */
    public StoreIdentity(String databaseId, byte[] devicePublicKey) {
        this(databaseId, devicePublicKey, Residence.UNKNOWN);
    }

    public StoreIdentity {
        if (devicePublicKey.length != KEY_LENGTH) {
            throw new IllegalArgumentException("a device key has 33 bytes, not " + devicePublicKey.length);
        }
    }
}
