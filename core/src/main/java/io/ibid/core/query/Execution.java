package io.ibid.core.query;

import static io.ibid.core.error.ErrorCode.QUERY_EVALUATION;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.function.Arithmetic;
import io.ibid.core.query.syntax.QueryException;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Json;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Runs one program once. Confined to one call, a streamed result included. */
final class Execution {
    private final String text;
    private final Scope scope;
    private final StatementKind kind;
    private final @Nullable Profile profile;
    private @Nullable Plan plan;

    /**
     * @param profile null: none is asked for
     */
    Execution(String text, Scope scope, StatementKind kind, @Nullable Profile profile) {
        this.text = text;
        this.scope = scope;
        this.kind = kind;
        this.profile = profile;
    }

    Result select(Program.Select select, Source source) {
        Cursor cursor = open(select, select.selection(), source);
        return new SelectResult(cursor, kind, scope, this, rows -> profileRow(select, source, rows));
    }

    Result explain(Program shown, Source source) {
        Value.Struct tree = Operator.sequence(new ProgramText(source, scope, null, null).operators(shown));
        ResultRow row = new ComputedRow(Value.Struct.builder().put("plan", tree).build());
        return new FinishedResult(kind, List.of(row), List.of(), scope.warnings());
    }

    private Cursor open(Program program, Selection selection, Source source) {
        Profile measured = profile;
        Plan chosen = measured == null
                ? selection.plan(source, scope)
                : measured.planned(() -> selection.plan(source, scope));
        plan = chosen;
        tellPlan(program, chosen);
        return new Cursors(source, scope, text, measured == null ? null : measured.profiler()).open(chosen);
    }

    private void tellPlan(Program program, @Nullable Plan chosen) {
        scope.limits.planned(() -> Operator.sequence(new ProgramText(null, null, chosen, null).operators(program)));
    }

    /** The row that tells what the execution took; null when nobody asks. */
    private @Nullable ResultRow profileRow(Program program, Source source, long rows) {
        return profile == null
                ? null
                : profile.row(new ProgramText(source, scope, plan, profile.profiler()).operators(program), rows);
    }

    Result insert(Program.Insert insert, Target target) {
        Inserting inserting = new Inserting(insert, target);
        if (insert.select() == null) {
            tellPlan(insert, null);
        } else {
            addSelected(insert, insert.select().selection(), target, inserting);
        }
        for (Compiled document : insert.documents()) {
            switch (document.evaluate(scope)) {
                case Value.Struct struct -> inserting.add(struct, document.at());
                case Value.Array(List<Value> elements) -> {
                    for (Value element : elements) {
                        inserting.add(element, document.at());
                    }
                }
                case Value other -> inserting.add(other, document.at());
            }
        }
        return finished(insert, inserting.written, insert.returning(), target, inserting.images);
    }

    /** A SELECT over the collection that is inserted into is read to its end first, or it would meet its own documents. */
    private void addSelected(Program.Insert insert, Selection selection, Target target, Inserting inserting) {
        boolean own = selection.terms().stream()
                .anyMatch(term -> !term.system()
                        && term.collection().equals(insert.target().collection()));
        List<Value> collected = new ArrayList<>();
        Source source = target.source();
        try (Cursor rows = open(insert, selection, source)) {
            while (rows.next()) {
                ResultRow row = scope.output;
                if (row == null) {
                    throw new AssertionError("a plan without a projection");
                }
                if (own) {
                    scope.memory().grow(Sizes.of(row.value()), "INSERT of a SELECT", "narrow its WHERE clause");
                    collected.add(row.value());
                } else {
                    inserting.add(row.value(), insert.target().at());
                }
            }
        }
        for (Value document : collected) {
            inserting.add(document, insert.target().at());
        }
    }

    /** An INSERT at work. */
    private final class Inserting {
        private final Program.Insert insert;
        private final Target target;
        private final TreeSet<DocumentId> seen = new TreeSet<>();
        private final List<Value> written = new ArrayList<>();
        private final List<Row> images = new ArrayList<>();

        Inserting(Program.Insert insert, Target target) {
            this.insert = insert;
            this.target = target;
        }

        private @Nullable DocumentId insert(Value.Struct document) {
            String collection = insert.target().collection();
            return insert.target().system()
                    ? target.system().insert(collection, document, insert.policy())
                    : target.insert(collection, document, insert.typing(), insert.policy(), insert.initial());
        }

        void add(Value value, int at) {
            scope.limits.check();
            try {
                if (!(Storable.of(value, 0) instanceof Value.Struct document)) {
                    throw new IbidException(
                            QUERY_EVALUATION, "Expected an object or an array of objects, found " + shown(value));
                }
                Value given = document.get("_id");
                if (!(given instanceof Value.Missing) && !seen.add(DocumentId.of(given))) {
                    throw new IbidException(QUERY_EVALUATION, "Expected unique document identifiers");
                }
                DocumentId id = insert(document);
                if (id != null) {
                    keepId(written, id);
                    if (insert.returning() != null) {
                        keepImage(
                                images,
                                target.source()
                                        .find(
                                                insert.target().collection(),
                                                id,
                                                insert.target().typing()));
                    }
                }
            } catch (IbidException failure) {
                throw placed(failure, at);
            }
        }
    }

