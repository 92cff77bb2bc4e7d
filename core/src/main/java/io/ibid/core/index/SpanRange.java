package io.ibid.core.index;

import io.ibid.core.query.IndexShape;
import io.ibid.core.query.Span;
import io.ibid.core.value.ByteWriter;
import io.ibid.core.value.OrderedTupleWriter;
import io.ibid.core.value.Value;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * A span of an index as a range of bytes. Immutable.
 *
 * <p>Entries with a long value have keys that were cut off, so there are two ranges: the stored keys that may belong to the span, and
 * the whole keys (an {@link OrderedTupleWriter#whole} tuple and the id behind it) that do.
 */
public final class SpanRange {

    private final byte[] from;
    private final byte[] to;
    private final byte[] wholeFrom;
    private final byte[] wholeTo;

    private SpanRange(byte[] from, byte[] to, byte[] wholeFrom, byte[] wholeTo) {
        this.from = from;
        this.to = to;
        this.wholeFrom = wholeFrom;
        this.wholeTo = wholeTo;
    }

    /** @param prefix what all keys of the index begin with */
    static SpanRange of(byte[] prefix, IndexShape shape, Span span) {
        int equal = span.equal().size();
        List<IndexShape.Key> keys = shape.keys();
        if (equal > keys.size() || (equal == keys.size() && (span.low() != null || span.high() != null))) {
            throw new AssertionError("a span of more keys than the index has: " + span);
        }
        boolean descending = equal < keys.size() && keys.get(equal).descending();
        Span.Bound first = descending ? span.high() : span.low();
        Span.Bound last = descending ? span.low() : span.high();
        byte[] base = key(prefix, keys, span.equal(), null, true);
        byte[] whole = key(prefix, keys, span.equal(), null, false);
        byte[] from = base;
        byte[] wholeFrom = whole;
        if (first != null) {
            from = key(prefix, keys, span.equal(), first.value(), true);
            wholeFrom = key(prefix, keys, span.equal(), first.value(), false);
            boolean isCut = from.length < wholeFrom.length;
            wholeFrom = first.included() ? wholeFrom : after(wholeFrom);
            // Behind what a long value begins with there may be greater ones.
            from = first.included() || isCut ? from : wholeFrom;
        }
        byte[] to = end(prefix, base);
        byte[] wholeTo = end(prefix, whole);
        if (last != null) {
            to = key(prefix, keys, span.equal(), last.value(), true);
            wholeTo = key(prefix, keys, span.equal(), last.value(), false);
            boolean isCut = to.length < wholeTo.length;
            wholeTo = last.included() ? after(wholeTo) : wholeTo;
            to = last.included() || isCut ? after(to) : to;
        }
        return new SpanRange(from, to, wholeFrom, wholeTo);
    }

    private static byte[] key(
            byte[] prefix, List<IndexShape.Key> keys, List<Value> equal, @Nullable Value next, boolean cutting) {
        ByteWriter out = new ByteWriter(64).bytes(prefix);
        OrderedTupleWriter tuple = cutting ? OrderedTupleWriter.cutting(out) : OrderedTupleWriter.whole(out);
        for (int i = 0; i < equal.size(); i++) {
            tuple.append(equal.get(i), keys.get(i).descending());
        }
        if (next != null) {
            tuple.append(next, keys.get(equal.size()).descending());
        }
        return out.toByteArray();
    }

    /** Behind the entries of all values stand those that name loose documents, see {@link EntryFormat#loose}. */
    private static byte[] end(byte[] prefix, byte[] base) {
        return base.length == prefix.length ? EntryFormat.loose(prefix) : after(base);
    }

    /** The least key that is greater than all that begin with this one. */
    private static byte[] after(byte[] key) {
        byte[] end = key.clone();
        int last = end.length - 1;
        while (++end[last] == 0) {
            last--;
        }
        return Arrays.copyOf(end, last + 1);
    }

    /** The least stored key that may be in it. */
    public byte[] from() {
        return from;
    }

    /** The least stored key behind it. */
    public byte[] to() {
        return to;
    }

    public boolean isEmpty() {
        return Arrays.compareUnsigned(wholeFrom, wholeTo) >= 0;
    }

    /** Whether a whole key is in it. */
    public boolean contains(byte[] wholeKey) {
        return Arrays.compareUnsigned(wholeFrom, wholeKey) <= 0 && Arrays.compareUnsigned(wholeKey, wholeTo) < 0;
    }

    /** Those of the entries, sorted by whole keys as unsigned bytes, that are in it. */
    public <V> NavigableMap<byte[], V> part(NavigableMap<byte[], V> entries) {
        return isEmpty() ? Collections.emptyNavigableMap() : entries.subMap(wholeFrom, true, wholeTo, false);
    }
}
