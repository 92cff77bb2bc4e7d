package io.ibid.core.query;

import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows an index scan: for each span the range of each of its keys, with the values of this execution. */
final class IndexScanText {

    private IndexScanText() {}

    static Value.Struct of(Plan.IndexScan scan, PlanText text) {
        List<Value> spans = new ArrayList<>();
        switch (scan.spans()) {
            case Plan.Spans.Known(List<Span> known) -> known.forEach(span -> add(spans, scan.shape(), span));
            case Plan.Spans.Sought(List<Restriction> conditions, Directives directives) ->
                addSought(spans, scan.shape(), conditions, text);
        }
        Value.Struct.Builder desc = Value.Struct.builder();
        desc.put("index", Value.of(scan.shape().name()));
        desc.put("spans", new Value.Array(spans));
        if (scan.reverse()) {
            desc.put("reverse", Value.TRUE);
        }
        return Value.Struct.builder()
                .put("collection", Value.of(scan.term().collection()))
                .put("datasource", Value.of("default"))
                .put("desc", desc.build())
                .put("covering", Value.of(scan.covering() != null))
                .build();
    }

    /** A scan of a part of the collection, or backwards, says so in its descriptor. */
    static Value.Struct ofIds(Plan.Scan scan, Value.Struct attributes) {
        if (scan.isWhole() && !scan.reverse()) {
            return attributes;
        }
        Value.Struct.Builder descriptor = Value.Struct.builder();
        descriptor.put("diff_scan_condition", Value.of("never"));
        if (!scan.isWhole()) {
            IndexShape ids = ScanWay.ids(scan.term());
            List<Value> spans = new ArrayList<>();
            scan.ids().forEach(span -> add(spans, ids, span));
            descriptor.put("spans", new Value.Array(spans));
        }
        if (scan.reverse()) {
            descriptor.put("reverse", Value.TRUE);
        }
        Value.Struct.Builder all = Value.Struct.builder();
        for (int i = 0; i < attributes.size(); i++) {
            all.put(attributes.name(i), attributes.value(i));
        }
        return all.put("descriptor", descriptor.build()).build();
    }

    private static void add(List<Value> spans, IndexShape index, Span span) {
        int equal = span.equal().size();
        for (int i = 0; i < equal; i++) {
            Value value = PlanText.text(span.equal().get(i));
            spans.add(span(index, i, bound(value, true), bound(value, true)));
        }
        if (equal == 0 || span.low() != null || span.high() != null) {
            spans.add(span(index, equal, bound(span.low()), bound(span.high())));
        }
    }

    /** What is compared with fields of other terms is shown as it is written. */
    private static void addSought(List<Value> spans, IndexShape index, List<Restriction> conditions, PlanText text) {
        for (int i = 0; i < index.keys().size(); i++) {
            Path path = index.keys().get(i).path();
            for (Restriction condition : conditions) {
                if (condition instanceof Restriction.Test(FieldTest test)
                        && test.path().equals(path)) {
                    Value value = test.operands().isEmpty()
                            ? Value.of(test.kind().name())
                            : text.text(test.operands().getFirst());
                    spans.add(
                            switch (test.kind()) {
                                case LESS, LESS_EQUAL ->
                                    span(index, i, null, bound(value, test.kind() == FieldTest.Kind.LESS_EQUAL));
                                case GREATER, GREATER_EQUAL ->
                                    span(index, i, bound(value, test.kind() == FieldTest.Kind.GREATER_EQUAL), null);
                                default -> span(index, i, bound(value, true), bound(value, true));
                            });
                }
            }
        }
    }

    private static Value span(IndexShape index, int number, Value.@Nullable Struct low, Value.@Nullable Struct high) {
        IndexShape.Key key = index.keys().get(number);
        List<Value> path = new ArrayList<>();
        key.path().keys().forEach(name -> path.add(Value.of(name)));
        Value.Struct.Builder range = Value.Struct.builder();
        if (low != null) {
            range.put("low", low);
        }
        if (high != null) {
            range.put("high", high);
        }
        return Value.Struct.builder()
                .put(
                        "index_key",
                        Value.Struct.builder()
                                .put("direction", Value.of(key.descending() ? "desc" : "asc"))
                                .put("include_missing", Value.of(index.includeMissing()))
                                .put("key", new Value.Array(path))
                                .build())
                .put("range", range.build())
                .build();
    }

    /** A bound that only keeps to values of one kind is not shown. */
    private static Value.@Nullable Struct bound(Span.@Nullable Bound bound) {
        return bound == null || Ranges.isEndOfKind(bound)
                ? null
                : bound(PlanText.text(bound.value()), bound.included());
    }

    private static Value.Struct bound(Value text, boolean included) {
        return Value.Struct.builder()
                .put("expr", text)
                .put("included", Value.of(included))
                .build();
    }
}
