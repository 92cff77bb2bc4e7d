package io.ibid.core.value;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the binary form of a typed document, from the outside in: {@code beginMap(2).key("a").opaque(v).key("b").counter(3).endMap()}.
 * Keys come in the order of {@link ValueOrder#KEYS}. One writer can write many values one after the other. A wrong sequence of calls
 * is a broken invariant.
 */
public final class BinaryWriter {

    /** Ints of one open container in {@link #open}: where its tag stands, where its entries start, its count, its place in ends. */
    private static final int FRAME = 4;

    private static final int[] NONE = new int[0];

    private final ByteWriter out;

    /** Where each finished entry of each open container ends, counted from where its entries start; innermost container last. */
    private int[] ends = NONE;

    private int endsSize;
    private int[] open = NONE;
    private int depth;
    private @Nullable String[] lastKeys = new String[4];
    private boolean keyWritten;

    public BinaryWriter(ByteWriter out) {
        this.out = out;
    }

    /** Starts a CRDT map of exactly so many fields. */
    public BinaryWriter beginMap(int count) {
        beforeValue();
        if (depth == lastKeys.length) {
            lastKeys = Arrays.copyOf(lastKeys, depth * 2);
        }
        lastKeys[depth] = null;
        begin(count);
        keyWritten = false;
        return this;
    }

    /** The name of the next field. */
    public BinaryWriter key(String name) {
        if (depth == 0 || keyWritten) {
            throw new AssertionError("The key " + name + " where a value is expected");
        }
        String last = lastKeys[depth - 1];
        if (last != null && ValueOrder.compareKeys(last, name) >= 0) {
            throw new AssertionError("The key " + name + " behind " + last);
        }
        lastKeys[depth - 1] = name;
        out.text(name);
        keyWritten = true;
        return this;
    }

    public BinaryWriter endMap() {
        if (depth == 0 || keyWritten) {
            throw new AssertionError("The end of a map where a value is expected");
        }
        end(Tag.MAP);
        afterValue();
        return this;
    }

    /** A register's value. */
    public BinaryWriter opaque(Value value) {
        beforeValue();
        value(value);
        afterValue();
        return this;
    }

    public BinaryWriter counter(long value) {
        beforeValue();
        out.u8(Tag.COUNTER.ordinal()).zigzag(value);
        afterValue();
        return this;
    }

    /** A PN counter, whose value is an Int or a Float. */
    public BinaryWriter pnCounter(Value number) {
        if (!(number instanceof Value.Int || number instanceof Value.Float)) {
            throw new AssertionError("A counter of " + number);
        }
        beforeValue();
        out.u8(Tag.PN_COUNTER.ordinal());
        value(number);
        afterValue();
        return this;
    }

    /** An attachment's token. */
    public BinaryWriter attachment(Value.Struct token) {
        beforeValue();
        out.u8(Tag.ATTACHMENT.ordinal());
        value(token);
        afterValue();
        return this;
    }

    private void beforeValue() {
        if (depth > 0 && !keyWritten) {
            throw new AssertionError("A value where a key is expected");
        }
    }

    private void afterValue() {
        if (depth > 0) {
            entryEnds();
            keyWritten = false;
        }
    }

    private void value(Value value) {
        switch (value) {
            case Value.Text text -> out.u8(Tag.TEXT.ordinal()).text(text.value());
            case Value.Int number -> out.u8(Tag.INT.ordinal()).zigzag(number.value());
            case Value.Float number -> out.u8(Tag.FLOAT.ordinal()).fixed64(Double.doubleToLongBits(number.value()));
            case Value.Bool bool -> out.u8((bool.value() ? Tag.TRUE : Tag.FALSE).ordinal());
            case Value.Null ignored -> out.u8(Tag.NULL.ordinal());
            case Value.Binary binary -> out.u8(Tag.BINARY.ordinal()).blob(binary.bytes());
            case Value.Array array -> {
                List<Value> elements = array.elements();
                int count = elements.size();
                begin(count);
                for (int i = 0; i < count; i++) {
                    value(elements.get(i));
                    entryEnds();
                }
                end(Tag.ARRAY);
            }
            case Value.Struct struct -> {
                int count = struct.size();
                begin(count);
                for (int i = 0; i < count; i++) {
                    out.text(struct.name(i));
                    value(struct.value(i));
                    entryEnds();
                }
                end(Tag.STRUCT);
            }
            case Value.Missing ignored -> throw new AssertionError("MISSING has no binary form");
        }
    }

    private void begin(int count) {
        int frame = depth * FRAME;
        depth = Nesting.enter(depth);
        if (frame == open.length) {
            open = Arrays.copyOf(open, open.length * 2 + 4 * FRAME);
        }
        if (ends.length - endsSize < count) {
            ends = Arrays.copyOf(ends, endsSize + Math.max(count, 48));
        }
        open[frame] = out.size();
        out.u8(0).varint(count);
        out.advance(count << guessedWidth(count));
        open[frame + 1] = out.size();
        open[frame + 2] = count;
        open[frame + 3] = endsSize;
    }

    /** The width that the ends of so many entries will probably need: the table stands before its entries are known. */
    private static int guessedWidth(int count) {
        return count <= 12 ? 0 : count <= 2000 ? 1 : 2;
    }

    private void entryEnds() {
        int frame = (depth - 1) * FRAME;
        if (endsSize - open[frame + 3] == open[frame + 2]) {
            throw new AssertionError("More than the announced " + open[frame + 2] + " entries");
        }
        ends[endsSize++] = out.size() - open[frame + 1];
    }

    private void end(Tag tag) {
        depth--;
        int frame = depth * FRAME;
        int entries = open[frame + 1];
        int count = open[frame + 2];
        int first = open[frame + 3];
        if (endsSize - first != count) {
            throw new AssertionError(endsSize - first + " entries instead of the announced " + count);
        }
        int width = BinaryLayout.width(out.size() - entries);
        int table = entries - (count << guessedWidth(count));
        if (width != guessedWidth(count) && count > 0) {
            out.move(entries, table + (count << width));
        }
        byte[] buffer = out.buffer();
        for (int i = 0; i < count; i++) {
            BinaryLayout.putEnd(buffer, table, width, i, ends[first + i]);
        }
        buffer[open[frame]] = (byte) (tag.ordinal() | ((count == 0 ? 0 : width) << BinaryLayout.WIDTH_SHIFT));
        endsSize = first;
    }
}
