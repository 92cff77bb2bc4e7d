package io.ibid.core.query;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.query.function.Arithmetic;
import io.ibid.core.query.syntax.QueryException;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Runs plans. Opening reads nothing but the ids and bounds; rows are read as they are asked for. */
final class Cursors {
    private final Source source;
    private final Scope scope;
    private final String text;

    private final @Nullable Profiler profiler;
    /** One statement sees one state of them, however often a join reads it. */
    private final SortedMap<String, List<Value.Struct>> systemRows = new TreeMap<>();

    /**
     * @param profiler null: nobody wants to know what the operators do
     */
    Cursors(Source source, Scope scope, String text, @Nullable Profiler profiler) {
        this.source = source;
        this.scope = scope;
        this.text = text;
        this.profiler = profiler;
    }

    Cursor open(Plan plan) {
        Cursor cursor = opened(plan);
        return profiler == null
                ? cursor
                : profiler.measure(
                        cursor,
                        plan,
                        switch (plan) {
                            case Plan.Scan scan -> Profiler.Part.READING;
                            case Plan.SystemScan scan -> Profiler.Part.READING;
                            case Plan.CountScan scan -> Profiler.Part.READING;
                            case Plan.IndexScan scan -> Profiler.Part.NOTHING;
                            case Plan.IdScan scan -> Profiler.Part.NOTHING;
                            case Plan.Join join -> Profiler.Part.JOINING;
                            case Plan.UnionScan scan -> Profiler.Part.COUNT;
                            case Plan.IntersectScan scan -> Profiler.Part.COUNT;
                            default -> Profiler.Part.COMPUTING;
                        });
    }

    private Cursor opened(Plan plan) {
        return switch (plan) {
            case Plan.Scan scan -> new ScanCursor(scan, source, scope);
            case Plan.SystemScan(Term term, int index) ->
                new IteratorCursor(systemRows(term).iterator(), term.typing(), scope, index);
            case Plan.IdScan scan -> idScan(scan, null, scan);
            case Plan.IndexScan scan -> indexScan(scan, scan.once() ? new Seen(scope) : null, scan);
            case Plan.UnionScan union -> {
                Seen seen = new Seen(scope);
                List<Cursor> scans = new ArrayList<>();
                for (Plan scan : union.scans()) {
                    scans.add(
                            scan instanceof Plan.IndexScan index
                                    ? indexScan(index, seen, union)
                                    : idScan((Plan.IdScan) scan, seen, union));
                }
                yield new ChainCursor(scans, seen);
            }
            case Plan.Join join ->
                new JoinCursor(join, open(join.input()), this, scope, profiler == null ? null : profiler.stats(join));
            case Plan.IntersectScan intersect -> new IntersectCursor(intersect, this, scope);
            case Plan.CountScan(Term term, int aggregates) -> new CountCursor(term, aggregates, source, scope);
            case Plan.Given(int index) -> new GivenCursor(scope.given.iterator(), scope, index);
            case Plan.Filter(Plan input, Compiled condition, double share) ->
                new FilterCursor(open(input), condition, scope);
            case Plan.Group group -> new GroupCursor(open(group.input()), scope, group);
            case Plan.Project(Plan input, Projector projector) -> new ProjectCursor(open(input), projector, scope);
            case Plan.Distinct(Plan input) -> new DistinctCursor(open(input), scope);
            case Plan.Sort(Plan input, List<Plan.SortKey> keys, Plan.Bounds bounds, int presorted) -> {
                long limit = limit(bounds);
                long offset = offset(bounds);
                long kept = limit == 0 ? 0 : limit > Long.MAX_VALUE - offset ? Long.MAX_VALUE : limit + offset;
                yield presorted > 0
                        ? new RunSortCursor(open(input), scope, keys, presorted, kept)
                        : new SortCursor(open(input), scope, keys, kept);
            }
            case Plan.Slice(Plan input, Plan.Bounds bounds) -> {
                long limit = limit(bounds);
                long offset = offset(bounds);
                yield new SliceCursor(open(input), limit, offset);
            }
        };
    }

    /**
     * Reads the entries of an index scan whose ids are admitted, all of them for null.
     *
     * @param owner the scan that the documents belong to, this one or one that it is a part of
     */
    IndexCursor indexScan(Plan.IndexScan scan, @Nullable Admission admission, Plan owner) {
        List<Span> spans = switch (scan.spans()) {
            case Plan.Spans.Known(List<Span> known) -> known;
            case Plan.Spans.Sought sought -> sought(scan, sought, scope);
        };
        return new IndexCursor(
                scan, spans, source, scope, admission, profiler == null ? null : profiler.meter(scan, owner));
    }

