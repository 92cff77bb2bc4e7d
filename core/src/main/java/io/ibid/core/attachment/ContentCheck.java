package io.ibid.core.attachment;

import io.ibid.core.env.Blobs;
import io.ibid.core.error.IbidException;
import io.ibid.core.store.AttachmentId;
import io.ibid.core.store.BlobTable;
import io.ibid.core.store.Check;
import io.ibid.core.store.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads all contents of a database that nobody else has open, and names those that are not what their ids say. One use; blocks. */
public final class ContentCheck {
    private static final String TABLE = "attachments";
    private static final int PAGE = 256;

    private final BlobTable table;
    private final Blobs blobs;
    private final TreeHash hash = new TreeHash();
    private final List<Finding> findings = new ArrayList<>();

    private ContentCheck(BlobTable table, Blobs blobs) {
        this.table = table;
        this.blobs = blobs;
    }

    /** What is wrong, at most {@link Check#FINDINGS_MAX}; empty when nothing is. */
    public static List<Finding> run(BlobTable table, Blobs blobs) {
        ContentCheck check = new ContentCheck(table, blobs);
        check.all();
        return check.findings;
    }

    private void all() {
        AttachmentId last = null;
        List<BlobTable.Entry> page;
        do {
            page = table.heads(last, PAGE);
            for (BlobTable.Entry entry : page) {
                last = entry.id();
                if (findings.size() < Check.FINDINGS_MAX && entry.head().isWhole()) {
                    String problem = problem(entry.id(), entry.head());
                    if (problem != null) {
                        findings.add(new Finding(TABLE, entry.id().toString(), problem));
                    }
                }
            }
        } while (page.size() == PAGE);
    }

    private @Nullable String problem(AttachmentId id, BlobTable.Head head) {
        if (head.length() < 0 || head.length() > Shape.LENGTH_MAX) {
            return "its length of " + head.length() + " bytes cannot be";
        }
        Shape shape = new Shape(head.length());
        Leaves leaves = new Leaves(shape);
        for (int page = 0; page < shape.pages(); page++) {
            byte[] hashes = table.leaves(id, page);
            if (hashes == null || hashes.length != shape.leaves(page) * TreeHash.BYTES) {
                return "page " + page + " of its hashes is missing or has the wrong length";
            }
            leaves.put(page, hashes);
        }
        byte[] root = hash.root(leaves.nodes(hash));
        if (!Arrays.equals(root, head.root())
                || !AttachmentId.ofContent(root, head.length()).equals(id)) {
            return "its hashes are not those of this id";
        }
        if (head.isFile() && blobs.length(id.toString()) != head.length()) {
            long length = blobs.length(id.toString());
            return length < 0 ? "its file is missing" : "its file has " + length + " bytes instead of " + head.length();
        }
        return problemOfBytes(new Content(table, blobs, id, head), shape, leaves);
    }

    private @Nullable String problemOfBytes(Content content, Shape shape, Leaves leaves) {
        for (int chunk = 0; chunk < shape.chunks(); chunk++) {
            try {
                if (!leaves.isChunk(hash, chunk, content.read(Shape.offset(chunk), Shape.CHUNK_BYTES))) {
                    return "the bytes from " + Shape.offset(chunk) + " on are not what was kept";
                }
            } catch (IbidException e) {
                return String.valueOf(e.getMessage());
            }
        }
        return null;
    }
}
