package io.ibid.core.settings;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.util.List;

/**
 * The values that a parameter takes. Immutable.
 *
 * @param <T> what readers get
 */
public interface Domain<T> {

    /**
     * The value in the form in which it is kept and shown.
     *
     * @throws IbidException {@code query/evaluation} naming the parameter when it is not of this domain
     */
    Value accept(String parameter, Value given);

    /** What readers get for a value that was accepted. */
    T read(Value accepted);

    /** How the documentation and messages call these values. */
    String text();

    /** The refusal of a value. */
    default IbidException refusal(String parameter, Value given) {
        return new IbidException(ErrorCode.QUERY_EVALUATION, parameter + " takes " + text() + ", not " + shown(given));
    }

    /** A value for a message. */
    static String shown(Value value) {
        String json = value instanceof Value.Missing ? "MISSING" : Json.write(value);
        return json.length() <= 80 ? json : json.substring(0, json.offsetByCodePoints(0, 76)) + "...";
    }

    /** TRUE and FALSE. */
    enum Flag implements Domain<Boolean> {
        ONLY;

        @Override
        public Value accept(String parameter, Value given) {
            if (given instanceof Value.Bool) {
                return given;
            }
            throw refusal(parameter, given);
        }

        @Override
        public Boolean read(Value accepted) {
            return accepted.equals(Value.TRUE);
        }

        @Override
        public String text() {
            return "a boolean";
        }
    }

    /** TRUE, FALSE, and NULL for neither. */
    enum OptionalFlag implements Domain<Value> {
        ONLY;

        @Override
        public Value accept(String parameter, Value given) {
            if (given instanceof Value.Bool || given instanceof Value.Null) {
                return given;
            }
            throw refusal(parameter, given);
        }

        @Override
        public Value read(Value accepted) {
            return accepted;
        }

        @Override
        public String text() {
            return "a boolean or null";
        }
    }

    /** Integers; a float that is one is taken for it. */
    record Whole(long min, long max) implements Domain<Long> {
        /** The greatest integer that every JSON reader keeps. */
        static final long MAX = 1L << 53;

        static Whole from(long min) {
            return new Whole(min, MAX);
        }

        @Override
        public Value accept(String parameter, Value given) {
            if (given instanceof Value.Int(long number) && min <= number && number <= max) {
                return given;
            }
            if (given instanceof Value.Float(double number)
                    && number == Math.rint(number)
                    && min <= number
                    && number <= Math.min(max, MAX)) {
                return Value.of((long) number);
            }
            throw refusal(parameter, given);
        }

        @Override
        public Long read(Value accepted) {
            return ((Value.Int) accepted).value();
        }

        @Override
        public String text() {
            return max == MAX || max == Long.MAX_VALUE
                    ? "an integer from " + min
                    : "an integer from " + min + " to " + max;
        }
    }

    /** A choice of words, in any case. */
    record Choice(List<String> words) implements Domain<String> {
        static Choice of(String... words) {
            return new Choice(List.of(words));
        }

        @Override
        public Value accept(String parameter, Value given) {
            if (given instanceof Value.Text(String text)) {
                for (String word : words) {
                    if (word.equalsIgnoreCase(text)) {
                        return Value.of(word);
                    }
                }
            }
            throw refusal(parameter, given);
        }

        @Override
        public String read(Value accepted) {
            return ((Value.Text) accepted).value();
        }

        @Override
        public String text() {
            return "one of \"" + String.join("\", \"", words) + "\"";
        }
    }

    /** Any value of a kind. */
    record Any(Class<? extends Value> kind, String text) implements Domain<Value> {
        static final Any OBJECT = new Any(Value.Struct.class, "an object");
        static final Any ARRAY = new Any(Value.Array.class, "an array");

        @Override
        public Value accept(String parameter, Value given) {
            if (kind.isInstance(given)) {
                return given;
            }
            throw refusal(parameter, given);
        }

        @Override
        public Value read(Value accepted) {
            return accepted;
        }
    }
}
