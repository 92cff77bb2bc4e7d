package io.ibid.core.sync.reconcile;

import io.ibid.core.crdt.VersionVector;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.value.ByteWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Makes items of documents, with hashes that only the two sides of one session share. One thread. */
public final class ItemHash {
    private static final int HASH_BYTES = 16;

    private final byte[] key;
    private final MessageDigest sha256;
    private final ByteWriter name = new ByteWriter(64);

    /** @param dialler the nonce of the side that has dialled, {@code listener} that of the other */
    public ItemHash(byte[] dialler, byte[] listener) {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
        sha256.update(dialler);
        key = Arrays.copyOf(sha256.digest(listener), HASH_BYTES);
    }

    /** The document at the version. */
    public Item item(DocumentKey document, VersionVector vv) {
        long place = hash(document);
        name.clear();
        vv.write(name);
        sha256.update(key);
        sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(0, place));
        ByteBuffer hash = ByteBuffer.wrap(sha256.digest(name.toByteArray()));
        return new Item(new Place(vv.maxHlc(), place), hash.getLong(), hash.getLong());
    }

    /** The hash in the document's place. */
    public long hash(DocumentKey document) {
        byte[] collection = document.collection().getBytes(StandardCharsets.UTF_8);
        name.clear();
        name.blob(collection).bytes(document.id().bytes());
        sha256.update(key);
        return ByteBuffer.wrap(sha256.digest(name.toByteArray())).getLong();
    }
}
