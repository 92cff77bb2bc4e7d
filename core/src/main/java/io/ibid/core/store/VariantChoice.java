package io.ibid.core.store;

import io.ibid.core.crdt.Field;
import io.ibid.core.crdt.Node;
import io.ibid.core.query.Typing;
import io.ibid.core.value.BinaryWriter;
import io.ibid.core.value.ByteWriter;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import io.ibid.core.value.View;
import org.jspecify.annotations.Nullable;

/**
 * Works out what a statement with definitions, or in strict mode, sees of a document whose fields have several variants: for each
 * field the one it asks for, shown by default or not. Rare, so it builds the value anew. Confined to one use.
 */
final class VariantChoice {

    private final Typing typing;
    private final ByteWriter bytes = new ByteWriter(512);
    private final BinaryWriter out = new BinaryWriter(bytes);

    private VariantChoice(Typing typing) {
        this.typing = typing;
    }

    static View apply(Record record, Typing typing) {
        VariantChoice choice = new VariantChoice(typing);
        choice.branch(record.document().reading(record.ablation()).root(), Path.ROOT);
        return new View(choice.bytes.toByteArray());
    }

    /** The variant that a statement sees of a field, or null. */
    static @Nullable Node variant(Field field, Path path, Typing typing) {
        FieldType declared = typing.declared().get(path);
        if (declared != null) {
            return field.variant(declared);
        }
        return typing.strict() ? field.variant(FieldType.REGISTER) : field.shown();
    }

    private void branch(Node.Branch branch, Path path) {
        Node[] seen = new Node[branch.size()];
        int count = 0;
        for (int i = 0; i < seen.length; i++) {
            Node node = variant(branch.field(i), path.child(branch.name(i)), typing);
            if (node != null) {
                seen[i] = node;
                count++;
            }
        }
        out.beginMap(count);
        for (int i = 0; i < seen.length; i++) {
            if (seen[i] != null) {
                out.key(branch.name(i));
                node(seen[i], path.child(branch.name(i)));
            }
        }
        out.endMap();
    }

    private void node(Node node, Path path) {
        switch (node) {
            case Node.Branch map -> branch(map, path);
            case Node.Leaf leaf -> leaf(out, leaf);
        }
    }

    /** Writes anything but a map. */
    static void leaf(BinaryWriter out, Node.Leaf leaf) {
        switch (leaf.type()) {
            case REGISTER -> out.opaque(leaf.value());
            case ATTACHMENT -> {
                if (!(leaf.value() instanceof Value.Struct token)) {
                    throw new AssertionError("an attachment of " + leaf.value());
                }
                out.attachment(token);
            }
            case COUNTER -> {
                if (!(leaf.value() instanceof Value.Int number)) {
                    throw new AssertionError("a counter of " + leaf.value());
                }
                out.counter(number.value());
            }
            case PN_COUNTER -> out.pnCounter(leaf.value());
            case MAP -> throw new AssertionError("a map that is a leaf");
        }
    }
}
