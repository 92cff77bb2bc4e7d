package io.ibid.core.query;

import io.ibid.core.error.IbidException;
import io.ibid.core.query.syntax.Notation;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs ADVISE: thinks of indexes, lets the planner plan as if they were there, and suggests those that it would use and that make the
 * statement much cheaper.
 */
final class Adviser {
    /** What is left of the price when an index is worth to be suggested. */
    private static final double WORTHWHILE = 0.8;

    private final StatementKind kind;
    private final Scope scope;
    private final Source source;

    Adviser(StatementKind kind, Scope scope, Source source) {
        this.kind = kind;
        this.scope = scope;
        this.source = source;
    }

    /**
     * Makes the one row of the answer.
     *
     * @param schema where what is suggested is created; null: nowhere
     */
    Result advise(Program.Advise advise, @Nullable Schema schema) {
        List<IndexProposals.Proposal> suggested = new ArrayList<>();
        Set<IndexShape> used = new LinkedHashSet<>();
        boolean advisable = false;
        boolean proposed = false;
        for (Part part : parts(advise.helped())) {
            advisable = true;
            AccessChooser.Choice now = choice(part, source);
            collect(now.rows(), used);
            List<IndexProposals.Proposal> proposals = new IndexProposals(part.access, part.demand).list();
            proposed |= !proposals.isEmpty();
            suggested.addAll(worthwhile(part, now, proposals));
        }
        List<Value> created = new ArrayList<>();
        List<Value> failed = new ArrayList<>();
        if (schema != null) {
            suggested.forEach(proposal -> create(schema, proposal.index(), created, failed));
        }
        Value.Struct.Builder advice = Value.Struct.builder();
        advice.put("statement", Value.of(advise.helpedText()));
        advice.put(
                "suggestedIndexes",
                new Value.Array(suggested.stream().map(Adviser::shown).toList()));
        advice.put(
                "existingIndexes",
                new Value.Array(
                        used.stream().map(index -> (Value) shown(index).build()).toList()));
        advice.put(
                "outcome",
                Value.of(
                        !suggested.isEmpty()
                                ? outcome(suggested.size(), schema, failed.size())
                                : !advisable || (proposed && used.isEmpty())
                                        ? "no advice available for statement"
                                        : proposed ? "optimal indexes already exist" : "no keys to advise on"));
        advice.put("createdIndexes", new Value.Array(created));
        advice.put("failedIndexes", new Value.Array(failed));
        scope.releaseMemory();
        Value.Struct row = Value.Struct.builder().put("advice", advice.build()).build();
        return new FinishedResult(kind, List.of(new ComputedRow(row)), List.of(), scope.warnings());
    }

    /** One FROM term of what is helped. */
    private record Part(Access access, Demand demand) {}

    private static List<Part> parts(Program helped) {
        List<Part> parts = new ArrayList<>();
        for (Selection selection : helped.selections()) {
            if (selection.settled() == null) {
                parts.add(new Part(selection.access(), selection.demand()));
                selection.joins().forEach(join -> parts.add(new Part(join.access(), join.demand())));
            }
        }
        parts.removeIf(part -> part.access.isSettled());
        return parts;
    }

    private static String outcome(int suggested, @Nullable Schema schema, int failed) {
        if (schema == null) {
            return suggested == 1 ? "1 index suggested" : suggested + " indexes suggested";
        }
        int created = suggested - failed;
        return (created == 1 ? "1 index created" : created + " indexes created")
                + (failed == 0 ? "" : ", " + failed + " failed");
    }

    private AccessChooser.Choice choice(Part part, Source with) {
        return AccessChooser.price(part.access, part.demand, with, scope);
    }

    /** Those of the proposals that a plan made with all of them uses, if that plan is worth it. */
    private List<IndexProposals.Proposal> worthwhile(
            Part part, AccessChooser.Choice now, List<IndexProposals.Proposal> proposals) {
        List<IndexShape> indexes = proposals.stream()
                .map(IndexProposals.Proposal::index)
                .distinct()
                .toList();
        AccessChooser.Choice then = choice(part, new HypotheticalSource(source, scope, indexes));
        if (then.cost() > now.cost() * WORTHWHILE) {
            return List.of();
        }
        Set<IndexShape> used = new LinkedHashSet<>();
        collect(then.rows(), used);
        List<IndexProposals.Proposal> worthwhile = new ArrayList<>();
        for (IndexProposals.Proposal proposal : proposals) {
            if (used.remove(proposal.index())) {
                worthwhile.add(proposal);
            }
        }
        return worthwhile;
    }

    /** The indexes that a plan for rows reads. */
    private static void collect(Plan plan, Set<IndexShape> indexes) {
        switch (plan) {
            case Plan.IndexScan scan -> indexes.add(scan.shape());
            case Plan.UnionScan union -> union.scans().forEach(scan -> collect(scan, indexes));
            case Plan.IntersectScan intersect -> intersect.scans().forEach(scan -> collect(scan, indexes));
            case Plan.Filter filter -> collect(filter.input(), indexes);
            default -> {}
        }
    }

    private static void create(Schema schema, IndexShape index, List<Value> created, List<Value> failed) {
        try {
            schema.create(
                    new IndexShape(index.collection(), index.name(), index.keys(), schema.includesMissing()), true);
            created.add(shown(index).build());
        } catch (IbidException failure) {
            String message = failure.getMessage();
            failed.add(shown(index)
                    .put("error", Value.of(message == null ? failure.code().text() : message))
                    .build());
        }
    }

    private static Value shown(IndexProposals.Proposal proposal) {
        return shown(proposal.index())
                .put("reason", Value.of(proposal.reason()))
                .build();
    }

    private static Value.Struct.Builder shown(IndexShape index) {
        return Value.Struct.builder()
                .put("collection", Value.of(index.collection()))
                .put("statement", Value.of(statement(index)));
    }

    private static String statement(IndexShape index) {
        StringBuilder text = new StringBuilder("CREATE INDEX IF NOT EXISTS ");
        if (index.name().matches("[A-Za-z_][A-Za-z0-9_]*")) {
            text.append(index.name());
        } else {
            Notation.name(text, index.name());
        }
        text.append(" ON default:");
        Notation.name(text, index.collection());
        String separator = " (";
        for (IndexShape.Key key : index.keys()) {
            text.append(separator);
            String dot = "";
            for (String part : key.path().keys()) {
                text.append(dot);
                Notation.name(text, part);
                dot = ".";
            }
            text.append(key.descending() ? " DESC" : " ASC");
            separator = ", ";
        }
        return text.append(')').toString();
    }
}
