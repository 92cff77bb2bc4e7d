package io.ibid.core.store;

import io.ibid.core.value.ByteReader;

/** Checks what is kept about partners: resume tokens and acknowledgements. One use. */
final class PartnerCheck {

    private final Check check;
    private final Image image;

    PartnerCheck(Check check, Image image) {
        this.check = check;
        this.image = image;
    }

    void token(byte[] key, byte[] value) {
        check.expect(key.length == 1 + StoreId.LENGTH, "tokens", key, "its key is no store id");
        long ownCommit = new ByteReader(value).varint();
        check.expect(
                ownCommit >= 0 && ownCommit <= image.head().commit(),
                "tokens",
                key,
                "it was written at commit " + ownCommit + ", of " + image.head().commit() + " there are");
    }

    void acknowledgement(byte[] key, byte[] value) {
        ByteReader in = Keys.reader(key);
        switch (in.u8()) {
            case Keys.ACKNOWLEDGED -> acknowledged(key, in, value);
            case Keys.ECHO -> echo(key, value);
            default -> check.add("acknowledgements", key, "its kind is unknown");
        }
    }

    private void echo(byte[] key, byte[] value) {
        image.documentKey(key, 2 + StoreId.LENGTH);
        long commit = new ByteReader(value).varint();
        check.expect(
                commit >= 0 && commit <= image.head().commit(),
                "acknowledgements",
                key,
                "it was noted at commit " + commit + ", of " + image.head().commit() + " there are");
    }

    private void acknowledged(byte[] key, ByteReader in, byte[] value) {
        byte[] peerKey = in.bytes(StoreIdentity.KEY_LENGTH);
        in.expectEnd();
        Acknowledgement row = Acknowledgement.read(peerKey, value);
        check.expect(
                row.commit() >= 0 && row.commit() <= image.head().commit(),
                "acknowledgements",
                key,
                "it acknowledges commit " + row.commit() + ", of "
                        + image.head().commit() + " there are");
    }
}
