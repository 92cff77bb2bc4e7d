package io.ibid.core.query;

import com.google.re2j.Pattern;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.function.Function;
import io.ibid.core.query.function.Functions;
import io.ibid.core.query.function.LikePattern;
import io.ibid.core.query.function.RegularExpressions;
import io.ibid.core.query.function.Truth;
import io.ibid.core.query.syntax.Expression;
import io.ibid.core.query.syntax.QueryException;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compiles function calls and pattern operators. */
final class CallCompiler {
    private final Compiler compiler;

    CallCompiler(Compiler compiler) {
        this.compiler = compiler;
    }

    /** A call of a function that the binder knows to exist and to take that many arguments. */
    Evaluator call(Expression.Call call) {
        if (call.name().equalsIgnoreCase("siblings")) {
            return siblings((Expression.Field) call.arguments().getFirst());
        }
        if (call.name().equalsIgnoreCase("regexp_like")) {
            return regexpLike(call);
        }
        Function function = Functions.find(call.name());
        if (function == null) {
            throw new AssertionError("unbound function " + call.name());
        }
        Evaluator[] arguments = compiler.compileAll(call.arguments()).toArray(new Evaluator[0]);
        if (!function.deterministic()) {
            compiler.markUnknown();
        }
        return new FunctionCall(function, arguments, compiler, call.at());
    }

    /** {@code a || b}, which is concat under another name. */
    Evaluator concatenation(Expression.Operation operation, Evaluator a, Evaluator b) {
        return new FunctionCall(Functions.CONCATENATION, new Evaluator[] {a, b}, compiler, operation.at());
    }

    private record FunctionCall(Function function, Evaluator[] arguments, Compiler compiler, int at)
            implements Evaluator {
        @Override
        public Value evaluate(Scope scope) {
            Value[] values = new Value[arguments.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = arguments[i].evaluate(scope);
            }
            try {
                return function.apply(values, scope);
            } catch (IbidException failure) {
                throw compiler.placed(failure, at);
            }
        }
    }

    private Evaluator siblings(Expression.Field field) {
        compiler.markUnknown();
        int term = field.term();
        Path path = field.path();
        return scope -> {
            Row row = scope.rows[term];
            return row == null ? Value.MISSING : row.siblings(path);
        };
    }

    private Evaluator regexpLike(Expression.Call call) {
        List<Expression> arguments = call.arguments();
        Evaluator text = compiler.compile(arguments.get(0));
        Evaluator flags =
                arguments.size() == 3 ? compiler.compile(arguments.get(2)) : new Evaluator.Constant(Value.of(""));
        Patterns<Pattern> patterns = new Patterns<>(
                compiler,
                arguments.get(1),
                flags,
                arguments.size() < 3 || Compiler.isRowIndependent(arguments.get(2)),
                "regexp_like",
                (expression, flag) -> RegularExpressions.compile(expression, flag));
        return scope -> patterns.match(
                text.evaluate(scope), scope, (pattern, s) -> pattern.matcher(s).find());
    }

    Evaluator match(Expression.Match match) {
        Evaluator operand = compiler.compile(match.operand());
        Expression written = match.escape();
        Evaluator escape = written == null ? new Evaluator.Constant(Value.of("\\")) : compiler.compile(written);
        boolean fixedEscape = written == null || Compiler.isRowIndependent(written);
        String name = match.kind().text();
        if (match.kind() == Expression.MatchKind.SIMILAR_TO) {
            Patterns<Pattern> patterns =
                    new Patterns<>(compiler, match.pattern(), escape, fixedEscape, name, (p, e) -> {
                        int codePoint = escapeOf(e);
                        return codePoint < 0 ? null : RegularExpressions.compileSimilar(p, codePoint);
                    });
            return scope -> patterns.match(
                    operand.evaluate(scope),
                    scope,
                    (pattern, s) -> pattern.matcher(s).matches());
        }
        boolean ignoreCase = match.kind() == Expression.MatchKind.ILIKE;
        Patterns<LikePattern> patterns =
                new Patterns<>(compiler, match.pattern(), escape, fixedEscape, name, (p, e) -> {
                    int codePoint = escapeOf(e);
                    return codePoint < 0 ? null : LikePattern.compile(p, codePoint, ignoreCase);
                });
        return scope -> patterns.match(operand.evaluate(scope), scope, LikePattern::matches);
    }

