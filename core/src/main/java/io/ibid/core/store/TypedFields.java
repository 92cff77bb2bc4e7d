package io.ibid.core.store;

import io.ibid.core.crdt.Edit;
import io.ibid.core.crdt.Field;
import io.ibid.core.crdt.FieldWriter;
import io.ibid.core.crdt.Node;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.Modification;
import io.ibid.core.query.Typing;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Json;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import io.ibid.core.value.View;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides as which CRDT types the plain values of a statement are written: a declared field as declared, any other as the mode says.
 * Refuses what does not fit. Immutable.
 */
record TypedFields(Typing typing) {

    /** Writes all fields of a document but its id. */
    void insert(FieldWriter out, Value.Struct document) {
        for (int i = 0; i < document.size(); i++) {
            if (!document.name(i).equals(DocumentRow.ID)) {
                assign(out, Path.of(document.name(i)), document.value(i));
            }
        }
    }

    /**
     * Writes the fields of a document that differ from what is seen of it.
     *
     * @param out null: only looks
     * @return whether any differs
     */
    boolean insertDifferences(@Nullable FieldWriter out, Value.Struct document, Node.Branch seen) {
        boolean differs = false;
        for (int i = 0; i < document.size(); i++) {
            if (!document.name(i).equals(DocumentRow.ID)) {
                differs |= difference(out, Path.of(document.name(i)), document.value(i), seen);
            }
        }
        return differs;
    }

    private boolean difference(@Nullable FieldWriter out, Path path, Value value, Node.@Nullable Branch around) {
        Field field = around == null ? null : around.field(path.key(path.depth() - 1));
        Node seen = field == null ? null : VariantChoice.variant(field, path, typing);
        FieldType type = type(path, value);
        if (type == FieldType.MAP && value instanceof Value.Struct fields && !fields.isEmpty()) {
            boolean differs = false;
            for (int i = 0; i < fields.size(); i++) {
                Node.Branch map = seen instanceof Node.Branch branch ? branch : null;
                differs |= difference(out, path.child(fields.name(i)), fields.value(i), map);
            }
            return differs;
        }
        if (seen != null
                && seen.type() == type
                && (type == FieldType.MAP || ValueOrder.canonicallyEqual(seen.value(), storable(value)))) {
            return false;
        }
        if (out != null) {
            assign(out, path, value);
        }
        return true;
    }

    /** Writes one field; an object that becomes a MAP is merged into what is there. */
    void assign(FieldWriter out, Path path, Value value) {
        FieldType type = type(path, value);
        switch (type) {
            case REGISTER -> out.set(path, storable(value));
            case ATTACHMENT -> {
                if (!(value instanceof Value.Struct token) || !AttachmentToken.is(value)) {
                    throw expected(value, "an attachment token");
                }
                out.attachment(path, token);
            }
            case COUNTER -> out.restart(path, integer(value));
            case PN_COUNTER -> {
                boolean isNumber = value instanceof Value.Int
                        || (value instanceof Value.Float number && Double.isFinite(number.value()));
                if (!isNumber) {
                    throw expected(value, "a number value");
                }
                out.pnSet(path, value);
            }
            case MAP -> map(out, path, value);
        }
    }

    private void map(FieldWriter out, Path path, Value value) {
        if (!(value instanceof Value.Struct fields)) {
            throw expected(value, "an object value");
        }
        if (fields.isEmpty()) {
            out.map(path);
        }
        for (int i = 0; i < fields.size(); i++) {
            assign(out, path.child(fields.name(i)), fields.value(i));
        }
    }

    private FieldType type(Path path, Value value) {
        FieldType declared = declared(path);
        if (declared != null) {
            return declared;
        }
        if (!(value instanceof Value.Struct)) {
            return FieldType.REGISTER;
        }
        return !typing.strict() && AttachmentToken.is(value) ? FieldType.ATTACHMENT : typing.objects();
    }

    private @Nullable FieldType declared(Path path) {
        return typing.declared().isEmpty() ? null : typing.declared().get(path);
    }

    private static long integer(Value value) {
        if (value instanceof Value.Int number) {
            return number.value();
        }
        if (value instanceof Value.Float number
                && number.value() == Math.rint(number.value())
                && Math.abs(number.value()) < 0x1p63) {
            return (long) number.value();
        }
        throw expected(value, "an integer value");
    }

