package io.ibid.core.query;

import static io.ibid.core.error.ErrorCode.QUERY_EVALUATION;
import static io.ibid.core.error.ErrorCode.QUERY_UNSUPPORTED;

import io.ibid.core.query.Program.ChangeKind;
import io.ibid.core.query.syntax.Command;
import io.ibid.core.query.syntax.Command.Assignment;
import io.ibid.core.query.syntax.Expression;
import io.ibid.core.query.syntax.QueryException;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Binds and plans the statements that write. Lives as long as the planning. */
final class MutationPlanner {
    /** What is wanted of partners; the one system collection that takes rows. */
    private static final String SUBSCRIPTIONS = "sync_subscriptions";

    /** The system collections whose rows may be deleted. */
    private static final List<String> DELETABLE = List.of("request_history", "completed_requests", SUBSCRIPTIONS);

    private final Preparation preparation;

    MutationPlanner(Preparation preparation) {
        this.preparation = preparation;
    }

    private Term target(Command.FromTerm written) {
        Term term = preparation.term(written);
        if (term.system()) {
            throw readOnly(term);
        }
        return term;
    }

    private QueryException readOnly(Term term) {
        return preparation.error(QUERY_UNSUPPORTED, "system: collections are read-only", term.at());
    }

    private Typing writeTyping(Term target) {
        return Term.writeTyping(target.typing(), preparation.options());
    }

    private @Nullable Plan returning(Command.@Nullable Returning returning, Term target) {
        return returning == null ? null : SelectPlanner.planReturning(preparation, returning, target);
    }

    Program.Insert insert(Command.Insert insert) {
        Term target = preparation.term(new Command.FromTerm(insert.at(), insert.collection(), null, List.of()));
        if (target.system()
                && (insert.initial()
                        || insert.returning() != null
                        || !target.collection().equals(SUBSCRIPTIONS))) {
            throw readOnly(target);
        }
        preparation.directives(insert.directive(), null);
        Binder binder = preparation.binder(List.of());
        List<Compiled> documents = new ArrayList<>();
        for (Expression document : insert.documents()) {
            documents.add(preparation.compiled(binder.bindDocument(document)));
        }
        Program.Select select = insert.select() == null ? null : SelectPlanner.plan(preparation, insert.select());
        return new Program.Insert(
                target,
                writeTyping(target),
                documents,
                select,
                conflict(insert),
                insert.initial(),
                returning(insert.returning(), target));
    }

    private Target.Conflict conflict(Command.Insert insert) {
        if (insert.initial()) {
            return Target.Conflict.NOTHING;
        }
        if (insert.policy() == null) {
            return Target.Conflict.FAIL;
        }
        return switch (insert.policy().kind()) {
            case FAIL -> Target.Conflict.FAIL;
            case NOTHING -> Target.Conflict.NOTHING;
            case UPDATE -> Target.Conflict.UPDATE;
            case UPDATE_LOCAL_DIFF -> Target.Conflict.UPDATE_LOCAL_DIFF;
            case MERGE -> {
                preparation.warnings().add("DO MERGE is an old name of DO UPDATE");
                yield Target.Conflict.UPDATE;
            }
        };
    }

    Program.Update update(Command.Update update) {
        Term target = target(update.target());
        Binder binder = preparation.binder(List.of(target));
        Typing typing = writeTyping(target);
        List<Program.Change> changes = new ArrayList<>();
        TreeSet<Path> paths = new TreeSet<>();
        for (Assignment assignment : update.assignments()) {
            List<String> names = assignment.names();
            boolean qualified = names.size() > 1 && names.getFirst().equals(target.alias());
            Path path = new Path(qualified ? names.subList(1, names.size()) : names);
            add(assignment, path, changes, paths, binder, typing);
        }
        List<Expression> read = new ArrayList<>();
        for (Program.Change change : changes) {
            if (change.operand() != null) {
                read.add(change.operand().expression());
            }
        }
        Directives directives = preparation.directives(update.directive(), target);
        Selection rows = rows(target, binder, update.where(), update.range(), FieldUse.of(0, read), paths, directives);
        return new Program.Update(target, typing, rows, changes, returning(update.returning(), target));
    }

