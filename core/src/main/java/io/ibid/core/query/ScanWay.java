package io.ibid.core.query;

import java.util.List;

/**
 * The way without an index: all documents, or those whose ids the conditions allow, forwards or backwards. The documents are an index of
 * their ids that costs nothing. Stateless.
 */
final class ScanWay {

    private ScanWay() {}

    /** The documents of a term as an index. */
    static IndexShape ids(Term term) {
        return new IndexShape(term.collection(), "", List.of(new IndexShape.Key(SourcePlanner.ID, false)), true);
    }

    /**
     * The option of a term.
     *
     * @param byId the direction in which the order of the ids is the wanted one
     * @param priced whether there is anything to compare it with
     */
    static AccessChooser.Option of(
            AccessChooser chooser, Access access, Source source, IndexOrder byId, boolean priced) {
        List<Restriction> restrictions = chooser.restrictions();
        List<Span> spans = Plan.Scan.ALL_IDS;
        boolean[] covered = new boolean[restrictions.size()];
        double documents = priced ? chooser.total() : Double.NaN;
        boolean reverse = byId == IndexOrder.REVERSE;
        if (access.narrowsIds()) {
            IndexShape ids = ids(access.term());
            IndexSpans narrowed = AccessChooser.isConstant(ids, restrictions) ? chooser.spans(ids, restrictions) : null;
            if (narrowed != null && narrowed.keys() > 0) {
                spans = narrowed.inDirection(reverse);
                covered = narrowed.covered();
                documents = documents(source, access.term(), spans);
            }
        }
        boolean whole = spans.equals(Plan.Scan.ALL_IDS);
        Plan scan = whole && !reverse
                ? access.base()
                : new Plan.Scan(access.term(), access.index(), spans, reverse, documents);
        boolean ordered = byId != IndexOrder.NONE;
        double cost = (whole ? AccessChooser.SCAN_START : 0)
                + chooser.cost(documents, spans.size(), AccessChooser.SCANNED_DOCUMENT, covered, ordered);
        return new AccessChooser.Option(scan, covered, documents, ordered, priced ? cost : Double.POSITIVE_INFINITY);
    }

    private static double documents(Source source, Term term, List<Span> spans) {
        List<Span> asked = spans.subList(0, Math.min(spans.size(), AccessChooser.SPANS_ESTIMATED_MAX));
        double documents = 0;
        for (Span span : asked) {
            documents += source.estimate(term.collection(), span);
        }
        return documents * spans.size() / Math.max(1, asked.size());
    }
}
