package io.ibid.core.query;

import io.ibid.core.value.DocumentId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the documents that several index scans have in common: first the ids of all scans but the last into memory, the shortest first,
 * each one reduced to what the one before had; then the last scan, of which only these ids are read.
 */
final class IntersectCursor implements Cursor {
    private final Plan.IntersectScan plan;
    private final Cursors cursors;
    private final Scope scope;
    private @Nullable Seen common;
    private @Nullable IndexCursor last;

    IntersectCursor(Plan.IntersectScan plan, Cursors cursors, Scope scope) {
        this.plan = plan;
        this.cursors = cursors;
        this.scope = scope;
    }

    @Override
    public boolean next() {
        if (last == null) {
            Seen ids = common();
            common = ids;
            last = cursors.indexScan(plan.scans().getLast(), ids::contains, plan);
        }
        return last.next();
    }

    private Seen common() {
        List<Plan.IndexScan> scans = plan.scans();
        Seen found = null;
        for (Plan.IndexScan scan : scans.subList(0, scans.size() - 1)) {
            Seen before = found;
            Seen ids = new Seen(scope);
            try (IndexCursor cursor = cursors.indexScan(scan, null, plan)) {
                for (DocumentId id = cursor.nextId(); id != null; id = cursor.nextId()) {
                    if (before == null || before.contains(id)) {
                        ids.admits(id);
                    }
                }
            }
            if (before != null) {
                before.forget();
            }
            found = ids;
        }
        if (found == null) {
            throw new AssertionError("an intersection of one scan");
        }
        return found;
    }

    @Override
    public void close() {
        if (last != null) {
            last.close();
        }
        if (common != null) {
            common.forget();
        }
    }
}
