package io.ibid.core.store;

import java.nio.ByteBuffer;

/** Checks the commit chain: whole blocks without gaps between them, then single commits up to the head. One use. */
final class ChainCheck {

    private static final String TABLE = "chain";

    private final Check check;
    private final Image image;
    private final long headCommit;
    private long lastBlock = -1;

    ChainCheck(Check check, Image image) {
        this.check = check;
        this.image = image;
        this.headCommit = image.head().commit();
    }

    void entry(byte[] key, byte[] value) {
        var in = Keys.reader(key).skip(1);
        long number = in.fixed64();
        in.expectEnd();
        if (Keys.isChainBlock(key)) {
            block(key, number, value);
        } else {
            commit(key, number, value);
        }
    }

    private void commit(byte[] key, long commit, byte[] value) {
        check.expect(value.length == CommitChain.TAIL_BYTES, TABLE, key, "it has not 4 bytes");
        check.expect(
                commit >= 1 && commit <= headCommit && commit / CommitChain.BLOCK == headCommit / CommitChain.BLOCK,
                TABLE,
                key,
                "commit " + commit + " does not belong to the block of the newest commit " + headCommit);
    }

    private void block(byte[] key, long block, byte[] value) {
        int present = 0;
        int last = -1;
        int header = CommitChain.LINK_BYTES + CommitChain.BITMAP_BYTES;
        for (int place = 0; value.length >= header && place < CommitChain.BLOCK; place++) {
            if (CommitChain.isPresent(value, place)) {
                present++;
                last = place;
            }
        }
        check.expect(
                present > 0 && value.length == header + present * CommitChain.TAIL_BYTES,
                TABLE,
                key,
                "it holds another number of commits than it says");
        if (last >= 0 && value.length == header + present * CommitChain.TAIL_BYTES) {
            int tail = ByteBuffer.wrap(value).getInt(CommitChain.tailOffset(value, last));
            check.expect(tail == CommitChain.tail(value), TABLE, key, "its last commit is not where the block ends");
        }
        check.expect(lastBlock < 0 || block == lastBlock + 1, TABLE, key, "the block before it is missing");
        check.expect(
                block < headCommit / CommitChain.BLOCK, TABLE, key, "it lies behind the newest commit " + headCommit);
        lastBlock = block;
    }

    void finish() {
        byte[] key = Keys.chainEntry(headCommit);
        byte[] newest = image.snapshot().get(key);
        check.expect(headCommit == 0 || newest != null, TABLE, key, "the newest commit is not in the chain");
        if (newest != null && newest.length == CommitChain.TAIL_BYTES) {
            check.expect(
                    CommitChain.tail(newest) == CommitChain.tail(image.head().link()),
                    TABLE,
                    key,
                    "it differs from the chain's end in the metadata");
        }
        long blocks = headCommit / CommitChain.BLOCK;
        check.expect(
                blocks == 0 || lastBlock == blocks - 1,
                TABLE,
                Keys.chainBlock(blocks - 1),
                "the block before the newest commits is missing");
    }
}
