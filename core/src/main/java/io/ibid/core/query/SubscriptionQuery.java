package io.ibid.core.query;

import static io.ibid.core.error.ErrorCode.QUERY_UNSUPPORTED;

import io.ibid.core.query.syntax.Command;
import io.ibid.core.query.syntax.Expression;
import io.ibid.core.query.syntax.Notation;
import io.ibid.core.query.syntax.Parser;
import io.ibid.core.query.syntax.Printer;
import io.ibid.core.query.syntax.QueryException;
import io.ibid.core.query.syntax.Trees;
import io.ibid.core.value.Cbor;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Json;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a peer wants to have: {@code SELECT * FROM collection [WHERE condition]} with its arguments bound. Immutable.
 *
 * <p>Two queries that mean the same have the same canonical text and arguments, however their authors named parameters, aliases and
 * variables. These travel to other peers, which make an equal query of them with {@link #ofCanonical}, whatever their own settings are:
 * the mode in which fields are typed is written at the head of the text.
 */
public final class SubscriptionQuery implements RowFilter {
    private static final String STRICT_HEAD = "/*+ {\"#strict\":true} */ ";

    private final Term term;
    private final String canonicalText;
    private final Value.Struct arguments;
    private final byte[] canonicalArguments;
    private final @Nullable ConditionFilter condition;
    private final List<String> warnings;

    private SubscriptionQuery(
            Term term,
            String canonicalText,
            Value.Struct arguments,
            @Nullable ConditionFilter condition,
            List<String> warnings) {
        this.warnings = List.copyOf(warnings);
        this.term = term;
        this.canonicalText = canonicalText;
        this.arguments = arguments;
        this.canonicalArguments = Cbor.encode(arguments);
        this.condition = condition;
    }

    /**
     * Prepares a subscription as its author wrote it.
     *
     * @param options the settings of the peer that subscribes; the canonical text carries them on
     * @throws QueryException {@code query/unsupported} for anything a subscription may not have, and as {@link Statement#prepare}
     */
    public static SubscriptionQuery prepare(String text, StatementOptions options, Value.Struct arguments) {
        return new Making(text, options, arguments).query();
    }

    /** Makes the query again out of what {@link #canonicalText} and {@link #arguments} gave, on this peer or another. */
    public static SubscriptionQuery ofCanonical(String canonicalText, Value.Struct arguments) {
        boolean strict = canonicalText.startsWith(STRICT_HEAD);
        String text = strict ? canonicalText.substring(STRICT_HEAD.length()) : canonicalText;
        return prepare(text, strict ? StatementOptions.STRICT : StatementOptions.FLEXIBLE, arguments);
    }

    /** One preparation at work. */
    private record Making(String text, StatementOptions options, Value.Struct arguments) {

        SubscriptionQuery query() {
            if (!(Parser.parse(text) instanceof Command.Select select)) {
                throw unsupported("non-SELECT statement", 0);
            }
            requireSubscribable(select);
            Preparation preparation = new Preparation(text, options);
            Term term = select.from() == null ? Term.dual() : preparation.term(select.from());
            preparation.directives(select.directive(), term);
            Expression where = select.where() == null
                    ? null
                    : preparation.binder(List.of(term)).bind(select.where(), "WHERE");
            SequencedMap<String, String> canonicalNames = new LinkedHashMap<>();
            String canonical = head(term);
            ConditionFilter condition = null;
            if (where != null) {
                requireDeterministic(where);
                condition = new ConditionFilter(where, text, arguments);
                if (condition.holdsAlways()) {
                    condition = null;
                } else {
                    String prefix = term.collection().startsWith("$v") ? "$w" : "$v";
                    canonical += " WHERE "
                            + Printer.print(where, term.collection(), new Printer.Canonical(canonicalNames, prefix));
                }
            }
            Value.Struct.Builder canonicalArguments = Value.Struct.builder();
            canonicalNames.forEach((given, name) -> canonicalArguments.put(name, arguments.get(given)));
            return new SubscriptionQuery(
                    term, canonical, canonicalArguments.build(), condition, warnings(term, select.range()));
        }

        private List<String> warnings(Term term, Command.Range range) {
            List<String> warnings = new ArrayList<>();
            if (term.system()) {
                warnings.add("a subscription to system:" + term.collection() + " has no effect");
            }
            if (!range.order().isEmpty() || range.limit() != null || range.offset() != null) {
                warnings.add(
                        "LIMIT, OFFSET and ORDER BY have no effect in a subscription: all documents that match are sent");
            }
            return warnings;
        }

        private void requireSubscribable(Command.Select select) {
            Command.Projection projection = select.projections().getFirst();
            if (select.projections().size() > 1 || !(projection instanceof Command.Projection.Everything)) {
                throw unsupported("A projection other than wildcard (*)", projection.at());
            }
            if (select.distinct()) {
                throw unsupported("DISTINCT", select.at());
            }
            if (select.grouping() != null || select.having() != null) {
                throw unsupported(
                        "Grouping",
                        select.grouping() == null
                                ? select.at()
                                : select.grouping().at());
            }
            if (!select.joins().isEmpty()) {
                throw unsupported("Joining", select.joins().getFirst().at());
            }
            if (select.from() != null) {
                for (Command.Hint hint : select.from().hints()) {
                    if (hint instanceof Command.Hint.Ids || hint instanceof Command.Hint.IdList) {
                        throw unsupported("USE IDS", hint.at());
                    }
                }
            }
            Command.Range range = select.range();
            if (options.restrictSubscriptions() && !range.order().isEmpty()) {
                throw unsupported("Limit or Order by", range.order().getFirst().at());
            }
            Expression bound = range.limit() != null ? range.limit() : range.offset();
            if (options.restrictSubscriptions() && bound != null) {
                throw unsupported("Limit or Order by", bound.at());
            }
        }

        /** The sender evaluates the condition, and every relay again: all must come to the same answer at any time. */
        private void requireDeterministic(Expression where) {
            Trees.any(where, node -> {
                if (node instanceof Expression.Call call
                        && (Compiler.isVolatile(call) || call.name().equalsIgnoreCase("siblings"))) {
                    throw unsupported(call.name() + "()", call.at());
                }
                return false;
            });
        }

        private String head(Term term) {
            StringBuilder head = new StringBuilder(term.typing().strict() ? STRICT_HEAD : "");
            head.append("SELECT * FROM ");
            boolean typed = !term.typing().declared().isEmpty();
            head.append(typed ? "COLLECTION " : "").append(term.system() ? "system:" : "");
            Notation.name(head, term.collection());
            if (typed) {
                definitions(head, term.typing());
            }
            return head.toString();
        }

        /** Paths are sorted, so the children of a map follow it, each level deeper than the one before by one at most. */
        private static void definitions(StringBuilder out, Typing typing) {
            int open = 0;
            for (Map.Entry<Path, FieldType> entry : typing.declared().entrySet()) {
                Path path = entry.getKey();
                if (path.depth() > open) {
                    out.append(" (");
                    open++;
                } else {
                    out.repeat(')', open - path.depth()).append(", ");
                    open = path.depth();
                }
                Notation.name(out, path.keys().getLast());
                out.append(' ').append(entry.getValue());
            }
            out.repeat(')', open);
        }

        private QueryException unsupported(String feature, int at) {
            return QueryException.at(QUERY_UNSUPPORTED, "Unsupported feature: " + feature, text, at);
        }
    }

    /** The collection, without its namespace. */
    public String collection() {
        return term.collection();
    }

    /** A subscription to a {@code system:} collection is accepted and selects nothing. */
    public boolean isSystem() {
        return term.system();
    }

    /** What of the text has no effect. */
    public List<String> warnings() {
        return warnings;
    }

    /** How rows given to {@link #matches} must be typed. */
    public Typing typing() {
        return term.typing();
    }

    /** Whether every document of the collection is wanted. */
    public boolean isUnfiltered() {
        return condition == null && !term.system();
    }

    @Override
    public boolean matches(Row row) {
        return !term.system() && (condition == null || condition.matches(row));
    }

    public String canonicalText() {
        return canonicalText;
    }

    /** What tells it from all queries that do not mean the same, for people: the canonical text, and the arguments if there are any. */
    public String name() {
        return arguments.isEmpty() ? canonicalText : canonicalText + " " + Json.write(arguments);
    }

    /** Exactly the arguments that the canonical text refers to. */
    public Value.Struct arguments() {
        return arguments;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SubscriptionQuery that
                && canonicalText.equals(that.canonicalText)
                && Arrays.equals(canonicalArguments, that.canonicalArguments);
    }

    @Override
    public int hashCode() {
        return canonicalText.hashCode() * 31 + Arrays.hashCode(canonicalArguments);
    }

    @Override
    public String toString() {
        return canonicalText;
    }
}
