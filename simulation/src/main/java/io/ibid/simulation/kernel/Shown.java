package io.ibid.simulation.kernel;

import io.ibid.core.crdt.Node;
import io.ibid.core.crdt.Reading;
import io.ibid.core.crdt.SlotKey;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a reader can find out about a document, as the oracle and the kernel both can say it.
 *
 * @param variants every typed variant of every field; a MAP is the struct of what is shown in it
 * @param types which variant of a field is shown
 */
record Shown(boolean exists, SortedMap<SlotKey, Value> variants, SortedMap<Path, FieldType> types) {

    static Shown of(Reading reading) {
        Shown shown = new Shown(reading.exists(), new TreeMap<>(), new TreeMap<>());
        shown.addFields(Path.ROOT, reading.root());
        return shown;
    }

    private void addFields(Path path, Node.Branch branch) {
        for (int i = 0; i < branch.size(); i++) {
            Path child = path.child(branch.name(i));
            types.put(child, branch.field(i).shown().type());
            addVariant(child, branch.field(i).shown());
            branch.field(i).hidden().forEach(node -> addVariant(child, node));
        }
    }

    private void addVariant(Path path, Node node) {
        variants.put(new SlotKey(path, node.type()), node.value());
        if (node instanceof Node.Branch map) {
            addFields(path, map);
        }
    }

    boolean visible(boolean hideHusks) {
        return exists || (!hideHusks && !variants.isEmpty());
    }

    Value get(String path, FieldType type) {
        Value value = variants.get(new SlotKey(Statement.path(path), type));
        return value == null ? Value.MISSING : value;
    }

    /** The shown document. */
    Value.Struct document() {
        Value.Struct.Builder struct = Value.Struct.builder();
        types.forEach((path, type) -> {
            if (path.depth() == 1) {
                struct.put(path.keys().get(0), variants.getOrDefault(new SlotKey(path, type), Value.MISSING));
            }
        });
        return struct.build();
    }
}
