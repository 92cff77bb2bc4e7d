package io.ibid.core.value;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One value in the binary form, read in place: a window on bytes, which must not change. Nothing is decoded but what is asked for.
 *
 * <p>The bytes may be damaged: any read may then throw {@link MalformedException}, and none does worse. {@link #toValue} and
 * {@link #appendJson} check everything they pass; reads of a single field check only what they meet on their way.
 */
public final class View {

    private final byte[] bytes;
    private final int start;
    private final int limit;

    /** The value that starts at the offset, whatever follows it. */
    public View(byte[] bytes, int offset) {
        this(bytes, offset, BinaryLayout.valueEnd(bytes, offset, bytes.length));
    }

    public View(byte[] bytes) {
        this(bytes, 0);
    }

    private View(byte[] bytes, int start, int limit) {
        this.bytes = bytes;
        this.start = start;
        this.limit = limit;
    }

    private static @Nullable View of(byte[] bytes, long range) {
        return range == BinaryLayout.ABSENT
                ? null
                : new View(bytes, BinaryLayout.start(range), BinaryLayout.end(range));
    }

    public Tag tag() {
        return Tag.BY_NUMBER[BinaryLayout.tagByte(bytes, start, limit) & BinaryLayout.TAG_MASK];
    }

    /** The CRDT type: MAP, a counter, ATTACHMENT, or REGISTER for everything else. */
    public FieldType fieldType() {
        return tag().fieldType();
    }

    /** Whether it has fields to look up: a struct, a map or an attachment's token. */
    public boolean isStruct() {
        return switch (tag()) {
            case STRUCT, MAP, ATTACHMENT -> true;
            default -> false;
        };
    }

    public boolean isArray() {
        return tag() == Tag.ARRAY;
    }

    /** The index into the array behind the value's last byte. */
    public int end() {
        return limit;
    }

    /** The number of elements or fields; 0 for everything else. */
    public int size() {
        int container = container();
        return container < 0 ? 0 : (int) BinaryLayout.table(bytes, container, limit);
    }

    /** Where the container's tag stands; negative for a scalar. */
    private int container() {
        return switch (tag()) {
            case ARRAY, STRUCT, MAP -> start;
            case ATTACHMENT -> {
                int token = BinaryLayout.tagByte(bytes, start + 1, limit) & BinaryLayout.TAG_MASK;
                if (token != Tag.STRUCT.ordinal()) {
                    throw BinaryLayout.damaged("the kind of an attachment", start);
                }
                yield start + 1;
            }
            default -> -1;
        };
    }

    /** The value of a field; null when there is none, or this is nothing with fields. */
    public @Nullable View field(String name) {
        return of(bytes, BinaryLayout.field(bytes, start, limit, name));
    }

    /** The value at a path of field names; null when there is none. The root path is this value. */
    public @Nullable View at(Path path) {
        return of(bytes, find(path));
    }

    /** The value at a path of field names, decoded; {@link Value#MISSING} when there is none. */
    public Value valueAt(Path path) {
        long range = find(path);
        return range == BinaryLayout.ABSENT
                ? Value.MISSING
                : new BinaryReader(bytes, BinaryLayout.start(range)).value(BinaryLayout.end(range), 0);
    }

    private long find(Path path) {
        long range = BinaryLayout.range(start, limit);
        for (int i = 0; i < path.depth() && range != BinaryLayout.ABSENT; i++) {
            range = BinaryLayout.field(bytes, BinaryLayout.start(range), BinaryLayout.end(range), path.key(i));
        }
        return range;
    }

    /** The name of a field by its number, in the order of names. */
    public String name(int index) {
        long name = nameRange(entry(index, true));
        return Names.of(bytes, BinaryLayout.start(name), BinaryLayout.end(name) - BinaryLayout.start(name));
    }

    /** The value of a field by its number, in the order of names. */
    public View child(int index) {
        long entry = entry(index, true);
        return new View(bytes, BinaryLayout.end(nameRange(entry)), BinaryLayout.end(entry));
    }

    /** An element of an array. */
    public View element(int index) {
        long entry = entry(index, false);
        return new View(bytes, BinaryLayout.start(entry), BinaryLayout.end(entry));
    }

    private long entry(int index, boolean named) {
        int container = container();
        if (container < 0 || (bytes[container] & BinaryLayout.TAG_MASK) == Tag.ARRAY.ordinal() == named) {
            throw new AssertionError("An entry of a " + tag());
        }
        long head = BinaryLayout.table(bytes, container, limit);
        int count = (int) head;
        if (index < 0 || index >= count) {
            throw new AssertionError("Entry " + index + " of " + count);
        }
        int width = (bytes[container] >> BinaryLayout.WIDTH_SHIFT) & 3;
        return BinaryLayout.entry(bytes, BinaryLayout.start(head), count, width, index, limit);
    }

    private long nameRange(long entry) {
        long head = BinaryLayout.number(bytes, BinaryLayout.start(entry), BinaryLayout.end(entry));
        int from = BinaryLayout.start(head);
        int length = (int) head;
        if (length >= BinaryLayout.end(entry) - from) {
            throw BinaryLayout.damaged("the name of an entry", BinaryLayout.start(entry));
        }
        return BinaryLayout.range(from, from + length);
    }

    /** The whole value, decoded; typed things become what a reader sees of them: a counter its number, a map its struct. */
    public Value toValue() {
        return new BinaryReader(bytes, start).value(limit, 0);
    }

    /** Appends the JSON text of the value in UTF-8, straight from the bytes. When it throws, a part may have been appended. */
    public void appendJson(ByteWriter out) {
        new BinaryReader(bytes, start).json(out, limit, 0);
    }

    /** Appends the JSON text of the value, or throws and appends nothing. */
    public void appendJson(StringBuilder out) {
        ByteWriter json = new ByteWriter((limit - start) * 2);
        appendJson(json);
        out.append(json.toText());
    }

    /** {@link ValueOrder#compare} of this value with another; without decoding, except of containers. */
    public int compare(Value other) {
        Tag tag = tag();
        boolean integer = tag == Tag.INT || tag == Tag.COUNTER;
        return switch (other) {
            case Value.Text text
            when tag == Tag.TEXT -> {
                long range = content();
                int from = BinaryLayout.start(range);
                yield Utf8.compare(bytes, from, BinaryLayout.end(range) - from, text.value());
            }
            case Value.Int number when integer -> Long.compare(reader().integer(limit), number.value());
            case Value.Float number when integer -> ValueOrder.compare(reader().integer(limit), number.value());
            case Value.Int number when tag == Tag.FLOAT -> -ValueOrder.compare(number.value(), reader().number(limit));
            case Value.Float number when tag == Tag.FLOAT -> ValueOrder.compare(reader().number(limit), number.value());
            case Value.Binary binary
            when tag == Tag.BINARY -> {
                long range = content();
                byte[] right = binary.bytes();
                yield Arrays.compareUnsigned(
                        bytes, BinaryLayout.start(range), BinaryLayout.end(range), right, 0, right.length);
            }
            default -> ValueOrder.compare(toValue(), other);
        };
    }

    /** Whether the bytes are the same, and so all that can be said about the two values. */
    public boolean isIdenticalTo(View other) {
        return Arrays.equals(bytes, start, limit, other.bytes, other.start, other.limit);
    }

    /** Appends the body of the value's {@link OrderedKey}. */
    void appendBody(OrderedKeyWriter out) {
        switch (tag()) {
            case TEXT -> {
                long range = content();
                out.utf8(bytes, BinaryLayout.start(range), BinaryLayout.end(range));
            }
            case INT, COUNTER -> out.integer(reader().integer(limit));
            default -> out.top(toValue());
        }
    }

    /** Reads behind the tag. */
    private BinaryReader reader() {
        return new BinaryReader(bytes, start + 1);
    }

    /** The range of a text's or binary's content. */
    private long content() {
        long head = BinaryLayout.number(bytes, start + 1, limit);
        int from = BinaryLayout.start(head);
        int length = (int) head;
        if (length > limit - from) {
            throw BinaryLayout.damaged("a length of " + length, start);
        }
        return BinaryLayout.range(from, from + length);
    }
}