    private void add(
            Assignment assignment,
            Path path,
            List<Program.Change> changes,
            TreeSet<Path> paths,
            Binder binder,
            Typing typing) {
        if (assignment instanceof Assignment.Nested nested) {
            for (Assignment operation : nested.operations()) {
                Path inner = path;
                for (String name : operation.names()) {
                    inner = inner.child(name);
                }
                add(operation, inner, changes, paths, binder, typing);
            }
            return;
        }
        int at = assignment.at();
        if (path.keys().getFirst().equals("_id")) {
            throw preparation.error(QUERY_EVALUATION, "The document id `_id` cannot be modified", at);
        }
        requireSingle(path, paths, at);
        changes.add(
                switch (assignment) {
                    case Assignment.Set set -> {
                        warnAboutEmptyObject(set, path, typing);
                        yield change(at, ChangeKind.SET, path, set.value(), binder, "SET");
                    }
                    case Assignment.Increment increment ->
                        change(at, ChangeKind.INCREMENT, path, increment.amount(), binder, "INCREMENT BY");
                    case Assignment.Restart restart ->
                        change(at, ChangeKind.RESTART, path, restart.value(), binder, "RESTART WITH");
                    case Assignment.PnIncrement increment ->
                        change(at, ChangeKind.PN_INCREMENT, path, increment.amount(), binder, "PN_INCREMENT BY");
                    case Assignment.Unset unset -> new Program.Change(at, ChangeKind.UNSET, path, null);
                    case Assignment.Tombstone tombstone -> new Program.Change(at, ChangeKind.UNSET, path, null);
                    case Assignment.Default reset -> new Program.Change(at, ChangeKind.DEFAULT, path, null);
                    case Assignment.Nested nested -> throw new AssertionError(nested);
                });
    }

    private Program.Change change(
            int at, ChangeKind kind, Path path, @Nullable Expression operand, Binder binder, String place) {
        Compiled compiled = operand == null ? null : preparation.compiled(binder.bind(operand, place));
        return new Program.Change(at, kind, path, compiled);
    }

    /**
     * Paths sort so that a path stands right before all that begin with it. So if one of two paths begins the other, either they are
     * neighbours, or what stands between them collided with the first one already.
     */
    private void requireSingle(Path path, TreeSet<Path> paths, int at) {
        Path before = paths.floor(path);
        Path after = paths.higher(path);
        if ((before != null && path.startsWith(before)) || (after != null && after.startsWith(path))) {
            throw preparation.error(QUERY_EVALUATION, "More than one modification specified for the path " + path, at);
        }
        paths.add(path);
    }

    private void warnAboutEmptyObject(Assignment.Set set, Path path, Typing typing) {
        FieldType declared = typing.declared().get(path);
        boolean map = declared == null ? typing.objects() == FieldType.MAP : declared == FieldType.MAP;
        if (map
                && set.value() instanceof Expression.ObjectLiteral object
                && object.pairs().isEmpty()) {
            preparation.warnings().add("SET " + path + " = {} leaves a MAP as it is; UNSET removes its fields");
        }
    }

    Program.Remove remove(Command.Remove remove) {
        Term target = preparation.term(remove.target());
        if (target.system() && (remove.evict() || !DELETABLE.contains(target.collection()))) {
            throw readOnly(target);
        }
        Binder binder = preparation.binder(List.of(target));
        Directives directives = preparation.directives(remove.directive(), target);
        // What RETURNING answers is the document as it was read.
        FieldUse use = remove.returning() == null ? FieldUse.NOTHING : FieldUse.WHOLE;
        Selection rows = rows(target, binder, remove.where(), remove.range(), use, new TreeSet<>(), directives);
        return new Program.Remove(target, remove.evict(), rows, returning(remove.returning(), target));
    }

    /** The rows that a mutation applies to. */
    private Selection rows(
            Term target,
            Binder binder,
            @Nullable Expression where,
            Command.Range range,
            FieldUse use,
            TreeSet<Path> changed,
            Directives directives) {
        List<Expression> conditions = SourcePlanner.split(where == null ? null : binder.bind(where, "WHERE"));
        Access access = preparation.sourcePlanner(binder).access(target, 0, conditions, number -> false, directives);
        List<Plan.SortKey> keys = new ArrayList<>();
        List<Expression> read = new ArrayList<>();
        read.add(new Expression.Field(target.at(), 0, SourcePlanner.ID));
        for (Command.OrderTerm order : range.order()) {
            Expression key = binder.bind(order.key(), "ORDER BY");
            read.add(key);
            keys.add(new Plan.SortKey(preparation.compiled(key), order.descending()));
        }
        Plan.Bounds bounds = preparation.bounds(range, binder);
        Demand demand = new Demand(Demand.order(keys, 0), use.and(FieldUse.of(0, read)), bounds, changed);
        return new Selection(access, demand, List.of(), null, null, null, false, keys, bounds, null);
    }
}
