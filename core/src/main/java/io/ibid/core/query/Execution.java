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

    Execution(String text, Scope scope) {
        this.text = text;
        this.scope = scope;
    }

    Result select(Program.Select select, Source source) {
        return new SelectResult(
                new Cursors(source, scope, text).open(select.selection().plan(source, scope)), scope, this);
    }

    Result insert(Program.Insert insert, Target target) {
        Inserting inserting = new Inserting(insert, target);
        if (insert.select() != null) {
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
        return finished(StatementKind.INSERT, inserting.written, insert.returning(), target, inserting.images);
    }

    /** A SELECT over the collection that is inserted into is read to its end first, or it would meet its own documents. */
    private void addSelected(Program.Insert insert, Selection selection, Target target, Inserting inserting) {
        boolean own = !selection.term().system()
                && selection.term().collection().equals(insert.target().collection());
        List<Value> collected = new ArrayList<>();
        Source source = target.source();
        try (Cursor rows = new Cursors(source, scope, text).open(selection.plan(source, scope))) {
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
                DocumentId id = target.insert(
                        insert.target().collection(), document, insert.typing(), insert.policy(), insert.initial());
                if (id != null) {
                    written.add(id.value());
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
        try (Cursor rows = new Cursors(source, scope, text).open(update.rows().plan(source, scope))) {
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
                    written.add(id.value());
                    if (update.returning() != null) {
                        keepImage(
                                images,
                                target.source()
                                        .find(collection, id, update.target().typing()));
                    }
                }
            }
        }
        return finished(StatementKind.UPDATE, written, update.returning(), target, images);
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
        try (Cursor rows = new Cursors(source, scope, text).open(remove.rows().plan(source, scope))) {
            while (rows.next()) {
                Row row = current();
                DocumentId id = row.documentId();
                boolean done = remove.evict() ? target.evict(collection, id) : target.delete(collection, id);
                if (done) {
                    removed.add(id.value());
                    if (remove.returning() != null) {
                        keepImage(images, row);
                    }
                }
            }
        }
        StatementKind kind = remove.evict() ? StatementKind.EVICT : StatementKind.DELETE;
        return finished(kind, removed, remove.returning(), target, images);
    }

    private Row current() {
        Row row = scope.rows[0];
        if (row == null) {
            throw new AssertionError("a plan without a row");
        }
        return row;
    }

    private void keepImage(List<Row> images, @Nullable Row image) {
        if (image != null) {
            scope.memory().grow(image.memoryBytes(), "RETURNING", "narrow the WHERE clause");
            images.add(image);
        }
    }

    private Result finished(
            StatementKind kind, List<Value> ids, @Nullable Plan returning, Target target, List<Row> images) {
        for (Warning warning : target.warnings()) {
            scope.warnings().add(warning);
        }
        List<ResultRow> rows = new ArrayList<>();
        if (returning != null) {
            scope.given = images;
            try (Cursor answers = new Cursors(target.source(), scope, text).open(returning)) {
                while (answers.next()) {
                    if (scope.output != null) {
                        rows.add(scope.output);
                    }
                }
            }
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