    /** A value as it is stored: not-a-number and the infinities are null. */
    private static Value storable(Value value) {
        return switch (value) {
            case Value.Float number when !Double.isFinite(number.value()) -> Value.NULL;
            case Value.Array array
            when holdsUnstorable(array) -> {
                List<Value> elements = new ArrayList<>();
                array.elements().forEach(element -> elements.add(storable(element)));
                yield new Value.Array(elements);
            }
            case Value.Struct struct
            when holdsUnstorable(struct) -> {
                Value.Struct.Builder fields = Value.Struct.builder(struct.size());
                for (int i = 0; i < struct.size(); i++) {
                    fields.put(struct.name(i), storable(struct.value(i)));
                }
                yield fields.build();
            }
            default -> value;
        };
    }

    private static boolean holdsUnstorable(Value value) {
        switch (value) {
            case Value.Float number -> {
                return !Double.isFinite(number.value());
            }
            case Value.Array array -> {
                for (int i = 0; i < array.elements().size(); i++) {
                    if (holdsUnstorable(array.elements().get(i))) {
                        return true;
                    }
                }
                return false;
            }
            case Value.Struct struct -> {
                for (int i = 0; i < struct.size(); i++) {
                    if (holdsUnstorable(struct.value(i))) {
                        return true;
                    }
                }
                return false;
            }
            default -> {
                return false;
            }
        }
    }

    // ---- UPDATE

    /**
     * Writes one modification.
     *
     * @param seen what was shown of the document before the statement
     */
    void modify(Edit out, Modification modification, Record seen) {
        Path path = modification.path();
        for (int depth = 1; depth < path.depth(); depth++) {
            Path parent = new Path(path.keys().subList(0, depth));
            FieldType declared = declared(parent);
            require(FieldType.MAP, declared == null ? typing.objects() : declared, parent);
        }
        FieldType declared = declared(path);
        switch (modification) {
            case Modification.Set set -> assign(out, path, set.value());
            case Modification.Unset unset ->
                out.unset(path, declared != null ? declared : typing.strict() ? FieldType.REGISTER : null);
            case Modification.Increment increment -> {
                require(FieldType.COUNTER, applied(declared, FieldType.COUNTER), path);
                out.increment(path, increment.amount());
            }
            case Modification.Restart restart -> {
                require(FieldType.COUNTER, applied(declared, FieldType.COUNTER), path);
                out.restart(path, restart.value());
            }
            case Modification.PnIncrement increment -> {
                require(FieldType.PN_COUNTER, applied(declared, FieldType.PN_COUNTER), path);
                out.pnIncrement(path, increment.amount());
            }
            case Modification.Default standard -> standard(out, path, declared, seen);
        }
    }

    private FieldType applied(@Nullable FieldType declared, FieldType inferred) {
        return declared != null ? declared : typing.strict() ? FieldType.REGISTER : inferred;
    }

    private void standard(Edit out, Path path, @Nullable FieldType declared, Record seen) {
        FieldType type = declared;
        if (type == null) {
            View shown = seen.view().at(path);
            boolean isMap = !typing.strict() && shown != null && shown.fieldType() == FieldType.MAP;
            type = isMap ? FieldType.MAP : FieldType.REGISTER;
        }
        switch (type) {
            case REGISTER -> out.set(path, Value.NULL);
            case MAP -> {
                out.unset(path, FieldType.MAP);
                out.map(path);
            }
            case ATTACHMENT, COUNTER, PN_COUNTER -> throw unsupported(type, path);
        }
    }

    private static void require(FieldType wanted, FieldType type, Path path) {
        if (type != wanted) {
            throw unsupported(type, path);
        }
    }

    private static IbidException unsupported(FieldType type, Path path) {
        return new IbidException(
                ErrorCode.QUERY_EVALUATION, "Unsupported DML operation on " + type + " field \"" + path + "\"");
    }

    private static IbidException expected(Value value, String what) {
        return new IbidException(ErrorCode.QUERY_EVALUATION, "Expected " + Json.write(value) + " to be " + what);
    }
}
