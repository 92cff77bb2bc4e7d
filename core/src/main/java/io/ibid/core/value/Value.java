package io.ibid.core.value;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One immutable value of the data model: what a field holds, an argument carries or an expression yields.
 *
 * <p>{@link Missing} is no content: it is what an expression yields for an absent field and never stands inside a document, an
 * array or a struct that is stored or sent. Integers and floats are distinct types that compare numerically. Struct keys are kept
 * sorted by code point, so that key order never matters and iteration is deterministic. The total order over all values is
 * {@link ValueOrder}; {@code equals} is finer: it tells {@code 1} from {@code 1.0}, as the canonical CBOR bytes do.
 */
public sealed interface Value {

    Value MISSING = new Missing();
    Value NULL = new Null();
    Bool TRUE = new Bool(true);
    Bool FALSE = new Bool(false);

    static Bool of(boolean value) {
        return value ? TRUE : FALSE;
    }

    static Int of(long value) {
        return new Int(value);
    }

    static Float of(double value) {
        return new Float(value);
    }

    static Text of(String value) {
        return new Text(value);
    }

    /** The absence of a value. Use {@link Value#MISSING}. */
    record Missing() implements Value {}

    /** JSON's null. Use {@link Value#NULL}. */
    record Null() implements Value {}

    record Bool(boolean value) implements Value {}

    /** A 64-bit signed integer. */
    record Int(long value) implements Value {}

    /** A finite or non-finite double. NaN and the infinities exist only inside expressions; they are stored and printed as null. */
    record Float(double value) implements Value {}

    /** A string without lone surrogates. */
    record Text(String value) implements Value {}

    /** A byte string. The array is owned by this value: neither caller nor reader may change it. */
    @SuppressWarnings("ArrayRecordComponent")
    record Binary(byte[] bytes) implements Value {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Binary that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "Binary[" + bytes.length + " bytes]";
        }
    }

    /** An ordered list of values, none of them MISSING. */
    record Array(List<Value> elements) implements Value {
        public static final Array EMPTY = new Array(List.of());

        public Array {
            elements = List.copyOf(elements);
        }
    }

    /**
     * An object: fields by name, sorted by code point; no field is MISSING. Two parallel arrays rather than a map: documents are
     * built once and read often, and a binary search over 20 names touches one cache line or two.
     */
    final class Struct implements Value {
        public static final Struct EMPTY = new Struct(new String[0], new Value[0]);

        private final String[] names;
        private final Value[] values;

        private Struct(String[] names, Value[] values) {
            this.names = names;
            this.values = values;
        }

        /** Takes over both arrays: the names sorted and distinct, as many values, none of them MISSING. */
        static Struct ofSorted(String[] names, Value[] values) {
            return names.length == 0 ? EMPTY : new Struct(names, values);
        }

        public static Builder builder() {
            return new Builder(8);
        }

        /** A builder with room for so many fields. */
        public static Builder builder(int capacity) {
            return new Builder(capacity);
        }

        /** A struct of the map's entries, whatever its order; MISSING values are left out. */
        public static Struct of(Map<String, ? extends Value> fields) {
            Builder builder = new Builder(fields.size());
            fields.forEach(builder::put);
            return builder.build();
        }

        public int size() {
            return names.length;
        }

        public boolean isEmpty() {
            return names.length == 0;
        }

        public String name(int index) {
            return names[index];
        }

        public Value value(int index) {
            return values[index];
        }

        /** The position of the field, or a negative number. */
        public int indexOf(String name) {
            int low = 0;
            int high = names.length - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                int order = ValueOrder.compareKeys(names[middle], name);
                if (order == 0) {
                    return middle;
                }
                if (order < 0) {
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            return -low - 1;
        }

        /** The field's value, or {@link Value#MISSING}. */
        public Value get(String name) {
            int index = indexOf(name);
            return index < 0 ? MISSING : values[index];
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Struct that
                    && Arrays.equals(names, that.names)
                    && Arrays.equals(values, that.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(names) * 31 + Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("{");
            for (int i = 0; i < names.length; i++) {
                text.append(i == 0 ? "" : ", ").append(names[i]).append(": ").append(values[i]);
            }
            return text.append('}').toString();
        }

        /** Collects fields in any order; a later field of the same name replaces the earlier one. */
        public static final class Builder {
            private String[] names;
            private Value[] values;
            private int size;
            private boolean sorted = true;
            /** Whether a struct that was built has the arrays. */
            private boolean handedOver;

            private Builder(int capacity) {
                names = new String[capacity];
                values = new Value[capacity];
            }

            /** Adds or replaces a field; MISSING removes it. */
            public Builder put(String name, Value value) {
                if (size == names.length || handedOver) {
                    names = Arrays.copyOf(names, size * 2 + 4);
                    values = Arrays.copyOf(values, size * 2 + 4);
                    handedOver = false;
                }
                // Input is mostly sorted already; what is not is sorted once, at the end.
                sorted = sorted
                        && !(value instanceof Missing)
                        && (size == 0 || ValueOrder.compareKeys(names[size - 1], name) < 0);
                names[size] = name;
                values[size] = value;
                size++;
                return this;
            }

            /** The struct of the fields so far. The builder can go on. */
            public Struct build() {
                if (!sorted) {
                    sort();
                }
                if (size == names.length && size > 0) {
                    handedOver = true; // a builder of just the right size, as decoders make them, copies nothing
                    return new Struct(names, values);
                }
                return size == 0 ? EMPTY : new Struct(Arrays.copyOf(names, size), Arrays.copyOf(values, size));
            }

            private void sort() {
                Integer[] order = new Integer[size];
                Arrays.setAll(order, i -> i);
                Arrays.sort(order, (a, b) -> ValueOrder.compareKeys(names[a], names[b])); // stable
                String[] sortedNames = new String[size];
                Value[] sortedValues = new Value[size];
                int kept = 0;
                for (int i = 0; i < order.length; i++) {
                    String name = names[order[i]];
                    Value value = values[order[i]];
                    boolean replaced = i + 1 < order.length && names[order[i + 1]].equals(name);
                    if (!replaced && !(value instanceof Missing)) {
                        sortedNames[kept] = name;
                        sortedValues[kept++] = value;
                    }
                }
                names = sortedNames;
                values = sortedValues;
                handedOver = false;
                size = kept;
                sorted = true;
            }
        }
    }
}
