package io.ibid.core.query;

import io.ibid.core.value.DocumentId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the spans of an index one after the other; holds one of them open at a time. */
final class IndexCursor implements Cursor {
    private final Plan.IndexScan scan;
    private List<Span> spans;
    private final Source source;
    private final Scope scope;
    private final @Nullable Admission admission;
    private final Profiler.@Nullable Meter meter;
    /** Whether each entry is a document of its own, which then need not be read to know that. */
    private final boolean flexible;

    /** Whether spans depend on the row of an earlier term, so that the next one may follow when these are read. */
    private final boolean sought;

    private int nextSpan;
    private @Nullable IndexRows rows;
    /** Whether they are those of a span that is not read to its end. */
    private boolean reading;

    /**
     * @param admission null: every document is wanted
     * @param meter null: nobody wants to know
     */
    IndexCursor(
            Plan.IndexScan scan,
            List<Span> spans,
            Source source,
            Scope scope,
            @Nullable Admission admission,
            Profiler.@Nullable Meter meter) {
        this.scan = scan;
        this.spans = spans;
        this.source = source;
        this.scope = scope;
        this.admission = admission;
        this.meter = meter;
        sought = scan.spans() instanceof Plan.Spans.Sought;
        flexible = scan.term().typing().equals(Typing.FLEXIBLE);
    }

    @Override
    public boolean next() {
        while (true) {
            IndexRows entries = entry();
            if (entries == null) {
                return false;
            }
            Row row = row(entries);
            if (row != null) {
                scope.rows[scan.index()] = row;
                return true;
            }
        }
    }

    private @Nullable Row row(IndexRows entries) {
        Plan.Covering covering = scan.covering();
        if (covering != null) {
            return admission == null || admission.admits(entries.id())
                    ? CoveredRow.of(entries, covering, scan.shape())
                    : null;
        }
        if (admission != null && flexible && !admission.admits(entries.id())) {
            return null;
        }
        Profiler.Meter.start(meter);
        Row row = entries.row();
        Profiler.Meter.document(meter, row != null);
        return admission == null || flexible || row == null || admission.admits(entries.id()) ? row : null;
    }

    /** The id of the next entry, without reading its document; null after the last one. */
    @Nullable
    DocumentId nextId() {
        IndexRows entries = entry();
        return entries == null ? null : entries.id();
    }

    private @Nullable IndexRows entry() {
        while (true) {
            scope.limits.check();
            IndexRows open = rows;
            if (open == null || !reading) {
                if (nextSpan == spans.size()) {
                    return null;
                }
                open = opened(spans.get(nextSpan++));
                rows = open;
                reading = true;
            }
            Profiler.Meter.start(meter);
            boolean found = open.next();
            Profiler.Meter.entry(meter, found);
            if (found) {
                return open;
            }
            if (sought) {
                reading = false;
            } else {
                close();
            }
        }
    }

    private IndexRows opened(Span span) {
        IndexRows idle = rows;
        if (idle != null && idle.reset(span)) {
            return idle;
        }
        close();
        return source.scanIndex(scan.shape(), span, scan.reverse(), scan.term().typing());
    }

    @Override
    public boolean reopen() {
        if (admission != null || !(scan.spans() instanceof Plan.Spans.Sought now)) {
            return false;
        }
        spans = Cursors.sought(scan, now, scope);
        nextSpan = 0;
        reading = false;
        return true;
    }

    @Override
    public void close() {
        reading = false;
        if (rows != null) {
            rows.close();
            rows = null;
        }
    }
}
