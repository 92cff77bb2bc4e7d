package io.ibid.core.query;

import io.ibid.core.query.function.LikePattern;
import io.ibid.core.query.function.Truth;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.List;

/**
 * A condition on one field that depends on nothing else of its row, so that the values for which it is TRUE are known before any row is.
 *
 * @param operands what the field is compared with
 * @param constant whether the operands depend on no row at all; otherwise on rows of earlier FROM terms
 */
record FieldTest(Path path, Kind kind, List<Compiled> operands, boolean constant) {

    enum Kind {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_EQUAL,
        GREATER,
        GREATER_EQUAL,
        /** One of the operands. */
        LISTED,
        /** One of the elements of the only operand. */
        ELEMENT,
        BETWEEN,
        NOT_BETWEEN,
        NULL,
        NOT_NULL,
        MISSING,
        NOT_MISSING,
        /** Fits a pattern with an escape character. */
        LIKE;

        /** The share of documents that meet it, roughly. */
        double share() {
            return switch (this) {
                case EQUAL, NULL, MISSING -> 0.1;
                case LISTED, ELEMENT, BETWEEN, LIKE -> 0.25;
                case LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> 0.33;
                case NOT_EQUAL, NOT_BETWEEN, NOT_NULL, NOT_MISSING -> 0.9;
            };
        }

        /** Whether it names single values, so that the next key of an index can be of use. */
        boolean namesValues() {
            return this == EQUAL || this == LISTED || this == ELEMENT || this == NULL || this == MISSING;
        }

        /** TRUE just where this one is FALSE; itself when there is none. */
        Kind complement() {
            return switch (this) {
                case EQUAL -> NOT_EQUAL;
                case NOT_EQUAL -> EQUAL;
                case LESS -> GREATER_EQUAL;
                case LESS_EQUAL -> GREATER;
                case GREATER -> LESS_EQUAL;
                case GREATER_EQUAL -> LESS;
                case BETWEEN -> NOT_BETWEEN;
                case NOT_BETWEEN -> BETWEEN;
                case NULL -> NOT_NULL;
                case NOT_NULL -> NULL;
                case MISSING -> NOT_MISSING;
                case NOT_MISSING -> MISSING;
                case LISTED, ELEMENT, LIKE -> this;
            };
        }

        /** The same comparison with its sides changed. */
        Kind mirrored() {
            return switch (this) {
                case LESS -> GREATER;
                case LESS_EQUAL -> GREATER_EQUAL;
                case GREATER -> LESS;
                case GREATER_EQUAL -> LESS_EQUAL;
                default -> this;
            };
        }
    }

    /** The values for which it is TRUE; a list longer than that becomes one range. */
    Ranges ranges(Scope scope, int inListMax) {
        return switch (kind) {
            case NULL -> Ranges.of(Value.NULL);
            case MISSING -> Ranges.of(Value.MISSING);
            case NOT_MISSING -> Ranges.of(null, new Span.Bound(Value.MISSING, false));
            case NOT_NULL ->
                Ranges.of(null, new Span.Bound(Value.NULL, false))
                        .unite(Ranges.of(new Span.Bound(Value.NULL, false), null));
            case LISTED -> {
                List<Value> values = operands.stream()
                        .map(operand -> operand.evaluate(scope))
                        .toList();
                yield listed(values, inListMax);
            }
            case ELEMENT ->
                operands.getFirst().evaluate(scope) instanceof Value.Array(List<Value> values)
                        ? listed(values, inListMax)
                        : Ranges.NONE;
            case BETWEEN, NOT_BETWEEN ->
                between(operands.get(0).evaluate(scope), operands.get(1).evaluate(scope));
            case LIKE -> like(operands.get(0).evaluate(scope), operands.get(1).evaluate(scope));
            case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL ->
                compared(operands.getFirst().evaluate(scope));
        };
    }

    private static Ranges listed(List<Value> values, int inListMax) {
        return Ranges.points(
                        values.stream().filter(value -> !Truth.isAbsent(value)).toList())
                .atMost(inListMax);
    }

    private Ranges compared(Value value) {
        if (Truth.isAbsent(value)) {
            return Ranges.NONE;
        }
        return switch (kind) {
            case EQUAL -> Ranges.of(value);
            case LESS -> Ranges.below(value, false);
            case LESS_EQUAL -> Ranges.below(value, true);
            case GREATER -> Ranges.above(value, false);
            case GREATER_EQUAL -> Ranges.above(value, true);
            default -> Ranges.below(value, false).unite(Ranges.above(value, false));
        };
    }

    /** A bound that compares with nothing makes its half MISSING or NULL, and then the other half alone can only say FALSE. */
    private Ranges between(Value low, Value high) {
        if (kind == Kind.BETWEEN) {
            return Truth.isAbsent(low) || Truth.isAbsent(high)
                    ? Ranges.NONE
                    : Ranges.above(low, true).intersect(Ranges.below(high, true));
        }
        Ranges below = Truth.isAbsent(low) ? Ranges.NONE : Ranges.below(low, false);
        return Truth.isAbsent(high) ? below : below.unite(Ranges.above(high, false));
    }

    private static Ranges like(Value pattern, Value escape) {
        LikePattern compiled = pattern instanceof Value.Text(String text)
                        && escape instanceof Value.Text(String mark)
                        && !mark.isEmpty()
                        && mark.codePointCount(0, mark.length()) == 1
                ? LikePattern.compile(text, mark.codePointAt(0), false)
                : null;
        if (compiled == null) {
            // Not a pattern: whoever reads the first text will say so.
            return Ranges.above(Value.of(""), true).inexact();
        }
        LikePattern.Beginning beginning = compiled.beginning();
        Value prefix = Value.of(beginning.text());
        if (beginning.whole()) {
            return Ranges.of(prefix);
        }
        String after = beginning.after();
        Ranges ranges = Ranges.above(prefix, true);
        if (after != null) {
            ranges = ranges.intersect(Ranges.below(Value.of(after), false));
        }
        return beginning.any() ? ranges : ranges.inexact();
    }
}
