package io.ibid.core.query;

import io.ibid.core.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Neighbouring entries of an index: those whose first keys have the given values and whose next key lies between two bounds, in the
 * total order of {@link io.ibid.core.value.ValueOrder}. Bounds are about values, whatever the direction of the key. Values that the
 * order calls equal are equal ({@code 1} finds {@code 1.0}).
 *
 * @param equal the values of the first keys, MISSING and null like any other; at most as many as the index has keys
 * @param low null: from the least value on; both bounds are null when there is no next key
 * @param high null: up to and with MISSING, the greatest value
 */
public record Span(
        List<Value> equal, @Nullable Bound low, @Nullable Bound high) {

    /** The whole index. */
    public static final Span ALL = new Span(List.of(), null, null);

    public Span {
        equal = List.copyOf(equal);
    }

    /** One end of a range; {@code included} says whether the value itself is in it. */
    public record Bound(Value value, boolean included) {}
}
