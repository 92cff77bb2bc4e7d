package io.ibid.core.query;

import static io.ibid.core.error.ErrorCode.QUERY_EVALUATION;
import static io.ibid.core.error.ErrorCode.QUERY_UNSUPPORTED;

import io.ibid.core.query.syntax.Command;
import io.ibid.core.query.syntax.Expression;
import io.ibid.core.query.syntax.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The FROM clause of one SELECT: its terms in the order in which rows of them are looked for. That is the order in which they are
 * written, but that a RIGHT JOIN is a LEFT JOIN with its sides changed. Each condition is asked as early as its rows are there: an inner
 * join's ON and WHERE are one, but of an outer join ON chooses partners and WHERE chooses rows.
 */
final class FromClause {
    private final Preparation preparation;
    private final List<Term> terms = new ArrayList<>();
    /** How the term after the first one, after the second one and so on is joined. */
    private final List<Step> steps = new ArrayList<>();

    private final List<Directives> directives = new ArrayList<>();

    private record Step(boolean outer, Expression condition) {}

    FromClause(Preparation preparation, Command.Select select) {
        this.preparation = preparation;
        terms.add(select.from() == null ? Term.dual() : preparation.term(select.from()));
        for (Command.Join join : select.joins()) {
            if (join.kind() == Command.JoinKind.RIGHT && !steps.isEmpty()) {
                throw preparation.error(
                        QUERY_UNSUPPORTED, "RIGHT OUTER join that isn't the first join is not supported", join.at());
            }
            terms.add(join.kind() == Command.JoinKind.RIGHT ? 0 : terms.size(), preparation.term(join.term()));
            steps.add(new Step(join.kind() != Command.JoinKind.INNER, join.condition()));
        }
        requireDifferentAliases();
        for (Term term : terms) {
            directives.add(preparation.directives(select.directive(), term));
        }
        if (steps.size() > directives.getFirst().joinsMax()) {
            throw preparation.error(
                    QUERY_EVALUATION,
                    "Too many joins: the number of joined terms exceeds the maximum permitted.",
                    select.joins().get(directives.getFirst().joinsMax()).at());
        }
    }

    private void requireDifferentAliases() {
        TreeSet<String> aliases = new TreeSet<>();
        for (Term term : terms) {
            if (!aliases.add(term.alias())) {
                throw preparation.error(
                        QUERY_EVALUATION,
                        "two collections are called " + term.alias() + "; give one of them another name with AS",
                        term.at());
            }
        }
    }

    List<Term> terms() {
        return terms;
    }

    /** By number of the term. */
    List<String> aliases() {
        return terms.stream().map(Term::alias).toList();
    }

    /** Where each bound condition is asked. */
    final class Conditions {
        private final Binder binder;
        private final List<Expression> joining = new ArrayList<>();
        private final List<List<Expression>> own = new ArrayList<>();
        private final List<List<Expression>> gates = new ArrayList<>();
        private final List<List<Expression>> after = new ArrayList<>();

        /** @param where bound; null: none */
        Conditions(Binder binder, @Nullable Expression where) {
            this.binder = binder;
            for (int i = 0; i < terms.size(); i++) {
                own.add(new ArrayList<>());
                gates.add(new ArrayList<>());
                after.add(new ArrayList<>());
            }
            for (int term = 1; term < terms.size(); term++) {
                Step step = steps.get(term - 1);
                Expression condition = binder.bindJoin(step.condition, term);
                joining.add(condition);
                for (Expression part : SourcePlanner.split(condition)) {
                    if (!step.outer) {
                        place(part);
                    } else {
                        (lastTerm(part) == term ? own : gates).get(term).add(part);
                    }
                }
            }
            SourcePlanner.split(where).forEach(this::place);
        }

        private void place(Expression part) {
            int term = lastTerm(part);
            (term > 0 && steps.get(term - 1).outer ? after : own).get(term).add(part);
        }

        /** How the rows of the first term are found. */
        Access firstAccess() {
            return access(0);
        }

        private Access access(int term) {
            return preparation
                    .sourcePlanner(binder)
                    .access(terms.get(term), term, own.get(term), number -> number < term, directives.get(term));
        }

        /** How the others are, when the statement reads that of each term beyond the conditions. */
        List<Joined> joins(List<FieldUse> uses) {
            List<Joined> joins = new ArrayList<>();
            for (int term = 1; term < terms.size(); term++) {
                Demand demand = new Demand(List.of(), use(term, uses.get(term)), null, new TreeSet<>());
                joins.add(new Joined(
                        steps.get(term - 1).outer,
                        access(term),
                        demand,
                        conjunction(gates.get(term)),
                        joining.get(term - 1),
                        conjunction(after.get(term)),
                        preparation.text()));
            }
            return joins;
        }

        /** What is read of a term, the conditions that its rows are found by not counted. */
        FieldUse use(int term, FieldUse read) {
            List<Expression> elsewhere = new ArrayList<>();
            for (int i = 0; i < terms.size(); i++) {
                if (i != term) {
                    elsewhere.addAll(own.get(i));
                }
                elsewhere.addAll(gates.get(i));
                elsewhere.addAll(after.get(i));
            }
            return read.and(FieldUse.of(term, elsewhere));
        }
    }

    private @Nullable Compiled conjunction(List<Expression> parts) {
        if (parts.isEmpty()) {
            return null;
        }
        return preparation.compiled(
                parts.size() == 1
                        ? parts.getFirst()
                        : new Expression.And(parts.getFirst().at(), parts));
    }

    /** The number of the last term that the expression reads; 0 when it reads none. */
    private static int lastTerm(Expression expression) {
        int[] last = new int[1];
        Trees.any(expression, node -> {
            last[0] = Math.max(
                    last[0],
                    switch (node) {
                        case Expression.Field field -> field.term();
                        case Expression.WholeDocument document -> document.term();
                        case Expression.Unqualified field -> field.terms() - 1;
                        default -> 0;
                    });
            return false;
        });
        return last[0];
    }
}
