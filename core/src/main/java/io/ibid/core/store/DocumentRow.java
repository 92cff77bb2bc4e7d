package io.ibid.core.store;

import io.ibid.core.crdt.Document;
import io.ibid.core.crdt.HybridClock;
import io.ibid.core.crdt.Sibling;
import io.ibid.core.query.Row;
import io.ibid.core.query.Typing;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Json;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import io.ibid.core.value.View;
import java.util.ArrayList;
import java.util.List;

/**
 * A document as a statement sees it that sees everything: fields are read from the record's bytes, in place. Immutable; not tied to
 * a snapshot.
 */
class DocumentRow implements Row {

    static final String ID = "_id";

    private static final int OVERHEAD_BYTES = 160;

    final Record record;
    final View view;

    DocumentRow(Record record, View view) {
        this.record = record;
        this.view = view;
    }

    /** The row of a record under the definitions of a statement. */
    static Row of(Record record, Typing typing) {
        boolean everything = !typing.strict() && typing.declared().isEmpty();
        int flags = record.flags();
        if (everything
                || (typing.declared().isEmpty()
                        && !RecordFlags.has(flags, RecordFlags.TYPED)
                        && !RecordFlags.has(flags, RecordFlags.HIDDEN))) {
            return new DocumentRow(record, record.view());
        }
        // A field may have the variant that is asked for behind the one that is stored as its value.
        return RecordFlags.has(flags, RecordFlags.HIDDEN)
                ? new DocumentRow(record, VariantChoice.apply(record, typing))
                : new TypedRow(record, record.view(), typing);
    }

    @Override
    public Value id() {
        return record.idValue();
    }

    @Override
    public DocumentId documentId() {
        return record.id();
    }

    @Override
    public Value field(Path path) {
        return record.guarded(() -> view.valueAt(path));
    }

    @Override
    public Value.Struct document() {
        return record.guarded(() -> struct(view, true, Path.ROOT));
    }

    private Value.Struct struct(View map, boolean withId, Path path) {
        int size = map.size();
        Value.Struct.Builder fields = Value.Struct.builder(withId ? size + 1 : size);
        boolean idMissing = withId;
        for (int i = 0; i < size; i++) {
            View child = map.child(i);
            String name = map.name(i);
            if (idMissing && ValueOrder.KEYS.compare(ID, name) < 0) {
                fields.put(ID, id()); // in its place, so that nothing has to be sorted
                idMissing = false;
            }
            if (!filters()) {
                fields.put(name, child.toValue());
                continue;
            }
            Path at = path.child(name);
            if (isShown(at, child)) {
                fields.put(name, child.fieldType() == FieldType.MAP ? struct(child, false, at) : child.toValue());
            }
        }
        if (idMissing) {
            fields.put(ID, id());
        }
        return fields.build();
    }

    @Override
    public void appendJson(StringBuilder out) {
        record.guarded(() -> {
            json(out, view, true, Path.ROOT);
            return out;
        });
    }

    private void json(StringBuilder out, View map, boolean withId, Path path) {
        int size = map.size();
        boolean idMissing = withId;
        char separator = '{';
        for (int i = 0; i < size; i++) {
            String name = map.name(i);
            if (idMissing && ValueOrder.KEYS.compare(ID, name) < 0) {
                separator = id(out, separator);
                idMissing = false;
            }
            View child = map.child(i);
            if (filters() && !isShown(path.child(name), child)) {
                continue;
            }
            out.append(separator);
            separator = ',';
            Json.appendText(out, name);
            out.append(':');
            if (filters() && child.fieldType() == FieldType.MAP) {
                json(out, child, false, path.child(name));
            } else {
                child.appendJson(out);
            }
        }
        if (idMissing) {
            separator = id(out, separator);
        }
        out.append(separator == '{' ? "{}" : "}");
    }

    private char id(StringBuilder out, char separator) {
        out.append(separator).append("\"_id\":");
        Json.append(out, id());
        return ',';
    }

    /** Whether {@link #isShown} ever says no. */
    boolean filters() {
        return false;
    }

    /** Whether a statement sees the variant that stands at the path. */
    boolean isShown(Path path, View variant) {
        return true;
    }

    @Override
    public Value siblings(Path path) {
        Document document = record.document();
        for (int depth = path.depth(); depth > 0; depth--) {
            Path prefix = new Path(path.keys().subList(0, depth));
            List<Sibling> siblings = document.siblings(prefix, record.ablation());
            if (!siblings.isEmpty()) {
                return siblings(siblings, path.keys().subList(depth, path.depth()));
            }
        }
        return Value.MISSING;
    }

    /** The siblings, or what they have at some names below: a register may hold an object. */
    private static Value siblings(List<Sibling> siblings, List<String> below) {
        List<Value> rows = new ArrayList<>();
        for (Sibling sibling : siblings) {
            Value value = sibling.value();
            for (String name : below) {
                value = value instanceof Value.Struct struct ? struct.get(name) : Value.MISSING;
            }
            if (!(value instanceof Value.Missing)) {
                rows.add(Value.Struct.builder()
                        .put("author", Value.of(sibling.dot().actor().toString()))
                        .put(
                                "time",
                                Value.of(HybridClock.milliseconds(sibling.dot().hlc())))
                        .put("type", Value.of(sibling.type().name()))
                        .put("value", value)
                        .build());
            }
        }
        return rows.isEmpty() ? Value.MISSING : new Value.Array(rows);
    }

    @Override
    public int memoryBytes() {
        return OVERHEAD_BYTES + record.sizeBytes();
    }
}
