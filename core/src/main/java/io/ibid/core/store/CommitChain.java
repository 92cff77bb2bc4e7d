package io.ibid.core.store;

import io.ibid.core.storage.Batch;
import io.ibid.core.storage.Cursor;
import io.ibid.core.storage.Snapshot;
import io.ibid.core.value.ByteWriter;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * The chain of hashes over all commits, {@code chain(n) = SHA-256(chain(previous) || n || hlc)} cut to 16 bytes. Two stores with one
 * id, one of them restored from a backup or copied, agree on the chain up to where they parted and nowhere beyond: a resume token
 * that carries four bytes of it shows whether its commit is one of ours.
 *
 * <p>Four bytes of every link are kept, in an entry each for the newest block of 1024 commits; the first commit of the next block
 * folds them into one value: the whole link at the block's end, a bit per commit that exists, four bytes for each of those.
 * Stateless.
 */
final class CommitChain {

    static final int LINK_BYTES = 16;
    static final int TAIL_BYTES = 4;
    static final int BLOCK = 1024;
    static final int BITMAP_BYTES = BLOCK / 8;

    private CommitChain() {}

    static byte[] next(byte[] previous, long commit, long hlc) {
        MessageDigest digest = sha256();
        digest.update(previous);
        digest.update(ByteBuffer.allocate(16).putLong(commit).putLong(hlc).array());
        return Arrays.copyOf(digest.digest(), LINK_BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    static int tail(byte[] link) {
        return ByteBuffer.wrap(link).getInt();
    }

    /**
     * Adds the link of a commit, and folds the block before when it is the first one of its block.
     *
     * @param snapshot the state before the commit
     * @param previous the commit before, 0 for none
     */
    static void append(Batch batch, Snapshot snapshot, long previous, byte[] previousLink, long commit, byte[] link) {
        if (previous > 0 && previous / BLOCK < commit / BLOCK) {
            fold(batch, snapshot, previous / BLOCK, previousLink);
        }
        batch.put(Keys.chainEntry(commit), Arrays.copyOf(link, TAIL_BYTES));
    }

    private static void fold(Batch batch, Snapshot snapshot, long block, byte[] lastLink) {
        byte[] bitmap = new byte[BITMAP_BYTES];
        ByteWriter tails = new ByteWriter(BLOCK * TAIL_BYTES);
        long first = block * BLOCK;
        try (Cursor cursor = snapshot.scan(Keys.chainEntry(first), Keys.chainEntry(first + BLOCK), false)) {
            while (cursor.next()) {
                int place = (int) (Keys.reader(cursor.key()).skip(1).fixed64() - first);
                bitmap[place / 8] |= (byte) (1 << place % 8);
                tails.bytes(cursor.value());
                batch.removeOnce(cursor.key());
            }
        }
        byte[] folded = new ByteWriter(LINK_BYTES + BITMAP_BYTES + tails.size())
                .bytes(lastLink)
                .bytes(bitmap)
                .bytes(tails.toByteArray())
                .toByteArray();
        batch.put(Keys.chainBlock(block), folded);
    }

    /** Drops the blocks that end before the commit. */
    static void drop(Batch batch, Snapshot snapshot, long from) {
        try (Cursor cursor = snapshot.scan(Keys.chainBlock(0), Keys.chainBlock(from / BLOCK), false)) {
            while (cursor.next()) {
                batch.removeOnce(cursor.key());
            }
        }
    }

    /** The first commit that is not in a dropped block. */
    static long first(Snapshot snapshot, long headCommit) {
        long newest = headCommit / BLOCK;
        try (Cursor cursor = snapshot.scan(Keys.chainBlock(0), Keys.chainBlock(newest), false)) {
            return (cursor.next() ? Keys.reader(cursor.key()).skip(1).fixed64() : newest) * BLOCK;
        }
    }

    /** The first four bytes of a commit's link; empty when there is no such commit or its block was dropped. 0 for commit 0. */
    static OptionalInt tail(Snapshot snapshot, long commit) {
        if (commit <= 0) {
            return commit == 0 ? OptionalInt.of(0) : OptionalInt.empty();
        }
        byte[] entryKey = Keys.chainEntry(commit);
        byte[] entry = snapshot.get(entryKey);
        if (entry != null) {
            Corruption.check(entry.length == TAIL_BYTES, entryKey, "it has not 4 bytes");
            return OptionalInt.of(tail(entry));
        }
        byte[] blockKey = Keys.chainBlock(commit / BLOCK);
        byte[] block = snapshot.get(blockKey);
        if (block == null) {
            return OptionalInt.empty();
        }
        Corruption.check(block.length >= LINK_BYTES + BITMAP_BYTES, blockKey, "it is cut off");
        int place = (int) (commit % BLOCK);
        if (!isPresent(block, place)) {
            return OptionalInt.empty();
        }
        int at = tailOffset(block, place);
        Corruption.check(at + TAIL_BYTES <= block.length, blockKey, "it is cut off");
        return OptionalInt.of(ByteBuffer.wrap(block).getInt(at));
    }

    static boolean isPresent(byte[] block, int place) {
        return (block[LINK_BYTES + place / 8] >> place % 8 & 1) != 0;
    }

    /** Where the four bytes of a commit that is present stand in a block. */
    static int tailOffset(byte[] block, int place) {
        int before = 0;
        for (int i = 0; i < place / 8; i++) {
            before += Integer.bitCount(block[LINK_BYTES + i] & 0xff);
        }
        before += Integer.bitCount(block[LINK_BYTES + place / 8] & (1 << place % 8) - 1);
        return LINK_BYTES + BITMAP_BYTES + before * TAIL_BYTES;
    }
}
