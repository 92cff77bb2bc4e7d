package io.ibid.core.live;

import io.ibid.core.query.ResultRow;
import java.util.ArrayList;
import java.util.List;

/** The rows of a live query as of one commit. Immutable; holds no snapshot, however long it is kept. */
public final class LiveResult {
    private final long commitId;
    private final TreeVersion version;
    private final long offset;
    private final long end;

    LiveResult(long commitId, TreeVersion version, long offset, long end) {
        this.commitId = commitId;
        this.version = version;
        this.offset = offset;
        this.end = end;
    }

    /** The commit behind which the query has these rows. */
    public long commitId() {
        return commitId;
    }

    /** The rows, in order. A row that no commit has touched is the same object as in earlier results. */
    public List<ResultRow> rows() {
        EntryTree.Node tree = version.tree();
        List<ResultRow> rows = new ArrayList<>((int) Math.max(0, Math.min(end, EntryTree.size(tree)) - offset));
        EntryTree.forEach(tree, offset, end, entry -> rows.add(entry.row()));
        return rows;
    }
}
