package io.ibid.core.crdt;

import io.ibid.core.value.FieldType;
import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One typed variant of a field as readers see it. Immutable. */
public sealed interface Node {

    FieldType type();

    /** The greatest dot that makes up the value; of a MAP, of anything in it. */
    Dot dot();

    /** As a plain value: counters are numbers, maps structs of what is shown in them. */
    Value value();

    /** Anything but a MAP. */
    record Leaf(FieldType type, Value value, Dot dot) implements Node {}

    /** A MAP and its fields, sorted by code point. */
    final class Branch implements Node {
        private final String[] names;
        private final Field[] fields;
        private final Dot dot;

        Branch(String[] names, Field[] fields, Dot dot) {
            this.names = names;
            this.fields = fields;
            this.dot = dot;
        }

        @Override
        public FieldType type() {
            return FieldType.MAP;
        }

        @Override
        public Dot dot() {
            return dot;
        }

        public int size() {
            return names.length;
        }

        public String name(int index) {
            return names[index];
        }

        public Field field(int index) {
            return fields[index];
        }

        public @Nullable Field field(String name) {
            int index = Arrays.binarySearch(names, name, ValueOrder.KEYS);
            return index < 0 ? null : fields[index];
        }

        @Override
        public Value.Struct value() {
            Value.Struct.Builder struct = Value.Struct.builder();
            for (int i = 0; i < names.length; i++) {
                struct.put(names[i], fields[i].shown().value());
            }
            return struct.build();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Branch that
                    && dot.equals(that.dot)
                    && Arrays.equals(names, that.names)
                    && Arrays.equals(fields, that.fields);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(names) * 31 + Arrays.hashCode(fields);
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("{");
            for (int i = 0; i < names.length; i++) {
                text.append(i == 0 ? "" : ", ").append(names[i]).append(": ").append(fields[i]);
            }
            return text.append('}').toString();
        }
    }
}
