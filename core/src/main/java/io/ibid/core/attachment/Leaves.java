package io.ibid.core.attachment;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The hashes of a content's chunks, page by page, as far as they are known. One thread. */
final class Leaves {
    private final Shape shape;
    private final byte[] @Nullable [] pages;
    private int known;

    @SuppressWarnings("NullAway") // an array of pages that are not there yet
    Leaves(Shape shape) {
        this.shape = shape;
        this.pages = new byte[shape.pages()][];
    }

    boolean has(int page) {
        return pages[page] != null;
    }

    boolean isComplete() {
        return known == pages.length;
    }

    void put(int page, byte[] hashes) {
        if (hashes.length != shape.leaves(page) * TreeHash.BYTES) {
            throw new IllegalArgumentException(
                    "page " + page + " has " + shape.leaves(page) + " hashes, not " + hashes.length + " bytes");
        }
        if (pages[page] == null) {
            known++;
        }
        pages[page] = hashes;
    }

    byte[] page(int page) {
        byte[] hashes = pages[page];
        if (hashes == null) {
            throw new AssertionError("page " + page + " is not known yet");
        }
        return hashes;
    }

    /** Whether these bytes are the chunk. */
    boolean isChunk(TreeHash hash, int chunk, byte[] bytes) {
        byte[] leaf = hash.leaf(bytes, 0, bytes.length);
        int at = chunk % Shape.PAGE_LEAVES * TreeHash.BYTES;
        return Arrays.equals(leaf, 0, TreeHash.BYTES, page(Shape.page(chunk)), at, at + TreeHash.BYTES);
    }

    /** The nodes of all pages, one behind the other. All must be known. */
    byte[] nodes(TreeHash hash) {
        byte[] nodes = new byte[pages.length * TreeHash.BYTES];
        for (int page = 0; page < pages.length; page++) {
            System.arraycopy(hash.root(page(page)), 0, nodes, page * TreeHash.BYTES, TreeHash.BYTES);
        }
        return nodes;
    }
}
