package io.ibid.core.attachment;

import io.ibid.core.env.Blobs;
import io.ibid.core.store.AttachmentId;
import io.ibid.core.store.BlobTable;
import io.ibid.core.store.SidePut;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the chunks of one fetch are put: a file, or memory while the content is small. Its bytes are read and written off the loop, by
 * several workers at once but each chunk by one; what is known of it is the loop's.
 */
final class Landing implements AutoCloseable {
    final Shape shape;
    final Leaves leaves;
    final BitSet present = new BitSet();

    private final AttachmentId id;
    private final byte[] root;
    private final Blobs.@Nullable Partial file;
    private final byte[] memory;
    private final BitSet savedPages = new BitSet();

    private Landing(AttachmentId id, long length, byte[] root, Blobs.@Nullable Partial file) {
        this.id = id;
        this.shape = new Shape(length);
        this.leaves = new Leaves(shape);
        this.root = root;
        this.file = file;
        this.memory = new byte[file == null ? (int) length : 0];
    }

    /** Goes on where an earlier fetch of the content has left off, or begins. Blocks. */
    static Landing open(BlobTable table, Blobs blobs, AttachmentId id, long length, byte[] root) {
        BlobTable.Head head = new BlobTable.Head(length, root, false);
        Landing landing = new Landing(id, length, root, head.isFile() ? blobs.partial(id.toString()) : null);
        landing.resume(table);
        return landing;
    }

    /** What was saved is true only if the file still has it. */
    private void resume(BlobTable table) {
        byte[] bits = table.present(id);
        if (bits == null || file == null) {
            return;
        }
        for (int page = 0; page < shape.pages(); page++) {
            byte[] hashes = table.leaves(id, page);
            if (hashes != null && hashes.length == shape.leaves(page) * TreeHash.BYTES) {
                leaves.put(page, hashes);
                savedPages.set(page);
            }
        }
        long length = file.length();
        BitSet saved = BitSet.valueOf(bits);
        for (int chunk = saved.nextSetBit(0);
                chunk >= 0 && chunk < shape.chunks();
                chunk = saved.nextSetBit(chunk + 1)) {
            if (leaves.has(Shape.page(chunk)) && Shape.offset(chunk) + shape.chunkBytes(chunk) <= length) {
                present.set(chunk);
            }
        }
    }

    byte[] root() {
        return root;
    }

    boolean isComplete() {
        return present.cardinality() == shape.chunks();
    }

    long bytesPresent() {
        int chunks = present.cardinality();
        int last = shape.chunks() - 1;
        return chunks == 0
                ? 0
                : (long) chunks * Shape.CHUNK_BYTES
                        - (present.get(last) ? Shape.CHUNK_BYTES - shape.chunkBytes(last) : 0);
    }

    /** Verifies the chunk and puts it in its place; false when it is not the one. Off the loop. */
    boolean put(int chunk, byte[] bytes) {
        if (!leaves.isChunk(new TreeHash(), chunk, bytes)) {
            return false;
        }
        if (file == null) {
            System.arraycopy(bytes, 0, memory, chunk * Shape.CHUNK_BYTES, bytes.length);
        } else {
            file.write(Shape.offset(chunk), bytes, 0, bytes.length);
        }
        return true;
    }

    /** A chunk that is present. Off the loop. */
    byte[] read(int chunk) {
        int at = chunk * Shape.CHUNK_BYTES;
        return file == null
                ? Arrays.copyOfRange(memory, at, at + shape.chunkBytes(chunk))
                : file.read(Shape.offset(chunk), shape.chunkBytes(chunk));
    }

    boolean isFile() {
        return file != null;
    }

    /** What to write down so that a later fetch can go on from here; good once {@link #sync} has returned. */
    List<SidePut> checkpoint() {
        List<SidePut> puts = new ArrayList<>();
        puts.add(BlobTable.head(id, new BlobTable.Head(shape.length(), root, false)));
        pages(puts);
        puts.add(BlobTable.present(id, present.toByteArray()));
        return puts;
    }

    /** What to write down once {@link #finish} has returned. */
    List<SidePut> whole() {
        List<SidePut> puts = new ArrayList<>();
        puts.add(BlobTable.head(id, new BlobTable.Head(shape.length(), root, true)));
        pages(puts);
        puts.add(BlobTable.present(id, null));
        if (file == null) {
            puts.add(BlobTable.content(id, memory));
        }
        return puts;
    }

    private void pages(List<SidePut> puts) {
        for (int page = 0; page < shape.pages(); page++) {
            if (leaves.has(page) && !savedPages.get(page)) {
                puts.add(BlobTable.leaves(id, page, leaves.page(page)));
                savedPages.set(page);
            }
        }
    }

    /** Off the loop. */
    void sync() {
        if (file != null) {
            file.sync();
        }
    }

    /** Off the loop. */
    void finish() {
        if (file != null) {
            file.finish();
        }
    }

    /** Off the loop. */
    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }
}
