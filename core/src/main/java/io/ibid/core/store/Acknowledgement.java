package io.ibid.core.store;

import io.ibid.core.value.ByteReader;
import io.ibid.core.value.ByteWriter;

/**
 * What is known of a partner between its sessions. Per node and written lazily: losing the newest one costs nothing but a stale row
 * of {@code system:data_sync_info}. Immutable.
 *
 * @param peerKey the partner's device key, 33 bytes; owned by this record
 * @param storeId the store that acknowledged
 * @param isServer whether its role was server
 * @param commit our greatest commit that it acknowledged as durable
 * @param lastReceivedMs when the last unit with content from it was applied, milliseconds since 1970, 0 for never
 */
@SuppressWarnings("ArrayRecordComponent")
public record Acknowledgement(byte[] peerKey, StoreId storeId, boolean isServer, long commit, long lastReceivedMs) {

    /** Writes this row with a change. */
    public SidePut put() {
        ByteWriter out = new ByteWriter(32);
        out.bytes(storeId.bytes()).u8(isServer ? 1 : 0).varint(commit).varint(lastReceivedMs);
        return new SidePut(Keys.acknowledgement(peerKey), out.toByteArray());
    }

    static Acknowledgement read(byte[] peerKey, byte[] value) {
        ByteReader in = new ByteReader(value);
        in.varint();
        StoreId storeId = StoreId.of(in.bytes(StoreId.LENGTH));
        Acknowledgement row = new Acknowledgement(peerKey, storeId, in.varint(1) == 1, in.varint(), in.varint());
        in.expectEnd();
        return row;
    }
}
