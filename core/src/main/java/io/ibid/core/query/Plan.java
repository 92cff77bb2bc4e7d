package io.ibid.core.query;

import io.ibid.core.query.syntax.Expression.AggregateKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a statement gets its rows: a tree of operators, each fed by the one below it. Immutable; {@link Cursors} runs it. Each operator
 * moves the scope to its next row, so a pipeline that neither sorts nor groups keeps nothing.
 */
sealed interface Plan {

    /** All documents of the collection of FROM term number {@code index}. */
    record Scan(Term term, int index) implements Plan {}

    /** All rows of a system collection. */
    record SystemScan(Term term, int index) implements Plan {}

    /** The documents of known ids. */
    record IdScan(Term term, int index, Ids ids) implements Plan {}

    /** The number of documents, as the value of all {@code COUNT(*)} of a statement that asks for nothing else. */
    record CountScan(Term term, int aggregates) implements Plan {}

    /** The documents that a mutation touched, for RETURNING. */
    record Given(int index) implements Plan {}

    record Filter(Plan input, Compiled condition) implements Plan {}

    /** One row per group; without keys exactly one. */
    record Group(Plan input, List<Compiled> keys, List<Aggregation> aggregations) implements Plan {}

    /** Makes the row that is answered. */
    record Project(Plan input, Projector projector) implements Plan {}

    /** Rows that were answered already are left out. */
    record Distinct(Plan input) implements Plan {}

    /** Sorts, keeping only as many rows as the bounds will let through. */
    record Sort(Plan input, List<SortKey> keys, Bounds bounds) implements Plan {}

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
