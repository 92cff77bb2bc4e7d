package io.ibid.core.query.syntax;

import io.ibid.core.value.Path;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes expressions in one form: every operation in parentheses, every name in backticks, texts in double quotes. What it writes
 * parses to the same tree, so equal text means equal meaning. Plans show conditions so, and subscriptions travel so.
 */
public final class Printer {
    private final StringBuilder out;
    private final List<String> aliases;
    private final @Nullable Canonical canonical;
    private int loopDepth;

    private Printer(StringBuilder out, List<String> aliases, @Nullable Canonical canonical) {
        this.out = out;
        this.aliases = aliases;
        this.canonical = canonical;
    }

    /** The expression with its fields as they are, without the names of their FROM terms. */
    public static String print(Expression expression) {
        return print(expression, List.of());
    }

    /**
     * The bound expression with each field behind the alias of its FROM term.
     *
     * @param aliases by number of the term; empty to leave them out
     */
    public static String print(Expression expression, List<String> aliases) {
        StringBuilder out = new StringBuilder();
        new Printer(out, aliases, null).expression(expression);
        return out.toString();
    }

    /** The bound expression over one FROM term with all names that its author was free to choose replaced. */
    public static String print(Expression expression, String alias, Canonical canonical) {
        StringBuilder out = new StringBuilder();
        new Printer(out, List.of(alias), canonical).expression(expression);
        return out.toString();
    }

    static void append(StringBuilder out, Expression expression) {
        new Printer(out, List.of(), null).expression(expression);
    }

    /**
     * New names for parameters, in the order in which they are met, and for loop variables.
     *
     * @param variablePrefix no alias begins with it
     */
    public record Canonical(SequencedMap<String, String> parameters, String variablePrefix) {
        String parameter(String name) {
            return parameters.computeIfAbsent(name, unused -> "p" + (parameters.size() + 1));
        }
    }

    private void expression(Expression expression) {
        switch (expression) {
            case Expression.Literal literal -> Notation.value(out, literal.value());
            case Expression.Parameter parameter ->
                out.append(':').append(canonical == null ? parameter.name() : canonical.parameter(parameter.name()));
            case Expression.Names names -> Notation.path(out, names.names());
            case Expression.Field field -> field(field.term(), field.path());
            case Expression.Unqualified field -> Notation.path(out, field.path().keys());
            case Expression.WholeDocument document ->
                Notation.name(out, aliases.isEmpty() ? "$document" : aliases.get(document.term()));
            case Expression.Variable variable -> variable(variable.slot(), variable.name());
            case Expression.GroupKey key ->
                out.append("($group").append(key.index() + 1).append(')');
            case Expression.AggregateValue value ->
                out.append("($aggregate").append(value.index() + 1).append(')');
            case Expression.Member member -> {
                base(member.base());
                out.append('.');
                Notation.name(out, member.name());
            }
            case Expression.Subscript subscript -> {
                if (subscript.base() instanceof Expression.Names names) {
                    expression(names);
                } else {
                    base(subscript.base());
                }
                out.append('[').append(subscript.index()).append(']');
            }
            case Expression.Negation negation -> {
                out.append("-(");
                expression(negation.operand());
                out.append(')');
            }
            case Expression.Not not -> {
                out.append("(NOT ");
                expression(not.operand());
                out.append(')');
            }
            case Expression.Operation operation -> {
                out.append('(');
                expression(operation.left());
                out.append(' ').append(operation.operator().text()).append(' ');
                expression(operation.right());
                out.append(')');
            }
            case Expression.And and -> chain(and.operands(), " AND ");
            case Expression.Or or -> chain(or.operands(), " OR ");
            case Expression.Xor xor -> chain(xor.operands(), " XOR ");
            default -> longForm(expression);
        }
    }

    private void longForm(Expression expression) {
        switch (expression) {
            case Expression.IsNull test -> postfix(test.operand(), test.negated() ? " IS NOT NULL)" : " IS NULL)");
            case Expression.IsMissing test ->
                postfix(test.operand(), test.negated() ? " IS NOT MISSING)" : " IS MISSING)");
            case Expression.InList in -> {
                postfix(in.operand(), in.negated() ? " NOT IN (" : " IN (");
                list(in.elements());
                out.append("))");
            }
            case Expression.InArray in -> {
                postfix(in.operand(), in.negated() ? " NOT IN " : " IN ");
                unlisted(in.array());
                out.append(')');
            }
            case Expression.Between between -> {
                postfix(between.operand(), between.negated() ? " NOT BETWEEN " : " BETWEEN ");
                expression(between.low());
                out.append(" AND ");
                expression(between.high());
                out.append(')');
            }
            case Expression.Match match -> match(match);
            case Expression.Case choice -> choice(choice);
            case Expression.Cast cast -> {
                out.append("CAST(");
                expression(cast.operand());
                out.append(" AS ").append(cast.type().name()).append(')');
            }
            case Expression.Call call -> {
                Notation.name(out, call.name());
                out.append('(');
                list(call.arguments());
                out.append(')');
            }
            case Expression.Aggregate aggregate -> aggregate(aggregate);
            case Expression.Quantified quantified -> {
                out.append(quantified.quantifier().text());
                loop(quantified.loop());
                loopDepth++;
                out.append(" SATISFIES ");
                expression(quantified.condition());
                loopDepth--;
                out.append(" END");
            }
            case Expression.ArrayComprehension array -> {
                loopDepth++;
                out.append("ARRAY ");
                parenthesised(array.element());
                loopDepth--;
                out.append(" FOR");
                comprehensionEnd(array.loop(), array.condition());
            }
            case Expression.ObjectComprehension object -> {
                loopDepth++;
                out.append("OBJECT ");
                parenthesised(object.name());
                out.append(" : ");
                expression(object.value());
                loopDepth--;
                out.append(" FOR");
                comprehensionEnd(object.loop(), object.condition());
            }
            case Expression.ArrayLiteral array -> {
                out.append('[');
                list(array.elements());
                out.append(']');
            }
            case Expression.ObjectLiteral object -> object(object);
            default -> throw new AssertionError(expression);
        }
    }

