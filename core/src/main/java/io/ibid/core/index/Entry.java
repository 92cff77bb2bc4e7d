package io.ibid.core.index;

import io.ibid.core.value.ByteReader;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.OrderedTuple;
import io.ibid.core.value.Value;
import java.util.Arrays;
import java.util.List;

/** One entry of an index. Immutable; its arrays must not be changed. */
public final class Entry {

    /** The document shows only what survived a concurrent DELETE. */
    public static final int HUSK = 1;

    /** Readers that declare nothing see other values; their entry is another one. */
    public static final int OTHER = 2;

    /** On the way to a value stands something else than registers, so that not all statements see it. */
    public static final int TYPED = 4;

    /** A value is longer than a key may be: only its beginning stands here. */
    public static final int CUT = 8;

    private static final int ALL = 15;

    private final EntryFormat format;
    private final byte[] key;
    private final byte[] value;
    private final int idAt;
    private final int cutAt;
    private final int[] ends;

    /** @param ends of each value where its body ends, as far as that is known */
    Entry(EntryFormat format, byte[] key, byte[] value, int idAt, int cutAt, int[] ends) {
        this.format = format;
        this.key = key;
        this.value = value;
        this.idAt = idAt;
        this.cutAt = cutAt;
        this.ends = ends;
    }

    public byte[] key() {
        return key;
    }

    public byte[] value() {
        return value;
    }

    /** Which of {@link #HUSK}, {@link #OTHER}, {@link #TYPED} and {@link #CUT}. */
    public int flags() {
        return value.length == 0 ? 0 : value[0];
    }

    /** Whether its flags are some that exist, and fit the key. */
    public boolean isSound() {
        return (flags() & ~ALL) == 0 && ((flags() & CUT) != 0) == (cutAt > 0);
    }

    /** Where the id begins in the key. */
    public int idAt() {
        return idAt;
    }

    public DocumentId id() {
        ByteReader in = new ByteReader(key, idAt, key.length);
        DocumentId id = DocumentId.readOrderedKey(in);
        in.expectEnd();
        return id;
    }

    /** What the keys of all entries begin with that agree with this one up to the first value that was cut off; all of these are. */
    public byte[] cutPrefix() {
        return Arrays.copyOf(key, cutAt);
    }

    /** The values, exactly; not when one is cut off. */
    public List<Value> values() {
        return format.values(key, value.length == 0 ? value : Arrays.copyOfRange(value, 1, value.length));
    }

    /** Whether {@link #value} can tell the value of a key by itself. */
    public boolean isPlain(int i) {
        return value.length <= 1 && i < ends.length && cutAt == 0 && !format.isDescending(i);
    }

    /** One of {@link #values} that {@link #isPlain}, without decoding the others. */
    public Value value(int i) {
        return OrderedTuple.value(key, i == 0 ? format.prefix().length : ends[i - 1], ends[i]);
    }

    /** Whether it is the entry of the same place with the same value. */
    public boolean isIdenticalTo(Entry other) {
        return Arrays.equals(key, other.key) && Arrays.equals(value, other.value);
    }
}