    Result update(Program.Update update, Target target) {
        List<Value> written = new ArrayList<>();
        List<Row> images = new ArrayList<>();
        String collection = update.target().collection();
        Source source = target.source();
        try (Cursor rows = open(update, update.rows(), source)) {
            while (rows.next()) {
                DocumentId id = current().documentId();
                List<Modification> modifications =
                        new ArrayList<>(update.changes().size());
                for (Program.Change change : update.changes()) {
                    modifications.add(modification(change));
                }
                boolean changed;
                try {
                    changed = target.update(collection, id, modifications, update.typing());
                } catch (IbidException failure) {
                    throw placed(failure, update.changes().getFirst().at());
                }
                if (changed) {
                    keepId(written, id);
                    if (update.returning() != null) {
                        keepImage(
                                images,
                                target.source()
                                        .find(collection, id, update.target().typing()));
                    }
                }
            }
        }
        return finished(update, written, update.returning(), target, images);
    }

    private Modification modification(Program.Change change) {
        Path path = change.path();
        Compiled operand = change.operand();
        Value value = operand == null ? Value.MISSING : operand.evaluate(scope);
        int at = operand == null ? change.at() : operand.at();
        return switch (change.kind()) {
            case SET -> {
                if (value instanceof Value.Missing) {
                    scope.warnings().count("SET " + path + " to MISSING removed the field");
                    yield new Modification.Unset(path);
                }
                try {
                    yield new Modification.Set(path, Storable.of(value, path.depth()));
                } catch (IbidException failure) {
                    throw placed(failure, at);
                }
            }
            case UNSET -> new Modification.Unset(path);
            case DEFAULT -> new Modification.Default(path);
            case INCREMENT -> new Modification.Increment(path, integer(value, at));
            case RESTART -> new Modification.Restart(path, operand == null ? 0 : integer(value, at));
            case PN_INCREMENT -> {
                if (!isFiniteNumber(value)) {
                    throw error("Expected " + shown(value) + " to be a number", at);
                }
                yield new Modification.PnIncrement(path, value);
            }
        };
    }

    private static boolean isFiniteNumber(Value value) {
        return value instanceof Value.Int || (value instanceof Value.Float number && Double.isFinite(number.value()));
    }

    private long integer(Value value, int at) {
        if (Arithmetic.wholeAsInteger(value) instanceof Value.Int(long number)) {
            return number;
        }
        throw error("Expected " + shown(value) + " to be an integer value", at);
    }

    Result remove(Program.Remove remove, Target target) {
        List<Value> removed = new ArrayList<>();
        List<Row> images = new ArrayList<>();
        String collection = remove.target().collection();
        Source source = target.source();
        try (Cursor rows = open(remove, remove.rows(), source)) {
            while (rows.next()) {
                Row row = current();
                DocumentId id = row.documentId();
                boolean done = remove.target().system()
                        ? target.system().delete(collection, id)
                        : remove.evict() ? target.evict(collection, id) : target.delete(collection, id);
                if (done) {
                    keepId(removed, id);
                    if (remove.returning() != null) {
                        keepImage(images, row);
                    }
                }
            }
        }
        return finished(remove, removed, remove.returning(), target, images);
    }

    private Row current() {
        Row row = scope.rows[0];
        if (row == null) {
            throw new AssertionError("a plan without a row");
        }
        return row;
    }

    private void keepId(List<Value> ids, DocumentId id) {
        scope.memory().grow(8 + Sizes.of(id.value()), "The list of written ids", "narrow the WHERE clause");
        ids.add(id.value());
    }

    private void keepImage(List<Row> images, @Nullable Row image) {
        if (image != null) {
            scope.memory().grow(image.memoryBytes(), "RETURNING", "narrow the WHERE clause");
            images.add(image);
        }
    }

    private Result finished(
            Program program, List<Value> ids, @Nullable Plan returning, Target target, List<Row> images) {
        for (Warning warning : target.warnings()) {
            scope.warnings().add(warning);
        }
        List<ResultRow> rows = new ArrayList<>();
        if (returning != null) {
            scope.given = images;
            try (Cursor answers = new Cursors(target.source(), scope, text, null).open(returning)) {
                while (answers.next()) {
                    if (scope.output != null) {
                        rows.add(scope.output);
                    }
                }
            }
        }
        ResultRow told = profileRow(program, target.source(), rows.size());
        if (told != null) {
            rows.add(told);
        }
        scope.releaseMemory();
        return new FinishedResult(kind, rows, ids, scope.warnings());
    }

    /** How a value is shown in a message. */
    private static String shown(Value value) {
        String json = value instanceof Value.Missing ? "MISSING" : Json.write(value);
        return json.length() <= 80 ? json : json.substring(0, json.offsetByCodePoints(0, 80)) + "...";
    }

    private QueryException error(String message, int at) {
        return QueryException.at(QUERY_EVALUATION, message, text, at);
    }

    /** Gives a place to an error that has none. */
    private QueryException placed(IbidException error, int at) {
        if (error instanceof QueryException query) {
            return query.place() != null ? query : QueryException.at(query.code(), query.bareText(), text, at, query);
        }
        return QueryException.at(error.code(), bareText(error), text, at, error);
    }

    private static String bareText(IbidException error) {
        return error.getMessage() == null ? error.code().text() : error.getMessage();
    }

    /** An error as the caller gets it: one of evaluation has the prefix, wherever it comes from. */
    RuntimeException told(RuntimeException failure) {
        return failure instanceof IbidException error
                        && error.code() == ErrorCode.QUERY_EVALUATION
                        && !(failure instanceof QueryException)
                ? QueryException.unplaced(ErrorCode.QUERY_EVALUATION, bareText(error))
                : failure;
    }
}