    /** The spans for the rows of the FROM terms before that are at hand. */
    static List<Span> sought(Plan.IndexScan scan, Plan.Spans.Sought sought, Scope scope) {
        return IndexSpans.of(scan.shape(), sought.conditions(), scope, sought.directives())
                .inDirection(scan.reverse());
    }

    private Cursor idScan(Plan.IdScan scan, @Nullable Admission admission, Plan owner) {
        Iterator<DocumentId> ids = Identifiers.of(scan.ids(), scope, text).iterator();
        return new IdCursor(scan, ids, source, scope, admission, profiler == null ? null : profiler.meter(scan, owner));
    }

    private List<Value.Struct> systemRows(Term term) {
        List<Value.Struct> known = systemRows.get(term.collection());
        if (known == null) {
            known = readSystemRows(term);
            systemRows.put(term.collection(), known);
        }
        return known;
    }

    private List<Value.Struct> readSystemRows(Term term) {
        if (term.collection().equals(Term.DUAL)) {
            return List.of(
                    Value.Struct.builder().put("_id", Value.of(Term.DUAL)).build());
        }
        List<Value.Struct> rows = source.system(term.collection());
        if (rows == null) {
            String unknown = Binder.unknown("system collection", term.collection(), source.systemNames());
            throw QueryException.at(ErrorCode.QUERY_EVALUATION, unknown, text, term.at());
        }
        return rows;
    }

    private long limit(Plan.Bounds bounds) {
        return bounds.limit() == null ? Long.MAX_VALUE : bound("LIMIT", bounds.limit());
    }

    private long offset(Plan.Bounds bounds) {
        return bounds.offset() == null ? 0 : bound("OFFSET", bounds.offset());
    }

    private long bound(String clause, Compiled bound) {
        if (Arithmetic.wholeAsInteger(bound.evaluate(scope)) instanceof Value.Int(long number) && number >= 0) {
            return number;
        }
        throw QueryException.at(
                ErrorCode.QUERY_EVALUATION, clause + " takes an integer that is not negative", text, bound.at());
    }

    private record IteratorCursor(Iterator<Value.Struct> rows, Typing typing, Scope scope, int index)
            implements Cursor {
        @Override
        public boolean next() {
            scope.limits.check();
            if (!rows.hasNext()) {
                return false;
            }
            scope.rows[index] = StructRow.of(rows.next(), typing);
            return true;
        }

        @Override
        public void close() {}
    }

    private record GivenCursor(Iterator<Row> rows, Scope scope, int index) implements Cursor {
        @Override
        public boolean next() {
            if (!rows.hasNext()) {
                return false;
            }
            scope.rows[index] = rows.next();
            return true;
        }

        @Override
        public void close() {}
    }

    private static final class CountCursor implements Cursor {
        private final Term term;
        private final int aggregates;
        private final Source source;
        private final Scope scope;
        private boolean done;

        CountCursor(Term term, int aggregates, Source source, Scope scope) {
            this.term = term;
            this.aggregates = aggregates;
            this.source = source;
            this.scope = scope;
        }

        @Override
        public boolean next() {
            if (done) {
                return false;
            }
            done = true;
            Value count = Value.of(source.count(term.collection()));
            Value[] counts = new Value[aggregates];
            Arrays.fill(counts, count);
            scope.aggregates = counts;
            return true;
        }

        @Override
        public void close() {}
    }

    private record FilterCursor(Cursor input, Compiled condition, Scope scope) implements Cursor {
        @Override
        public boolean next() {
            while (input.next()) {
                if (condition.holds(scope)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean reopen() {
            return input.reopen();
        }

        @Override
        public void close() {
            input.close();
        }
    }

    private record ProjectCursor(Cursor input, Projector projector, Scope scope) implements Cursor {
        @Override
        public boolean next() {
            if (!input.next()) {
                return false;
            }
            scope.output = projector.project(scope);
            return true;
        }

        @Override
        public void close() {
            input.close();
        }
    }

    private static final class SliceCursor implements Cursor {
        private final Cursor input;
        private long left;
        private long toSkip;

        SliceCursor(Cursor input, long limit, long offset) {
            this.input = input;
            left = limit;
            toSkip = offset;
        }

        @Override
        public boolean next() {
            if (left == 0) {
                return false;
            }
            for (; toSkip > 0; toSkip--) {
                if (!input.next()) {
                    left = 0;
                    return false;
                }
            }
            left--;
            return input.next();
        }

        @Override
        public void close() {
            input.close();
        }
    }
}
