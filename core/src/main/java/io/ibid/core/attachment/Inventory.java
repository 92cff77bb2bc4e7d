package io.ibid.core.attachment;

import io.ibid.core.env.Blobs;
import io.ibid.core.env.Env;
import io.ibid.core.store.AttachmentId;
import io.ibid.core.store.BlobTable;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.store.Published;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is here, and who may have it. Loop only, but for what says otherwise. */
final class Inventory {
    private static final int REFERENCES_LOOKED_AT = 100;
    private static final int TREES_KEPT = 8;

    final Env env;
    final BlobTable table;
    private final Supplier<Published> published;
    private final BooleanSupplier checksPermissions;
    private final SequencedMap<AttachmentId, byte[]> nodesById = new LinkedHashMap<>();

    Inventory(Env env, BlobTable table, Supplier<Published> published, BooleanSupplier checksPermissions) {
        this.env = env;
        this.table = table;
        this.published = published;
        this.checksPermissions = checksPermissions;
    }

    Blobs blobs() {
        return env.blobs();
    }

    /** The content, if all of it is here. */
    @Nullable
    Content content(AttachmentId id) {
        BlobTable.Head head = table.head(id);
        return head == null || !head.isWhole() ? null : new Content(table, env.blobs(), id, head);
    }

    boolean isReferenced(AttachmentId id) {
        try (Published now = published.get()) {
            return now.isReferenced(id);
        }
    }

    /** Some document with a token of the content. */
    @Nullable
    DocumentKey reference(AttachmentId id) {
        try (Published now = published.get()) {
            List<DocumentKey> references = now.references(id, 1);
            return references.isEmpty() ? null : references.getFirst();
        }
    }

    /**
     * Whether the neighbour may have the content. What no document here refers to, nobody gets: otherwise ids could be guessed, and what was
     * deleted would go on spreading. Where permissions are checked, the neighbour names a document that it has the token from, which
     * it must be allowed to read; else it is enough that some document with the token is not kept from it by its sync scope.
     */
    boolean mayHave(Neighbour neighbour, AttachmentId id, @Nullable DocumentKey named) {
        try (Published now = published.get()) {
            if (checksPermissions.getAsBoolean()) {
                return named != null
                        && neighbour.isInScope(named.collection())
                        && neighbour.mayRead(named)
                        && now.refersTo(named, id);
            }
            for (DocumentKey key : now.references(id, REFERENCES_LOOKED_AT)) {
                if (neighbour.isInScope(key.collection())) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The nodes of all pages of a content that is whole here, if they are at hand. */
    byte @Nullable [] nodes(AttachmentId id) {
        return nodesById.get(id);
    }

    void keepNodes(AttachmentId id, byte[] nodes) {
        if (nodesById.size() == TREES_KEPT) {
            nodesById.pollFirstEntry();
        }
        nodesById.put(id, nodes);
    }

    /** Works the nodes out. Blocks; off the loop. */
    byte[] workOutNodes(AttachmentId id, Shape shape) {
        TreeHash hash = new TreeHash();
        byte[] nodes = new byte[shape.pages() * TreeHash.BYTES];
        for (int page = 0; page < shape.pages(); page++) {
            byte[] leaves = table.leaves(id, page);
            if (leaves != null) {
                System.arraycopy(hash.root(leaves), 0, nodes, page * TreeHash.BYTES, TreeHash.BYTES);
            }
        }
        return nodes;
    }
}
