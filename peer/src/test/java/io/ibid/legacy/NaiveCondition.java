package io.ibid.legacy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A condition of the older language with its text and its meaning, written from the language's description and not from the engine: true,
 * false, or null for unknown. What is compared with something absent, with null or with another type is unknown.
 */
sealed interface NaiveCondition {
    /** What an absent field is. */
    Object ABSENT = new Object() {
        @Override
        public String toString() {
            return "absent";
        }
    };

    String text();

    @Nullable
    Boolean holds(Map<String, ?> document);

    /** A value or a field in a condition. */
    sealed interface Term {
        String text();

        @Nullable
        Object value(Map<String, ?> document);
    }

    record Constant(@Nullable Object value) implements Term {
        @Override
        public String text() {
            return literal(value);
        }

        @Override
        public @Nullable Object value(Map<String, ?> document) {
            return value;
        }
    }

    record Argument(String name, @Nullable Object value) implements Term {
        @Override
        public String text() {
            return "$args." + name;
        }

        @Override
        public @Nullable Object value(Map<String, ?> document) {
            return value;
        }
    }

    record Field(List<Object> path) implements Term {
        @Override
        public String text() {
            StringBuilder text = new StringBuilder();
            for (Object step : path) {
                if (step instanceof Integer place) {
                    text.append('[').append(place).append(']');
                } else if (step.toString().matches("[a-z_]+")) {
                    text.append(text.isEmpty() ? "" : ".").append(step);
                } else {
                    text.append("['").append(step).append("']");
                }
            }
            return text.toString();
        }

        @Override
        public @Nullable Object value(Map<String, ?> document) {
            Object value = document;
            for (Object step : path) {
                if (step instanceof Integer place) {
                    value = value instanceof List<?> list && place < list.size() ? list.get(place) : ABSENT;
                } else {
                    value = value instanceof Map<?, ?> map && map.containsKey(step) ? map.get(step) : ABSENT;
                }
            }
            return value;
        }
    }

    record Comparison(Term left, String sign, Term right) implements NaiveCondition {
        @Override
        public String text() {
            return left.text() + " " + sign + " " + right.text();
        }

        @Override
        public @Nullable Boolean holds(Map<String, ?> document) {
            Object a = left.value(document);
            Object b = right.value(document);
            if ((isNull(left) || isNull(right)) && (sign.equals("==") || sign.equals("!="))) {
                Object other = isNull(right) ? a : b;
                return (other == null || other == ABSENT) == sign.equals("==");
            }
            Integer order = order(a, b);
            if (order == null) {
                return null;
            }
            return switch (sign) {
                case "==" -> order == 0;
                case "!=" -> order != 0;
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                default -> order >= 0;
            };
        }

        private static boolean isNull(Term term) {
            return !(term instanceof Field) && term.value(Map.of()) == null;
        }
    }

    record Call(String function, Term first, Term second) implements NaiveCondition {
        @Override
        public String text() {
            return function + "(" + first.text() + ", " + second.text() + ")";
        }

        @Override
        public @Nullable Boolean holds(Map<String, ?> document) {
            Object a = first.value(document);
            Object b = second.value(document);
            if (function.equals("contains") && a instanceof List<?> list) {
                if (b == null || b == ABSENT) {
                    return null;
                }
                return list.stream().anyMatch(element -> Integer.valueOf(0).equals(order(element, b)));
            }
            if (!(a instanceof String text && b instanceof String part)) {
                return null;
            }
            return switch (function) {
                case "contains" -> text.contains(part);
                case "starts_with" -> text.startsWith(part);
                case "ends_with" -> text.endsWith(part);
                default -> java.util.regex.Pattern.compile(part).matcher(text).find();
            };
        }
    }

    /** A field that is itself a condition. */
    record Flag(Field field) implements NaiveCondition {
        @Override
        public String text() {
            return field.text();
        }

        @Override
        public @Nullable Boolean holds(Map<String, ?> document) {
            return field.value(document) instanceof Boolean flag ? flag : null;
        }
    }

    record Not(NaiveCondition operand) implements NaiveCondition {
        @Override
        public String text() {
            return "!"
                    + (operand instanceof Both || operand instanceof Either
                            ? "(" + operand.text() + ")"
                            : operand.text());
        }

        @Override
        public @Nullable Boolean holds(Map<String, ?> document) {
            Boolean holds = operand.holds(document);
            return holds == null ? null : !holds;
        }
    }

    record Both(NaiveCondition left, NaiveCondition right) implements NaiveCondition {
        @Override
        public String text() {
            return inner(left) + " && " + inner(right);
        }

        private static String inner(NaiveCondition condition) {
            return condition instanceof Either ? "(" + condition.text() + ")" : condition.text();
        }

        @Override
        public @Nullable Boolean holds(Map<String, ?> document) {
            Boolean a = left.holds(document);
            Boolean b = right.holds(document);
            return Boolean.FALSE.equals(a) || Boolean.FALSE.equals(b)
                    ? Boolean.FALSE
                    : a == null || b == null ? null : Boolean.TRUE;
        }
    }

    record Either(NaiveCondition left, NaiveCondition right) implements NaiveCondition {
        @Override
        public String text() {
            return left.text() + " || " + right.text();
        }

        @Override
        public @Nullable Boolean holds(Map<String, ?> document) {
            Boolean a = left.holds(document);
            Boolean b = right.holds(document);
            return Boolean.TRUE.equals(a) || Boolean.TRUE.equals(b)
                    ? Boolean.TRUE
                    : a == null || b == null ? null : Boolean.FALSE;
        }
    }

    /** How two values compare; null when they do not. Lists are only asked whether they are equal. */
    static @Nullable Integer order(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Number x && b instanceof Number y) {
            return Double.compare(x.doubleValue(), y.doubleValue());
        }
        if (a instanceof String x && b instanceof String y) {
            return x.compareTo(y); // nothing here is beyond the first plane
        }
        if (a instanceof Boolean x && b instanceof Boolean y) {
            return Boolean.compare(x, y);
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            return plain(x).equals(plain(y)) ? 0 : 1;
        }
        return null;
    }

    private static List<Object> plain(List<?> list) {
        List<Object> plain = new ArrayList<>();
        list.forEach(element ->
                plain.add(element instanceof Number number ? (Object) number.doubleValue() : String.valueOf(element)));
        return plain;
    }

    private static String literal(@Nullable Object value) {
        return switch (value) {
            case String text -> "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
            case List<?> list -> list.stream().map(NaiveCondition::literal).collect(Collectors.joining(", ", "[", "]"));
            case null, default -> String.valueOf(value);
        };
    }
}
