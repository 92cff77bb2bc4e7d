package io.ibid.core.store;

import io.ibid.core.query.Span;
import io.ibid.core.value.ByteWriter;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.OrderedKey;
import io.ibid.core.value.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A span of ids as a range of the keys of a collection's documents. Immutable. */
final class IdRange {
    private final byte[] from;
    private final byte[] to;
    private final int idAt;

    private IdRange(byte[] from, byte[] to, int idAt) {
        this.from = from;
        this.to = to;
        this.idAt = idAt;
    }

    /** @param ids of a single key */
    static IdRange of(int collection, Span ids) {
        byte[] prefix = Keys.documents(collection);
        byte[] end = Keys.after(prefix);
        if (!ids.equal().isEmpty()) {
            byte[] body = key(prefix, ids.equal().getFirst());
            return new IdRange(body, Keys.after(body), prefix.length);
        }
        byte[] from = bound(prefix, ids.low(), true, prefix);
        byte[] to = bound(prefix, ids.high(), false, end);
        return new IdRange(from, to, prefix.length);
    }

    /** Where the range begins, or ends, at a bound: in front of the keys that begin with its value, or behind them. */
    private static byte[] bound(byte[] prefix, Span.@Nullable Bound bound, boolean low, byte[] otherwise) {
        if (bound == null) {
            return otherwise;
        }
        byte[] body = key(prefix, bound.value());
        return bound.included() == low ? body : Keys.after(body);
    }

    private static byte[] key(byte[] prefix, Value value) {
        ByteWriter out = new ByteWriter(64).bytes(prefix);
        OrderedKey.appendBody(out, value);
        return out.toByteArray();
    }

    byte[] from() {
        return from;
    }

    byte[] to() {
        return to;
    }

    /** Where the id begins in the keys. */
    int idAt() {
        return idAt;
    }

    boolean isEmpty() {
        return Arrays.compareUnsigned(from, to) >= 0;
    }

    boolean contains(DocumentId id) {
        byte[] key = id.orderedKey();
        return Arrays.compareUnsigned(from, idAt, from.length, key, 0, key.length) <= 0
                && (to.length <= idAt || Arrays.compareUnsigned(key, 0, key.length, to, idAt, to.length) < 0);
    }
}
