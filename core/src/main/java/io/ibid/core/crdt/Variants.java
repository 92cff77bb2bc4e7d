package io.ibid.core.crdt;

import io.ibid.core.error.Ablation;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reading rules. Per slot: the live cell with the greatest dot, for counters the sum of what counts. Per key: of the variants
 * of several types the one with the greatest dot, a map counting as late as the last thing in it.
 */
final class Variants {

    private final Document document;
    private final Slots slots;
    private final Comparator<Node> byLastWritten;

    private Variants(Document document, Ablation ablation) {
        this.document = document;
        this.slots = document.slots;
        Comparator<Dot> order = ablation.has(Ablation.Switch.ARRIVAL)
                ? Comparator.comparingLong(document::arrivedAt).thenComparing(Comparator.<Dot>naturalOrder())
                : Comparator.naturalOrder();
        this.byLastWritten = Comparator.comparing(Node::dot, order)
                .thenComparing(node -> node.type().rank());
    }

    static Reading read(Document document, Ablation ablation) {
        boolean exists = document.exists();
        int first = document.slots.size() > 0 && document.slots.key(0).type() == null ? 1 : 0;
        Node.Branch root = new Variants(document, ablation).branch(first, document.slots.size(), 0, null);
        return new Reading(exists, root == null ? new Node.Branch(new String[0], new Field[0], Dot.ZERO) : root);
    }

    /** The map of what stands in the slots [from, to), whose paths agree in their first {@code depth} keys; null when absent. */
    private Node.@Nullable Branch branch(int from, int to, int depth, @Nullable Dot marker) {
        String[] names = new String[Math.min(to - from, 32)];
        Field[] fields = new Field[names.length];
        int n = 0;
        Node greatest = marker == null ? null : new Node.Leaf(FieldType.MAP, Value.NULL, marker);
        for (int i = from; i < to; ) {
            String name = slots.key(i).path().keys().get(depth);
            int end = i + 1;
            while (end < to && slots.key(end).path().keys().get(depth).equals(name)) {
                end++;
            }
            Field field = field(i, end, depth + 1);
            if (field != null) {
                if (n == names.length) {
                    names = Arrays.copyOf(names, n * 2);
                    fields = Arrays.copyOf(fields, n * 2);
                }
                names[n] = name;
                fields[n++] = field;
                greatest = greatest == null || byLastWritten.compare(field.shown(), greatest) > 0
                        ? field.shown()
                        : greatest;
            }
            i = end;
        }
        return greatest == null
                ? null
                : new Node.Branch(Arrays.copyOf(names, n), Arrays.copyOf(fields, n), greatest.dot());
    }

    private @Nullable Field field(int from, int to, int depth) {
        if (to == from + 1 && slots.key(from).path().depth() == depth) {
            Node only = variant(from);
            return only == null ? null : new Field(only, List.of());
        }
        List<Node> found = new ArrayList<>(2);
        Dot marker = null;
        int i = from;
        for (; i < to && slots.key(i).path().depth() == depth; i++) {
            Node node = variant(i);
            if (node instanceof Node.Branch map) {
                marker = map.dot();
            } else if (node != null) {
                found.add(node);
            }
        }
        Node.Branch map = branch(i, to, depth, marker);
        if (map != null) {
            found.add(map);
        }
        if (found.isEmpty()) {
            return null;
        }
        found.sort(byLastWritten.reversed());
        return new Field(found.get(0), List.copyOf(found.subList(1, found.size())));
    }

    private @Nullable Node variant(int index) {
        return variant(slots.slot(index), document.epoch(slots.key(index).path()));
    }

