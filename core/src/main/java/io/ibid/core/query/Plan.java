package io.ibid.core.query;

import io.ibid.core.query.syntax.Expression;
import io.ibid.core.query.syntax.Expression.AggregateKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a statement gets its rows: a tree of operators, each fed by the one below it. Immutable; {@link Cursors} runs it. Each operator
 * moves the scope to its next row, so a pipeline that neither sorts nor groups keeps nothing.
 */
sealed interface Plan {

    /**
     * The documents of the collection of FROM term number {@code index} whose ids lie in some spans, in the order of the ids or backwards.
     *
     * @param documents roughly how many that are; NaN when nobody had to know
     */
    record Scan(Term term, int index, List<Span> ids, boolean reverse, double documents) implements Plan {

        /** All documents. */
        Scan(Term term, int index) {
            this(term, index, ALL_IDS, false, Double.NaN);
        }

        static final List<Span> ALL_IDS = List.of(Span.ALL);

        boolean isWhole() {
            return ids.equals(ALL_IDS);
        }
    }

    /** All rows of a system collection. */
    record SystemScan(Term term, int index) implements Plan {}

    /** The documents of known ids. */
    record IdScan(Term term, int index, Ids ids) implements Plan {}

    /**
     * The documents that some spans of an index lead to, in its order or from its end.
     *
     * @param covering what is read of the entries when that is enough; null when documents are read
     * @param once documents are changed while they are read, and none may come a second time
     * @param entries roughly how many entries the spans have; NaN when nobody had to know
     */
    record IndexScan(
            Term term,
            int index,
            IndexShape shape,
            Spans spans,
            boolean reverse,
            @Nullable Covering covering,
            boolean once,
            double entries)
            implements Plan {}

    /** The documents that at least one of the scans gives, each once. */
    record UnionScan(Term term, int index, List<Plan> scans) implements Plan {}

    /** The documents that all scans give: the last one's, if the others have the id too; roughly so many. */
    record IntersectScan(Term term, int index, List<IndexScan> scans, double rows) implements Plan {}

    /** What is read of index entries: the keys of those numbers, and the id. */
    record Covering(List<Integer> keys, boolean id) {}

    /** Where the spans of an index scan come from. */
    sealed interface Spans {

        /** Known when the plan was made. */
        record Known(List<Span> spans) implements Spans {}

        /** Made anew for each row of the FROM terms before. */
        record Sought(List<Restriction> conditions, Directives directives) implements Spans {}
    }

    /**
     * For each row of the input the rows that the inner plan gives while that row is at hand.
     *
     * @param index the number of the FROM term that the inner plan reads
     * @param outer whether an input row without any goes on alone
     * @param gate a condition on the input row without which there are none; null: none
     * @param on the condition as written
     */
    record Join(
            Plan input,
            Plan inner,
            int index,
            boolean outer,
            @Nullable Compiled gate,
            Expression on) implements Plan {}

    /** The number of documents, as the value of all {@code COUNT(*)} of a statement that asks for nothing else. */
    record CountScan(Term term, int aggregates) implements Plan {}

    /** The documents that a mutation touched, for RETURNING. */
    record Given(int index) implements Plan {}

    /** Rows for which the condition is TRUE; the share is that of all rows, roughly. */
    record Filter(Plan input, Compiled condition, double share) implements Plan {}

    /** One row per group; without keys exactly one. */
    record Group(Plan input, List<Compiled> keys, List<Aggregation> aggregations) implements Plan {}

    /** Makes the row that is answered. */
    record Project(Plan input, Projector projector) implements Plan {}

    /** Rows that were answered already are left out. */
    record Distinct(Plan input) implements Plan {}

    /**
     * Sorts, keeping only as many rows as the bounds will let through.
     *
     * @param presorted by how many of the first keys the rows are sorted already
     */
    record Sort(Plan input, List<SortKey> keys, Bounds bounds, int presorted) implements Plan {}

    /** LIMIT and OFFSET. */
    record Slice(Plan input, Bounds bounds) implements Plan {}

    /** One aggregate; the operand is null for {@code COUNT(*)}. */
    record Aggregation(
            AggregateKind kind, boolean distinct, @Nullable Compiled operand) {}

    record SortKey(Compiled key, boolean descending) {}

    /** LIMIT and OFFSET as written; null when they are not. */
    record Bounds(@Nullable Compiled limit, @Nullable Compiled offset) {
        boolean areOpen() {
            return limit == null && offset == null;
        }
    }

    /** Where the ids of an id scan come from. Values that cannot be ids match nothing. */
    sealed interface Ids {

        /** {@code _id = value}. */
        record One(Compiled value) implements Ids {}

        /** {@code _id IN (a, b)}. */
        record Several(List<Compiled> values) implements Ids {}

        /** {@code _id IN array}; what is no array matches nothing. */
        record Elements(Compiled array) implements Ids {}

        /** {@code USE IDS a, b}, which warns about values that cannot be ids. */
        record Hinted(List<Compiled> values) implements Ids {}

        /** {@code USE IDS LIST array}, which refuses what is no array. */
        record HintedList(Compiled array) implements Ids {}
    }
}
