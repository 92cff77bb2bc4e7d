package io.ibid.core.store;

import io.ibid.core.crdt.Document;
import io.ibid.core.crdt.Field;
import io.ibid.core.crdt.Node;
import io.ibid.core.crdt.Reading;
import io.ibid.core.crdt.SlotKey;
import io.ibid.core.crdt.Slots;
import io.ibid.core.error.Ablation;
import io.ibid.core.value.BinaryWriter;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The value of a document that is not plain, and which of its slots that value expresses: those that hold exactly one cell, a
 * register or an attachment, and are shown. Confined to one use.
 */
final class Leaves {

    /** At a leaf that does not say all about its slot. */
    static final int EXCEPTION = -1;

    private final Slots slots;
    private final Reading reading;
    private final List<String> keys = new ArrayList<>();
    private final BitSet expressed = new BitSet();
    private int[] slotsByLeaf = new int[32];
    private int size;
    private boolean isTyped;
    private boolean isHidden;

    Leaves(Document document, Ablation ablation) {
        this.slots = document.slots();
        this.reading = document.reading(ablation);
    }

    /** {@link RecordFlags}; complete behind {@link #write}. */
    int flags() {
        if (!reading.visible(false)) {
            return RecordFlags.TOMBSTONE;
        }
        return (reading.exists() ? RecordFlags.EXISTS : 0)
                | (reading.root().size() > 0 ? RecordFlags.FIELDS : 0)
                | (isTyped ? RecordFlags.TYPED : 0)
                | (isHidden ? RecordFlags.HIDDEN : 0);
    }

    void write(BinaryWriter out) {
        branch(out, reading.root());
    }

    private void branch(BinaryWriter out, Node.Branch branch) {
        out.beginMap(branch.size());
        for (int i = 0; i < branch.size(); i++) {
            out.key(branch.name(i));
            keys.add(branch.name(i));
            field(out, branch.field(i));
            keys.removeLast();
        }
        out.endMap();
    }

    private void field(BinaryWriter out, Field field) {
        isHidden |= !field.hidden().isEmpty();
        isTyped |= field.shown().type() != FieldType.REGISTER;
        switch (field.shown()) {
            case Node.Branch map -> branch(out, map);
            case Node.Leaf leaf -> leaf(out, leaf);
        }
    }

    private void leaf(BinaryWriter out, Node.Leaf leaf) {
        VariantChoice.leaf(out, leaf);
        if (leaf.type() == FieldType.REGISTER || leaf.type() == FieldType.ATTACHMENT) {
            add(slots.indexOf(new SlotKey(new Path(keys), leaf.type())));
        }
    }

    private void add(int slot) {
        if (size == slotsByLeaf.length) {
            slotsByLeaf = Arrays.copyOf(slotsByLeaf, size * 2);
        }
        // A slot that is not found is one of an ablation, which keeps several types in one.
        boolean whole = slot >= 0 && slots.slot(slot).size() == 1;
        slotsByLeaf[size++] = whole ? slot : EXCEPTION;
        if (whole) {
            expressed.set(slot);
        }
    }

    /** The number of registers and attachments that are shown. */
    int size() {
        return size;
    }

    /** The slot that a leaf expresses, or {@link #EXCEPTION}. */
    int slot(int leaf) {
        return slotsByLeaf[leaf];
    }

    boolean expresses(int slot) {
        return expressed.get(slot);
    }
}
