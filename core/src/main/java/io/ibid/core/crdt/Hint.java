package io.ibid.core.crdt;

import io.ibid.core.value.Cbor;
import io.ibid.core.value.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a deleted document's last values were, so that its tombstone still finds the way to those whose subscription decides on
 * them. At most {@link #BYTES_MAX} bytes; a field that does not fit is left out, and predicates on it stay undecided. Immutable.
 */
public record Hint(Value.Struct fields) {

    /** Greatest length of the fields as canonical CBOR. */
    public static final int BYTES_MAX = 64;

    /** As many of the scalar fields as fit, by name; null when none does. */
    public static @Nullable Hint of(Value.Struct candidates) {
        Value.Struct fields = Value.Struct.EMPTY;
        for (int i = 0; i < candidates.size(); i++) {
            if (isScalar(candidates.value(i))) {
                Value.Struct more = with(fields, candidates.name(i), candidates.value(i));
                fields = Cbor.encode(more).length <= BYTES_MAX ? more : fields;
            }
        }
        return fields.isEmpty() ? null : new Hint(fields);
    }

    /** Both hints: of a field that both have, the value with the greater canonical bytes. */
    static @Nullable Hint join(@Nullable Hint a, @Nullable Hint b) {
        if (a == null || b == null || a.equals(b)) {
            return a == null ? b : a;
        }
        Value.Struct fields = a.fields;
        for (int i = 0; i < b.fields.size(); i++) {
            String name = b.fields.name(i);
            Value mine = a.fields.get(name);
            Value his = b.fields.value(i);
            if (mine instanceof Value.Missing || Arrays.compareUnsigned(Cbor.encode(his), Cbor.encode(mine)) > 0) {
                fields = with(fields, name, his);
            }
        }
        return of(fields);
    }

    boolean isValid() {
        return !fields.isEmpty() && equals(of(fields));
    }

    private static boolean isScalar(Value value) {
        return switch (value) {
            case Value.Null n -> true;
            case Value.Bool b -> true;
            case Value.Int i -> true;
            case Value.Float f -> true;
            case Value.Text t -> true;
            case Value.Binary b -> true;
            case Value.Array a -> false;
            case Value.Struct s -> false;
            case Value.Missing m -> false;
        };
    }

    private static Value.Struct with(Value.Struct struct, String name, Value value) {
        Value.Struct.Builder builder = Value.Struct.builder();
        for (int i = 0; i < struct.size(); i++) {
            builder.put(struct.name(i), struct.value(i));
        }
        return builder.put(name, value).build();
    }
}
