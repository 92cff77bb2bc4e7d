package io.ibid.core.query;

import io.ibid.core.value.DocumentId;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Looks documents up by their ids. */
final class IdCursor implements Cursor {
    private final Plan.IdScan scan;
    private final Iterator<DocumentId> ids;
    private final Source source;
    private final Scope scope;
    private final @Nullable Admission admission;
    private final Profiler.@Nullable Meter meter;

    /**
     * @param admission null: every document is wanted
     * @param meter null: nobody wants to know
     */
    IdCursor(
            Plan.IdScan scan,
            Iterator<DocumentId> ids,
            Source source,
            Scope scope,
            @Nullable Admission admission,
            Profiler.@Nullable Meter meter) {
        this.scan = scan;
        this.ids = ids;
        this.source = source;
        this.scope = scope;
        this.admission = admission;
        this.meter = meter;
    }

    @Override
    public boolean next() {
        while (ids.hasNext()) {
            scope.limits.check();
            Profiler.Meter.start(meter);
            DocumentId id = ids.next();
            Profiler.Meter.entry(meter, true);
            Profiler.Meter.start(meter);
            Row row = source.find(scan.term().collection(), id, scan.term().typing());
            Profiler.Meter.document(meter, row != null);
            if (row != null && (admission == null || admission.admits(id))) {
                scope.rows[scan.index()] = row;
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {}
}
