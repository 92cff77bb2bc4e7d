package io.ibid.core.store;

import io.ibid.core.crdt.Field;
import io.ibid.core.crdt.Node;
import io.ibid.core.index.Entry;
import io.ibid.core.index.EntryWriter;
import io.ibid.core.index.Index;
import io.ibid.core.query.IndexShape;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The entries of a document that has several variants of a field: one for each combination of values that a statement might see by
 * declaring types, the shown one first. MISSING, which any field may be to a statement that asks for another type, is only among them
 * when it is what is shown: whoever looks for it has to look at all documents anyway, see {@link StrayRows}.
 *
 * <p>Variants multiply, and a partner decides how many there are. With more than {@link #COMBINATIONS_MAX} combinations there is the
 * shown one only, and the document is named as a loose one, which scans by declaring statements look at one by one. One use.
 */
final class VariantEntries {

    static final int COMBINATIONS_MAX = 16;

    private final Index index;
    private final Record record;
    private final int flags;
    private boolean isLoose;

    VariantEntries(Index index, Record record, int husk) {
        this.index = index;
        this.record = record;
        this.flags = husk | Entry.TYPED;
    }

    List<Entry> entries() {
        List<IndexShape.Key> keys = index.shape().keys();
        Node.Branch root = record.guarded(
                () -> record.document().reading(record.ablation()).root());
        List<List<Value>> variants = new ArrayList<>();
        long combinations = 1;
        for (IndexShape.Key key : keys) {
            List<Value> values = variants(root, key.path());
            variants.add(values);
            combinations = Math.min(combinations * values.size(), Integer.MAX_VALUE);
        }
        isLoose |= combinations > COMBINATIONS_MAX;
        List<Entry> entries = new ArrayList<>();
        int[] choice = new int[keys.size()];
        for (int i = 0; i < (combinations > COMBINATIONS_MAX ? 1 : combinations); i++) {
            add(entries, variants, choice);
            next(choice, variants);
        }
        if (isLoose) {
            entries.add(index.format().loose(record.id()));
        }
        return entries;
    }

    /** What is shown, then what else a statement may see. */
    private List<Value> variants(Node.Branch root, Path path) {
        List<Value> values = new ArrayList<>();
        if (DocumentEntries.isOfId(path)) {
            values.add(DocumentEntries.ofId(record, path));
            return values;
        }
        values.add(record.guarded(() -> record.view().valueAt(path)));
        collect(root, path, 0, values);
        return values;
    }

    private void collect(Node.Branch map, Path path, int depth, List<Value> out) {
        Field field = map.field(path.key(depth));
        if (field != null) {
            collect(field.shown(), path, depth + 1, out);
            field.hidden().forEach(node -> collect(node, path, depth + 1, out));
        }
    }

    private void collect(Node node, Path path, int depth, List<Value> out) {
        if (depth < path.depth() && node instanceof Node.Branch map) {
            collect(map, path, depth, out);
            return;
        }
        isLoose |= node instanceof Node.Branch map && holdsTyped(map);
        Value value = node.value();
        for (int i = depth; i < path.depth(); i++) {
            value = value instanceof Value.Struct struct ? struct.get(path.key(i)) : Value.MISSING;
        }
        if (!(value instanceof Value.Missing) && !out.contains(value)) {
            out.add(value);
        }
    }

    private static boolean holdsTyped(Node.Branch map) {
        for (int i = 0; i < map.size(); i++) {
            Field field = map.field(i);
            if (field.shown().type() != FieldType.REGISTER || !field.hidden().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private void add(List<Entry> entries, List<List<Value>> variants, int[] choice) {
        if (!index.shape().includeMissing() && variants.getFirst().get(choice[0]) instanceof Value.Missing) {
            return;
        }
        EntryWriter writer = index.format().writer();
        boolean isShown = true;
        for (int i = 0; i < choice.length; i++) {
            writer.add(variants.get(i).get(choice[i]));
            isShown &= choice[i] == 0;
        }
        Entry entry = writer.finish(record.id(), isShown ? flags : flags | Entry.OTHER);
        // 1 and 1.0 have one key.
        if (entries.stream().noneMatch(other -> Arrays.equals(other.key(), entry.key()))) {
            entries.add(entry);
        }
    }

    private static void next(int[] choice, List<List<Value>> variants) {
        for (int i = choice.length - 1; i >= 0; i--) {
            choice[i]++;
            if (choice[i] < variants.get(i).size()) {
                return;
            }
            choice[i] = 0;
        }
    }
}
