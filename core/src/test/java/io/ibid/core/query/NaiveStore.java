package io.ibid.core.query;

import io.ibid.core.error.IbidException;
import io.ibid.core.query.syntax.Command;
import io.ibid.core.query.syntax.Command.Assignment;
import io.ibid.core.query.syntax.Expression;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The collection {@code c} as mutations leave it, by the reference: one writer, each statement a transaction. */
final class NaiveStore {
    private final TreeMap<DocumentId, NaiveDocument> documents = new TreeMap<>();
    /** Ids that were deleted: INITIAL does not bring them back. */
    private final TreeSet<DocumentId> deleted = new TreeSet<>();

    private long time;

    /**
     * What a mutation does: the documents it changes, in any right order, and what RETURNING projects.
     *
     * @param touched the documents after an INSERT or UPDATE, before a DELETE or EVICT
     */
    record Outcome(List<Value> ids, List<Value.Struct> touched) {}

    NaiveStore copy() {
        NaiveStore copy = new NaiveStore();
        documents.forEach((id, document) -> copy.documents.put(id, document.copy()));
        copy.deleted.addAll(deleted);
        copy.time = time;
        return copy;
    }

    List<Value.Struct> visible(List<Command.FieldDefinition> definitions, boolean strict) {
        return documents.values().stream()
                .map(it -> it.visible(definitions, strict))
                .toList();
    }

    // ---- which documents

    /** The SELECT of the ids that an UPDATE, DELETE or EVICT is about. */
    static Command.Select choice(Command.FromTerm target, @Nullable Expression where, Command.Range range) {
        Command.Projection id = new Command.Projection.Column(0, new Expression.Names(0, List.of("_id")), "_id");
        return new Command.Select(0, null, false, List.of(id), target, List.of(), where, null, null, range);
    }

    // ---- INSERT

    /**
     * @param given what the documents are, one after the other
     * @param generated the ids that the engine made for documents without one
     */
    Outcome insert(Command.Insert insert, List<Value> given, List<Value> generated, boolean strict) {
        time++;
        boolean initial = insert.initial();
        NaiveFields fields = new NaiveFields(insert.collection().definitions(), strict, initial ? 0 : time);
        Command.PolicyKind policy = initial
                ? Command.PolicyKind.NOTHING
                : insert.policy() == null
                        ? Command.PolicyKind.FAIL
                        : insert.policy().kind();
        TreeSet<DocumentId> seen = new TreeSet<>();
        List<Value> left = new ArrayList<>(generated);
        List<Value> ids = new ArrayList<>();
        for (Value value : given) {
            NaiveFields.require(value instanceof Value.Struct, "an object");
            Value.Struct document = (Value.Struct) NaiveFields.storable(value);
            DocumentId id = id(document, left);
            NaiveFields.require(seen.add(id), "unique");
            left.remove(id.value());
            if (insert(id, document, policy, fields, initial)) {
                ids.add(id.value());
            }
        }
        return new Outcome(ids, images(ids, insert.collection(), strict));
    }

    private DocumentId id(Value.Struct document, List<Value> generated) {
        try {
            Value id = document.get("_id");
            // When the engine refuses the statement there are no ids of its making.
            Value made = generated.isEmpty() ? Value.of("made " + time + document) : generated.getFirst();
            return DocumentId.of(id.equals(Value.MISSING) ? made : id);
        } catch (IbidException invalid) {
            throw new NaiveFunctions.Refusal("no id");
        }
    }

    private boolean insert(
            DocumentId id, Value.Struct document, Command.PolicyKind policy, NaiveFields fields, boolean initial) {
        NaiveDocument existing = documents.get(id);
        if (initial && (existing != null || deleted.contains(id))) {
            assign(new NaiveDocument(id.value()), document, fields);
            return false;
        }
        if (existing != null && policy == Command.PolicyKind.FAIL) {
            throw new NaiveFunctions.Refusal("conflict");
        }
        if (existing != null && policy == Command.PolicyKind.NOTHING) {
            return false;
        }
        if (existing != null && policy == Command.PolicyKind.UPDATE_LOCAL_DIFF) {
            NaiveDocument before = existing.copy();
            boolean any = false;
            for (int i = 0; i < document.size(); i++) {
                String name = document.name(i);
                any |= !name.equals("_id")
                        && fields.assignDifferences(
                                existing,
                                List.of(name),
                                document.value(i),
                                before.root().child(name));
            }
            return any;
        }
        NaiveDocument written = existing == null ? new NaiveDocument(id.value()) : existing;
        assign(written, document, fields);
        documents.put(id, written);
        return true;
    }

    private static void assign(NaiveDocument written, Value.Struct document, NaiveFields fields) {
        for (int i = 0; i < document.size(); i++) {
            if (!document.name(i).equals("_id")) {
                fields.assign(written, List.of(document.name(i)), document.value(i));
            }
        }
    }

