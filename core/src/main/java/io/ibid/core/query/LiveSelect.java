package io.ibid.core.query;

import static io.ibid.core.error.ErrorCode.QUERY_EVALUATION;

import io.ibid.core.error.IbidException;
import io.ibid.core.query.function.Arithmetic;
import io.ibid.core.query.syntax.Command;
import io.ibid.core.query.syntax.Expression;
import io.ibid.core.query.syntax.Parser;
import io.ibid.core.query.syntax.QueryException;
import io.ibid.core.query.syntax.Trees;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An observed SELECT with its arguments, taken apart so that a change of one document can be judged without running it. Immutable; any
 * thread.
 *
 * <p>What is known of it comes in three degrees. Of a join, or when time is in the condition, nothing: every change of its collections
 * may change the result. Else there is a condition that every document meets which has a part in the result. And when each such document
 * gives one row by itself, it is {@link #isRowWise()}: the result is the rows of these documents in the order of {@link LiveReading#keys}
 * and then of their ids, from {@link #offset()} on, at most {@link #limit()}.
 */
public final class LiveSelect {
    private final Statement statement;
    private final Value.Struct arguments;
    private final Command.Select command;
    private final Typing typing;
    private final boolean testable;
    private final @Nullable Compiled condition;
    private final @Nullable List<Criterion> criteria;
    private final List<Plan.SortKey> sortKeys;
    private final @Nullable Projector projector;
    private final long offset;
    private final long limit;
    private final Scope.Layout layout;
    private final Value[] parameters;

    /**
     * @throws QueryException {@code query/unsupported} for anything but a SELECT, {@code query/parameter} when an argument is missing,
     *     {@code query/evaluation} for an impossible LIMIT or OFFSET
     */
    public LiveSelect(Statement statement, Value.Struct arguments) {
        statement.requireObservable();
        statement.requireArguments(arguments);
        if (!(Parser.parse(statement.text()) instanceof Command.Select select)) {
            throw new AssertionError(statement.text());
        }
        this.statement = statement.observed();
        this.arguments = arguments;
        this.command = select;
        Preparation preparation = new Preparation(statement.text(), statement.options());
        Term term = select.from() == null ? Term.dual() : preparation.term(select.from());
        Binder binder = preparation.binder(List.of(term));
        boolean single = !term.system() && select.joins().isEmpty();
        Expression where = !single || select.where() == null ? null : binder.bind(select.where(), "WHERE");
        typing = term.typing();
        testable = single && (where == null || !Compiler.readsTheClock(where));
        condition = !testable || where == null ? null : preparation.compiled(where);
        criteria = !testable || where == null ? null : new Criteria(this::constant).of(where);
        RowWise rowWise = testable ? RowWise.of(preparation, binder, term, select) : null;
        sortKeys = rowWise == null ? List.of() : rowWise.sortKeys();
        projector = rowWise == null ? null : rowWise.projector();
        Plan.Bounds bounds = preparation.bounds(select.range(), binder);
        layout = preparation.compiler().layout(1);
        parameters = parameters(preparation.compiler());
        Scope scope = new Scope(layout, parameters, new FilterLimits());
        offset = bounds.offset() == null ? 0 : bound("OFFSET", bounds.offset(), scope);
        limit = bounds.limit() == null ? Long.MAX_VALUE : bound("LIMIT", bounds.limit(), scope);
    }

    /** How rows follow from documents, for a SELECT of which each document gives one row or none. */
    private record RowWise(List<Plan.SortKey> sortKeys, Projector projector) {

        static @Nullable RowWise of(Preparation preparation, Binder binder, Term term, Command.Select select) {
            boolean hinted = term.hints().stream()
                    .anyMatch(hint -> hint instanceof Command.Hint.Ids || hint instanceof Command.Hint.IdList);
            if (select.distinct() || select.grouping() != null || select.having() != null || hinted) {
                return null;
            }
            Map<String, Expression> aliases = new LinkedHashMap<>();
            for (Command.Projection projection : select.projections()) {
                if (projection instanceof Command.Projection.Column(int at, Expression expression, String alias)) {
                    Expression bound = binder.bindAggregating(expression);
                    if (Grouping.isAggregate(bound) || Compiler.readsTheClock(bound)) {
                        return null;
                    }
                    if (alias != null) {
                        aliases.put(alias, bound);
                    }
                }
            }
            List<Plan.SortKey> keys = new ArrayList<>();
            for (Command.OrderTerm order : select.range().order()) {
                Expression bound = binder.bindOrder(order.key(), aliases);
                if (Grouping.isAggregate(bound) || Compiler.readsTheClock(bound)) {
                    return null;
                }
                keys.add(new Plan.SortKey(preparation.compiled(bound), order.descending()));
            }
            Command.Returning answers = new Command.Returning(select.at(), select.projections());
            return SelectPlanner.planReturning(preparation, answers, term)
                            instanceof Plan.Project(Plan.Given documents, Projector projector)
                    ? new RowWise(keys, projector)
                    : null;
        }
    }

    private @Nullable Value constant(Expression expression) {
        Compiler compiler = new Compiler(statement.text(), new Warnings());
        Evaluator evaluator = compiler.compile(expression);
        try {
            return evaluator.evaluate(new Scope(compiler.layout(1), parameters(compiler), new FilterLimits()));
        } catch (
                IbidException failure) { // then the condition fails when it is evaluated, and nothing can be said of it
            return null;
        }
    }

    private Value[] parameters(Compiler compiler) {
        return compiler.parameters().keySet().stream().map(arguments::get).toArray(Value[]::new);
    }

    private long bound(String clause, Compiled bound, Scope scope) {
        if (Arithmetic.wholeAsInteger(bound.evaluate(scope)) instanceof Value.Int(long number) && number >= 0) {
            return number;
        }
        throw QueryException.at(
                QUERY_EVALUATION, clause + " takes an integer that is not negative", statement.text(), bound.at());
    }

    /** What is run; its rows carry what {@link ResultRow#identity} needs. */
    public Statement statement() {
        return statement;
    }

    public Value.Struct arguments() {
        return arguments;
    }

    /** How rows given to {@link LiveReading} must be typed. */
    public Typing typing() {
        return typing;
    }

    /** Whether there is a condition that tells which documents have a part in the result. */
    public boolean isTestable() {
        return testable;
    }

    /** The criteria of which a document meets one at least when it meets the condition; null when there are none. */
    public @Nullable List<Criterion> criteria() {
        return criteria;
    }

    /** Whether each document gives one row or none. */
    public boolean isRowWise() {
        return projector != null;
    }

    public long offset() {
        return offset;
    }

    /** {@link Long#MAX_VALUE} when there is no LIMIT. */
    public long limit() {
        return limit;
    }

    /** Whether the sort key of that number is descending. */
    public boolean isDescending(int key) {
        return sortKeys.get(key).descending();
    }

    /** A reader of documents, for one thread at a time. The query must be testable. */
    public LiveReading reading() {
        return new LiveReading(this, layout, parameters);
    }

    /**
     * Runs a row-wise query without its projection, OFFSET and LIMIT: the documents that have a part in the result.
     *
     * @param rows how many are needed, the first ones in the order of the result; more may come, and in another order
     */
    public Result load(long rows, Source source, Limits limits) {
        Command.Select all = new Command.Select(
                command.at(),
                command.directive(),
                false,
                List.of(new Command.Projection.Everything(command.at())),
                command.from(),
                List.of(),
                command.where(),
                null,
                null,
                rows == Long.MAX_VALUE ? Command.Range.ALL : firstOf(rows));
        return Statement.of(statement.text(), statement.options(), all).execute(source, arguments, limits);
    }

    /**
     * The order of the result with the id behind it, so that an index can find the first rows, and LIMIT. Aliases of the projection are
     * replaced by what they mean; where one stands inside a larger expression, all rows have to come.
     */
    private Command.Range firstOf(long rows) {
        if (command.from() == null) {
            return Command.Range.ALL;
        }
        String term = command.from().alias() == null
                ? command.from().collection().name()
                : command.from().alias();
        Map<String, Expression> aliases = new LinkedHashMap<>();
        for (Command.Projection projection : command.projections()) {
            if (projection instanceof Command.Projection.Column(int at, Expression expression, String alias)
                    && alias != null
                    && !alias.equals(term)) {
                aliases.put(alias, expression);
            }
        }
        List<Command.OrderTerm> order = new ArrayList<>();
        for (Command.OrderTerm written : command.range().order()) {
            Expression key = written.key();
            if (key instanceof Expression.Names(int at, List<String> names) && names.size() == 1) {
                key = aliases.getOrDefault(names.getFirst(), key);
            } else if (Trees.any(
                    key,
                    node -> node instanceof Expression.Names names
                            && aliases.containsKey(names.names().getFirst()))) {
                return Command.Range.ALL;
            }
            order.add(new Command.OrderTerm(written.at(), key, written.descending()));
        }
        order.add(new Command.OrderTerm(command.at(), new Expression.Names(command.at(), List.of(term, "_id")), false));
        return new Command.Range(order, new Expression.Literal(command.at(), Value.of(rows)), null);
    }

    @Nullable
    Compiled condition() {
        return condition;
    }

    List<Plan.SortKey> sortKeys() {
        return sortKeys;
    }

    Projector projector() {
        if (projector == null) {
            throw new AssertionError("no row of its own for each document: " + statement.text());
        }
        return projector;
    }
}
