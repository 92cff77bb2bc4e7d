package io.ibid.core.query;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Reads the documents of a collection, span by span of their ids; holds one of them open at a time. */
final class ScanCursor implements Cursor {
    private final Plan.Scan scan;
    private final Iterator<Span> spans;
    private final Source source;
    private final Scope scope;
    private final int index;
    private @Nullable Rows rows;

    ScanCursor(Plan.Scan scan, Source source, Scope scope) {
        this.scan = scan;
        this.source = source;
        this.scope = scope;
        index = scan.index();
        spans = scan.ids().iterator();
        rows = open();
    }

    private @Nullable Rows open() {
        return spans.hasNext()
                ? source.scan(
                        scan.term().collection(),
                        spans.next(),
                        scan.reverse(),
                        scan.term().typing())
                : null;
    }

    @Override
    public boolean next() {
        for (Rows open = rows; open != null; open = rows) {
            scope.limits.check();
            Row row = open.next();
            if (row != null) {
                scope.rows[index] = row;
                return true;
            }
            open.close();
            rows = open();
        }
        scope.rows[index] = null;
        return false;
    }

    @Override
    public void close() {
        if (rows != null) {
            rows.close();
            rows = null;
        }
    }
}