    /** The one code point of an ESCAPE, or -1. */
    private static int escapeOf(String escape) {
        return !escape.isEmpty() && escape.codePointCount(0, escape.length()) == 1 ? escape.codePointAt(0) : -1;
    }

    /** Makes a pattern out of its text and its flags or escape character; null when they are invalid. */
    private interface Maker<P> {
        @Nullable
        P make(String pattern, String option);
    }

    private interface Matcher<P> {
        boolean matches(P pattern, String text);
    }

    /**
     * The patterns of one place in a statement. A pattern that does not depend on the row is compiled once, and it is an error when it
     * is invalid; one that comes out of a document is compiled when it differs from the last one, and an invalid one is a wrong type.
     */
    private static final class Patterns<P> {
        private final Compiler compiler;
        private final Expression written;
        private final Evaluator pattern;
        private final Evaluator option;
        private final boolean fixed;
        private final String name;
        private final Maker<P> maker;
        private final int cache;
        private final @Nullable P constant;

        Patterns(
                Compiler compiler,
                Expression written,
                Evaluator option,
                boolean fixedOption,
                String name,
                Maker<P> maker) {
            this.compiler = compiler;
            this.written = written;
            this.pattern = compiler.compile(written);
            this.option = option;
            this.name = name;
            this.maker = maker;
            fixed = fixedOption && Compiler.isRowIndependent(written);
            if (pattern instanceof Evaluator.Constant(Value.Text(String text))
                    && option instanceof Evaluator.Constant(Value.Text(String flags))) {
                constant = maker.make(text, flags);
                if (constant == null) {
                    throw invalid(text);
                }
            } else {
                constant = null;
            }
            cache = constant == null ? compiler.newCache() : -1;
        }

        private QueryException invalid(String text) {
            return compiler.error(
                    ErrorCode.QUERY_EVALUATION, "\"" + text + "\" with its options is no pattern for " + name, written);
        }

        Value match(Value subject, Scope scope, Matcher<P> matcher) {
            if (constant != null && subject instanceof Value.Text(String text)) {
                return Value.of(matcher.matches(constant, text));
            }
            Value patternText = pattern.evaluate(scope);
            Value optionText = option.evaluate(scope);
            if (Truth.isMissing(subject) || Truth.isMissing(patternText) || Truth.isMissing(optionText)) {
                return Value.MISSING;
            }
            if (Truth.isNull(subject) || Truth.isNull(patternText) || Truth.isNull(optionText)) {
                return Value.NULL;
            }
            if (!(subject instanceof Value.Text(String text))
                    || !(patternText instanceof Value.Text(String expression))
                    || !(optionText instanceof Value.Text(String flags))) {
                return scope.wrongType(name);
            }
            P compiled = compiled(scope, expression, flags);
            return compiled == null ? scope.wrongType(name) : Value.of(matcher.matches(compiled, text));
        }

        private @Nullable P compiled(Scope scope, String expression, String flags) {
            boolean cached = cache >= 0 && cache < scope.caches.length;
            if (cached && scope.caches[cache] instanceof Cached last && last.isFor(expression, flags)) {
                @SuppressWarnings("unchecked") // only this place writes into its slot
                P pattern = (P) last.pattern;
                return pattern;
            }
            P made = maker.make(expression, flags);
            if (made == null && fixed) {
                throw invalid(expression);
            }
            if (cached) {
                scope.caches[cache] = new Cached(expression, flags, made);
            }
            return made;
        }

        private record Cached(
                String expression, String flags, @Nullable Object pattern) {
            boolean isFor(String otherExpression, String otherFlags) {
                return expression.equals(otherExpression) && flags.equals(otherFlags);
            }
        }
    }
}