    /** What one slot shows by itself; a map marker is a map without fields. Null when absent. */
    private static @Nullable Node variant(Slot slot, Dot rememberedEpoch) {
        int winner = slot.winner();
        if (winner < 0) {
            return null;
        }
        Dot dot = slot.dot(winner);
        return switch (slot.cell(winner)) {
            case Cell.Register(Value value) -> new Node.Leaf(FieldType.REGISTER, value, dot);
            case Cell.Attachment(Value.Struct token) -> new Node.Leaf(FieldType.ATTACHMENT, token, dot);
            case Cell.PnCounter counter -> new Node.Leaf(FieldType.PN_COUNTER, PnSum.of(slot), dot);
            case Cell.Counter counter -> counter(slot, rememberedEpoch);
            case Cell.MapMarker marker -> new Node.Branch(new String[0], new Field[0], dot);
            case Cell.Exists exists -> throw new AssertionError("EXIST outside the root");
            case Cell.Tomb tomb -> throw new AssertionError("a removal wins over " + slot);
        };
    }

    /** Whether {@link #variant(Slot, Dot)} shows anything. */
    static boolean isPresent(Slot slot, Dot rememberedEpoch) {
        int winner = slot.winner();
        return winner >= 0 && (!(slot.cell(winner) instanceof Cell.Counter) || counter(slot, rememberedEpoch) != null);
    }

    /** The sum of what was counted since the latest RESTART that is known, whether its own cell is still here or not. */
    private static @Nullable Node counter(Slot slot, Dot rememberedEpoch) {
        Dot epoch = currentEpoch(slot, rememberedEpoch);
        Dot last = null;
        long sum = 0;
        for (int i = 0; i < slot.size(); i++) {
            if (slot.cell(i) instanceof Cell.Counter cell && cell.epoch().equals(epoch)) {
                sum += cell.base() + cell.increment();
                last = slot.dot(i);
            }
        }
        return last == null ? null : new Node.Leaf(FieldType.COUNTER, Value.of(sum), last);
    }

    /** The greatest RESTART that is known: by the slot's cells, or because a removal has seen it. */
    static Dot currentEpoch(@Nullable Slot slot, Dot rememberedEpoch) {
        Dot epoch = newestEpoch(slot);
        return epoch == null ? rememberedEpoch : Dot.max(epoch, rememberedEpoch);
    }

    /** The greatest epoch of the slot's counter cells; null when there are none. */
    static @Nullable Dot newestEpoch(@Nullable Slot slot) {
        Dot epoch = null;
        for (int i = 0; slot != null && i < slot.size(); i++) {
            if (slot.cell(i) instanceof Cell.Counter cell) {
                epoch = epoch == null ? cell.epoch() : Dot.max(epoch, cell.epoch());
            }
        }
        return epoch;
    }

    /**
     * Everything that concurrent writes have left at the path, what is shown first: one element per live cell of a register or an
     * attachment, one for each other type.
     */
    static List<Sibling> siblings(Document document, Path path, Ablation ablation) {
        Field field = document.reading(ablation).field(path);
        if (field == null) {
            return List.of();
        }
        List<Sibling> siblings = new ArrayList<>();
        addSiblings(siblings, document, path, field.shown());
        field.hidden().forEach(node -> addSiblings(siblings, document, path, node));
        siblings.subList(1, siblings.size())
                .sort(Comparator.comparing(Sibling::dot)
                        .thenComparing(sibling -> sibling.type().rank())
                        .reversed());
        return siblings;
    }

    private static void addSiblings(List<Sibling> siblings, Document document, Path path, Node node) {
        Slot slot = document.slots.get(new SlotKey(path, node.type()));
        for (int i = slot == null ? 0 : slot.size(); slot != null && i-- > 0; ) {
            switch (slot.cell(i)) {
                case Cell.Register(Value value) -> siblings.add(new Sibling(node.type(), value, slot.dot(i)));
                case Cell.Attachment(Value.Struct token) -> siblings.add(new Sibling(node.type(), token, slot.dot(i)));
                default -> {}
            }
        }
        if (slot == null || (node.type() != FieldType.REGISTER && node.type() != FieldType.ATTACHMENT)) {
            siblings.add(new Sibling(node.type(), node.value(), node.dot()));
        }
    }
}