    private List<Value.Struct> images(List<Value> ids, Command.CollectionReference collection, boolean strict) {
        return ids.stream()
                .map(id -> documents.get(DocumentId.of(id)).visible(collection.definitions(), strict))
                .toList();
    }

    // ---- UPDATE

    Outcome update(Command.Update update, List<Value> ids, boolean strict) {
        time++;
        List<Command.FieldDefinition> definitions = update.target().collection().definitions();
        NaiveFields fields = new NaiveFields(definitions, strict, time);
        String alias = NaiveJoin.aliases(choice(update.target(), null, Command.Range.ALL))
                .getFirst();
        for (Value id : ids) {
            NaiveDocument document = documents.get(DocumentId.of(id));
            NaiveEvaluator before = new NaiveEvaluator(
                    List.of(alias), List.of(document.visible(definitions, strict)), OracleStore.ARGUMENTS);
            NaiveDocument shown = document.copy();
            for (Assignment assignment : update.assignments()) {
                List<String> names = assignment.names();
                boolean qualified = names.size() > 1 && names.getFirst().equals(alias);
                change(document, shown, assignment, qualified ? names.subList(1, names.size()) : names, before, fields);
            }
        }
        return new Outcome(ids, images(ids, update.target().collection(), strict));
    }

    private void change(
            NaiveDocument document,
            NaiveDocument shown,
            Assignment assignment,
            List<String> path,
            NaiveEvaluator before,
            NaiveFields fields) {
        if (assignment instanceof Assignment.Nested nested) {
            for (Assignment inner : nested.operations()) {
                List<String> whole = new ArrayList<>(path);
                whole.addAll(inner.names());
                change(document, shown, inner, whole, before, fields);
            }
            return;
        }
        fields.requireMaps(path);
        switch (assignment) {
            case Assignment.Set set -> {
                Value value = NaiveFields.storable(before.evaluate(set.value()));
                if (value.equals(Value.MISSING)) {
                    unset(document, path, fields);
                } else {
                    fields.assign(document, path, value);
                }
            }
            case Assignment.Unset unset -> unset(document, path, fields);
            case Assignment.Tombstone tombstone -> unset(document, path, fields);
            case Assignment.Increment increment -> {
                fields.requireApplicable(path, FieldType.COUNTER);
                Value amount = NaiveFields.integer(before.evaluate(increment.amount()));
                document.add(path, FieldType.COUNTER, amount, time);
            }
            case Assignment.Restart restart -> {
                fields.requireApplicable(path, FieldType.COUNTER);
                Expression value = restart.value();
                Value start = value == null ? Value.of(0) : NaiveFields.integer(before.evaluate(value));
                document.set(path, FieldType.COUNTER, start, time);
            }
            case Assignment.PnIncrement increment -> {
                fields.requireApplicable(path, FieldType.PN_COUNTER);
                Value amount = before.evaluate(increment.amount());
                NaiveFields.require(NaiveOperators.kind(amount).equals("number"), "a number");
                document.add(path, FieldType.PN_COUNTER, amount, time);
            }
            case Assignment.Default reset -> reset(document, shown, path, fields);
            case Assignment.Nested nested -> throw new AssertionError(nested);
        }
    }

    private static void unset(NaiveDocument document, List<String> path, NaiveFields fields) {
        Command.FieldDefinition definition = fields.definition(path);
        document.unset(path, definition != null ? definition.type() : fields.strict() ? FieldType.REGISTER : null);
    }

    private void reset(NaiveDocument document, NaiveDocument shown, List<String> path, NaiveFields fields) {
        Command.FieldDefinition definition = fields.definition(path);
        NaiveDocument.Field field = shown.root().child(path.getFirst());
        for (String name : path.subList(1, path.size())) {
            // What is hidden behind another type is not seen.
            boolean open = field != null && field.shownType(null, false) == FieldType.MAP;
            field = open ? field.child(name) : null;
        }
        boolean isMap = definition != null
                ? definition.type() == FieldType.MAP
                : !fields.strict() && field != null && field.shownType(null, false) == FieldType.MAP;
        NaiveFields.require(isMap || definition == null || definition.type() == FieldType.REGISTER, "resettable");
        if (isMap) {
            document.unset(path, FieldType.MAP);
            document.mark(path, time);
        } else {
            document.set(path, FieldType.REGISTER, Value.NULL, time);
        }
    }

    // ---- DELETE and EVICT

    Outcome remove(Command.Remove remove, List<Value> ids, boolean strict) {
        time++;
        List<Value.Struct> images = images(ids, remove.target().collection(), strict);
        for (Value id : ids) {
            documents.remove(DocumentId.of(id));
            // An evicted document is as if it had never been here.
            if (remove.evict()) {
                deleted.remove(DocumentId.of(id));
            } else {
                deleted.add(DocumentId.of(id));
            }
        }
        return new Outcome(ids, images);
    }
}
