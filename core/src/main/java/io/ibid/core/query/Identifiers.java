package io.ibid.core.query;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.function.Arithmetic;
import io.ibid.core.query.syntax.QueryException;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds which documents a list of id values means. */
final class Identifiers {

    private Identifiers() {}

    /**
     * The id that equals the value, or null when no id can. An id never holds a float, but {@code 1 = 1.0}, so whole floats are looked
     * up as integers.
     */
    static @Nullable DocumentId equalTo(Value value) {
        if (value instanceof Value.Text) {
            return orNull(value);
        }
        Value key = withoutWholeFloats(value);
        return key == null ? null : orNull(key);
    }

    private static @Nullable DocumentId orNull(Value value) {
        try {
            return DocumentId.of(value);
        } catch (IbidException tooLong) {
            return null;
        }
    }

    private static @Nullable Value withoutWholeFloats(Value value) {
        return switch (value) {
            case Value.Float number -> Arithmetic.wholeAsInteger(number) instanceof Value.Int whole ? whole : null;
            case Value.Null none -> null;
            case Value.Missing missing -> null;
            case Value.Array(List<Value> elements) -> {
                List<Value> keys = new ArrayList<>(elements.size());
                for (Value element : elements) {
                    Value key = withoutWholeFloats(element);
                    if (key == null) {
                        yield null;
                    }
                    keys.add(key);
                }
                yield new Value.Array(keys);
            }
            case Value.Struct struct -> {
                Value.Struct.Builder keys = Value.Struct.builder();
                for (int i = 0; i < struct.size(); i++) {
                    Value key = withoutWholeFloats(struct.value(i));
                    if (key == null) {
                        yield null;
                    }
                    keys.put(struct.name(i), key);
                }
                yield keys.build();
            }
            default -> value;
        };
    }

    /** The ids of an id scan, each once. */
    static List<DocumentId> of(Plan.Ids ids, Scope scope, String text) {
        return switch (ids) {
            case Plan.Ids.One(Compiled value) -> {
                DocumentId id = equalTo(value.evaluate(scope));
                yield id == null ? List.of() : List.of(id);
            }
            case Plan.Ids.Several(List<Compiled> values) -> sorted(evaluate(values, scope));
            case Plan.Ids.Elements(Compiled array) ->
                array.evaluate(scope) instanceof Value.Array(List<Value> values) ? sorted(values) : List.of();
            case Plan.Ids.Hinted(List<Compiled> values) -> asWritten(evaluate(values, scope), scope);
            case Plan.Ids.HintedList(Compiled array) -> {
                if (!(array.evaluate(scope) instanceof Value.Array(List<Value> values))) {
                    throw QueryException.at(
                            ErrorCode.QUERY_EVALUATION, "USE IDS LIST takes an array", text, array.at());
                }
                yield asWritten(values, scope);
            }
        };
    }

    private static List<Value> evaluate(List<Compiled> values, Scope scope) {
        List<Value> result = new ArrayList<>(values.size());
        for (Compiled value : values) {
            result.add(value.evaluate(scope));
        }
        return result;
    }

    /** In the order in which a scan would meet them, so that a lookup gives the same rows even under a LIMIT. */
    private static List<DocumentId> sorted(List<Value> values) {
        TreeSet<DocumentId> ids = new TreeSet<>();
        for (Value value : values) {
            DocumentId id = equalTo(value);
            if (id != null) {
                ids.add(id);
            }
        }
        return List.copyOf(ids);
    }

    private static List<DocumentId> asWritten(List<Value> values, Scope scope) {
        List<DocumentId> ids = new ArrayList<>(values.size());
        TreeSet<DocumentId> seen = new TreeSet<>();
        for (Value value : values) {
            DocumentId id = equalTo(value);
            if (id == null) {
                scope.warnings().count("USE IDS met a value that cannot be a document id");
            } else if (seen.add(id)) {
                ids.add(id);
            }
        }
        return ids;
    }
}