    private void match(Expression.Match match) {
        postfix(
                match.operand(),
                (match.negated() ? " NOT " : " ") + match.kind().text() + " ");
        expression(match.pattern());
        if (match.escape() != null) {
            out.append(" ESCAPE ");
            expression(match.escape());
        }
        out.append(')');
    }

    private void choice(Expression.Case choice) {
        out.append("CASE ");
        if (choice.subject() != null) {
            expression(choice.subject());
            out.append(' ');
        }
        for (Expression.When branch : choice.branches()) {
            out.append("WHEN ");
            expression(branch.condition());
            out.append(" THEN ");
            expression(branch.result());
            out.append(' ');
        }
        if (choice.otherwise() != null) {
            out.append("ELSE ");
            expression(choice.otherwise());
            out.append(' ');
        }
        out.append("END");
    }

    private void aggregate(Expression.Aggregate aggregate) {
        out.append(aggregate.kind().name()).append('(').append(aggregate.distinct() ? "DISTINCT " : "");
        if (aggregate.operand() == null) {
            out.append('*');
        } else {
            expression(aggregate.operand());
        }
        out.append(')');
    }

    private void object(Expression.ObjectLiteral object) {
        out.append('{');
        String separator = "";
        for (Expression.Pair pair : object.pairs()) {
            out.append(separator);
            expression(pair.key());
            out.append(" : ");
            expression(pair.value());
            separator = ", ";
        }
        out.append('}');
    }

    private void loop(Expression.Loop loop) {
        out.append(' ');
        if (loop.index() != null) {
            variable(Expression.Loop.indexSlot(loopDepth), loop.index());
            out.append(" : ");
        }
        variable(Expression.Loop.variableSlot(loopDepth), loop.variable());
        out.append(loop.within() ? " WITHIN " : " IN ");
        expression(loop.source());
    }

    private void comprehensionEnd(Expression.Loop loop, @Nullable Expression condition) {
        loop(loop);
        if (condition != null) {
            loopDepth++;
            out.append(" WHEN ");
            expression(condition);
            loopDepth--;
        }
        out.append(" END");
    }

    private void variable(int slot, String name) {
        Notation.name(out, canonical == null ? name : canonical.variablePrefix() + slot);
    }

    private void postfix(Expression operand, String operator) {
        out.append('(');
        expression(operand);
        out.append(operator);
    }

    private void chain(List<Expression> operands, String separator) {
        out.append('(');
        String before = "";
        for (Expression operand : operands) {
            out.append(before);
            expression(operand);
            before = separator;
        }
        out.append(')');
    }

    private void list(List<Expression> elements) {
        String separator = "";
        for (Expression element : elements) {
            out.append(separator);
            expression(element);
            separator = ", ";
        }
    }

    private void parenthesised(Expression expression) {
        out.append('(');
        expression(expression);
        out.append(')');
    }

    /** Writes what navigation starts from; a path that goes on behind parentheses would become a longer path without them. */
    private void base(Expression base) {
        switch (base) {
            case Expression.Names names -> parenthesised(names);
            case Expression.Literal literal -> {
                expression(literal);
                out.append(' ');
            }
            case Expression.Negation negation -> parenthesised(negation);
            default -> expression(base);
        }
    }

    /**
     * Writes the right side of IN, which may not begin with a parenthesis: that would make it a list. The left operands of operations
     * cannot have needed parentheses there, so they get none.
     */
    private void unlisted(Expression array) {
        switch (array) {
            case Expression.Operation operation -> {
                unlisted(operation.left());
                out.append(' ').append(operation.operator().text()).append(' ');
                expression(operation.right());
            }
            case Expression.Not not -> {
                out.append("NOT ");
                expression(not.operand());
            }
            default -> expression(array);
        }
    }

    private void field(int term, Path path) {
        if (!aliases.isEmpty()) {
            Notation.name(out, aliases.get(term));
            out.append('.');
        }
        Notation.path(out, path.keys());
    }
}
