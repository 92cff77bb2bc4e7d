package io.ibid.core.query;

import static io.ibid.core.query.NaiveOperators.absent;
import static io.ibid.core.query.NaiveOperators.arithmetic;
import static io.ibid.core.query.NaiveOperators.kind;
import static io.ibid.core.query.NaiveOperators.operation;

import io.ibid.core.error.IbidException;
import io.ibid.core.value.Cbor;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The functions as the reference lists them, written a second time and as plainly as possible, for {@link NaiveEvaluator}. */
final class NaiveFunctions {
    private static final List<String> CHOOSING = List.of(
            "coalesce",
            "ifmissingornull",
            "ifmissing",
            "ifnull",
            "nvl",
            "ismissing",
            "isnull",
            "ismissingornull",
            "nullif",
            "missingif",
            "decode",
            "type",
            "json_type");

    private NaiveFunctions() {}

    /** Something that is an error when it is evaluated; an engine need not come to it. */
    static final class Refusal extends RuntimeException {
        Refusal(String what) {
            super(what);
        }
    }

    static Value call(String written, List<Value> arguments, long nowMs) {
        String name = written.toLowerCase(Locale.ROOT);
        if (!CHOOSING.contains(name)) {
            Value absent = absent(arguments.toArray(new Value[0]));
            if (absent != null) {
                return absent;
            }
        }
        if (name.startsWith("date_") || name.equals("clock") || name.equals("tz_offset")) {
            return NaiveDates.call(name, arguments, nowMs);
        }
        return switch (name) {
            case "request_info" ->
                Value.Struct.of(Map.of(
                        "app_id", Value.of(""),
                        "database_id", Value.of(""),
                        "start_time", Value.of(Instant.ofEpochMilli(nowMs).toString())));
            case "duration_cast" -> NaiveDurations.cast(arguments);
            case "duration_format" -> NaiveDurations.format(arguments);
            case "concat",
                    "contains",
                    "starts_with",
                    "ends_with",
                    "pos",
                    "split",
                    "char_length",
                    "character_length",
                    "byte_length",
                    "lower",
                    "upper" -> ofTexts(name, arguments);
            case "substr" -> substring(arguments);
            case "joinstr" -> joined(arguments);
            case "regexp_like" -> NaivePatterns.search(arguments);
            case "trim", "ltrim", "rtrim" -> trimmed(name, arguments);
            case "lpad", "rpad" -> padded(name, arguments);
            case "repeat" -> repeated(arguments);
            case "abs" -> {
                Value x = arguments.getFirst();
                yield operation("<", x, Value.of(0)).equals(Value.TRUE)
                        ? arithmetic("-", Value.of(0), x, true)
                        : x instanceof Value.Float(double d)
                                ? Value.of(Math.abs(d))
                                : kind(x).equals("number") ? x : Value.MISSING;
            }
            case "ceil" ->
                kind(arguments.getFirst()).equals("number")
                        ? Value.of(Math.ceil(number(arguments.getFirst())))
                        : Value.MISSING;
            case "floor" ->
                kind(arguments.getFirst()).equals("number")
                        ? Value.of(Math.floor(number(arguments.getFirst())))
                        : Value.MISSING;
            case "is_boolean" -> Value.of(type(arguments.getFirst()).equals("boolean"));
            case "is_number" -> Value.of(kind(arguments.getFirst()).equals("number"));
            case "is_string" -> Value.of(type(arguments.getFirst()).equals("string"));
            case "type" -> Value.of(type(arguments.getFirst()));
            case "json_type" -> {
                String type = type(arguments.getFirst());
                yield Value.of(
                        type.equals("missing")
                                ? "null"
                                : type.equals("integer") || type.equals("float") ? "number" : type);
            }
            case "serialize_json" -> Value.of(Json.write(arguments.getFirst()));
            case "deserialize_json" -> parsed(arguments.getFirst());
            case "array_contains", "array_contains_null", "array_length" -> ofArray(name, arguments);
            default -> name.startsWith("object_") ? ofObject(name, arguments) : chosen(name, arguments);
        };
    }

    static String type(Value value) {
        return switch (kind(value)) {
            case "number" -> value instanceof Value.Int ? "integer" : "float";
            case "Bool" -> "boolean";
            case "Text" -> "string";
            case "Struct" -> "object";
            default -> kind(value).toLowerCase(Locale.ROOT);
        };
    }

    static double number(Value value) {
        return value instanceof Value.Int(long whole) ? whole : ((Value.Float) value).value();
    }

    /** A float without a fraction counts as an integer where one is wanted. */
    static Value whole(Value value) {
        return value instanceof Value.Float(double d) && d == Math.floor(d) && Math.abs(d) < 0x1p63
                ? Value.of((long) d)
                : value;
    }

    // ---- text

    private static Value ofTexts(String name, List<Value> arguments) {
        if (!arguments.stream().allMatch(Value.Text.class::isInstance)) {
            return Value.MISSING;
        }
        List<String> texts =
                arguments.stream().map(it -> ((Value.Text) it).value()).toList();
        String first = texts.getFirst();
        String last = texts.getLast();
        return switch (name) {
            case "concat" -> Value.of(String.join("", texts));
            case "contains" -> Value.of(first.contains(last));
            case "starts_with" -> Value.of(first.startsWith(last));
            case "ends_with" -> Value.of(first.endsWith(last));
            case "pos" -> {
                int[] text = first.codePoints().toArray();
                int[] part = last.codePoints().toArray();
                int at = 0;
                while (at + part.length <= text.length
                        && !Arrays.equals(text, at, at + part.length, part, 0, part.length)) {
                    at++;
                }
                yield Value.of(at + part.length <= text.length ? at : -1);
            }
            case "split" ->
                new Value.Array(Arrays.stream(
                                last.isEmpty()
                                        ? first.codePoints()
                                                .mapToObj(Character::toString)
                                                .toArray(String[]::new)
                                        : first.split(java.util.regex.Pattern.quote(last), -1))
                        .map(Value::of)
                        .map(Value.class::cast)
                        .toList());
            case "char_length", "character_length" ->
                Value.of(first.codePoints().count());
            case "byte_length" -> Value.of(first.getBytes(StandardCharsets.UTF_8).length);
            case "lower" -> Value.of(first.toLowerCase(Locale.ROOT));
            default -> Value.of(first.toUpperCase(Locale.ROOT));
        };
    }

    private static String text(int[] points, int from, int to) {
        return new String(points, from, to - from);
    }

    private static Value substring(List<Value> arguments) {
        Value count = arguments.size() == 3 ? whole(arguments.get(2)) : Value.of(1_000_000);
        if (!(arguments.get(0) instanceof Value.Text(String text))
                || !(whole(arguments.get(1)) instanceof Value.Int(long start))
                || !(count instanceof Value.Int(long length))) {
            return Value.MISSING;
        }
        int[] points = text.codePoints().toArray();
        long from = start < 0 ? points.length + start : start;
        if (from < 0 || from >= points.length || length <= 0) {
            return Value.of("");
        }
        return Value.of(text(points, (int) from, (int) Math.min(points.length, from + Math.min(length, 1_000_000))));
    }

    private static Value joined(List<Value> arguments) {
        List<Value> parts = new ArrayList<>();
        for (Value argument : arguments.subList(1, arguments.size())) {
            parts.addAll(argument instanceof Value.Array(List<Value> elements) ? elements : List.of(argument));
        }
        return arguments.getFirst() instanceof Value.Text(String separator)
                        && parts.stream().allMatch(Value.Text.class::isInstance)
                ? Value.of(parts.stream().map(it -> ((Value.Text) it).value()).collect(Collectors.joining(separator)))
                : Value.MISSING;
    }

    private static Value trimmed(String name, List<Value> arguments) {
        if (!arguments.stream().allMatch(Value.Text.class::isInstance)) {
            return Value.MISSING;
        }
        List<Integer> points = new ArrayList<>(
                ((Value.Text) arguments.getFirst()).value().codePoints().boxed().toList());
        List<Integer> taken = arguments.size() == 1
                ? points.stream().filter(Character::isWhitespace).toList()
                : ((Value.Text) arguments.get(1)).value().codePoints().boxed().toList();
        while (!name.equals("rtrim") && !points.isEmpty() && taken.contains(points.getFirst())) {
            points.removeFirst();
        }
        while (!name.equals("ltrim") && !points.isEmpty() && taken.contains(points.getLast())) {
            points.removeLast();
        }
        return Value.of(points.stream().map(Character::toString).collect(Collectors.joining()));
    }

    private static Value padded(String name, List<Value> arguments) {
        Value filling = arguments.size() == 3 ? arguments.get(2) : Value.of(" ");
        if (!(arguments.get(0) instanceof Value.Text(String text))
                || !(whole(arguments.get(1)) instanceof Value.Int(long length))
                || !(filling instanceof Value.Text(String fill))) {
            return Value.MISSING;
        }
        int[] points = text.codePoints().toArray();
        if (length <= points.length) {
            return Value.of(text(points, 0, (int) Math.max(0, length)));
        }
        if (fill.isEmpty()) {
            return Value.of(text);
        }
        if (length > 1 << 20) {
            throw new Refusal("too long");
        }
        int missing = (int) length - points.length;
        int[] padding = fill.repeat(missing).codePoints().limit(missing).toArray();
        return Value.of(name.equals("lpad") ? text(padding, 0, missing) + text : text + text(padding, 0, missing));
    }

    private static Value repeated(List<Value> arguments) {
        if (!(arguments.get(0) instanceof Value.Text(String text))
                || !(whole(arguments.get(1)) instanceof Value.Int(long times))) {
            return Value.MISSING;
        }
        if (!text.isEmpty() && times > 1 << 20) {
            throw new Refusal("too long");
        }
        return Value.of(text.isEmpty() ? "" : text.repeat((int) Math.max(0, times)));
    }

    // ---- other types

    private static Value parsed(Value json) {
        try {
            return json instanceof Value.Text(String text) ? Json.parse(text) : Value.MISSING;
        } catch (IbidException noJson) {
            return Value.MISSING;
        }
    }

    private static Value ofArray(String name, List<Value> arguments) {
        if (!(arguments.getFirst() instanceof Value.Array(List<Value> elements))) {
            return Value.MISSING;
        }
        return switch (name) {
            case "array_contains" ->
                Value.of(elements.stream().anyMatch(it -> ValueOrder.compare(it, arguments.get(1)) == 0));
            case "array_contains_null" -> Value.of(elements.contains(Value.NULL));
            default -> Value.of(elements.size());
        };
    }

    private static SortedMap<String, Value> fields(Value.Struct struct) {
        SortedMap<String, Value> fields = new TreeMap<>(ValueOrder.KEYS);
        for (int i = 0; i < struct.size(); i++) {
            fields.put(struct.name(i), struct.value(i));
        }
        return fields;
    }

    private static Value ofObject(String name, List<Value> arguments) {
        if (name.equals("object_size")) {
            return Value.of(Cbor.encode(arguments.getFirst()).length);
        }
        if (!(arguments.getFirst() instanceof Value.Struct struct)) {
            return Value.MISSING;
        }
        SortedMap<String, Value> fields = fields(struct);
        Value second = arguments.size() > 1 ? arguments.get(1) : Value.MISSING;
        String key = second instanceof Value.Text(String text) ? text : null;
        return switch (name) {
            case "object_length" -> Value.of(fields.size());
            case "object_keys" ->
                new Value.Array(fields.keySet().stream()
                        .map(Value::of)
                        .map(Value.class::cast)
                        .toList());
            case "object_values" -> new Value.Array(List.copyOf(fields.values()));
            case "object_concat" -> {
                for (Value more : arguments) {
                    if (more instanceof Value.Struct other) {
                        fields.putAll(fields(other));
                    } else {
                        yield Value.MISSING;
                    }
                }
                yield Value.Struct.of(fields);
            }
            default -> key == null ? Value.MISSING : changed(name, fields, key, arguments);
        };
    }

    private static Value changed(String name, SortedMap<String, Value> fields, String key, List<Value> arguments) {
        boolean exists = fields.containsKey(key);
        boolean allowed = arguments.getLast().equals(Value.TRUE);
        switch (name) {
            case "object_set" -> {
                if (exists && !(arguments.size() == 4 && allowed)) {
                    return Value.MISSING;
                }
                fields.put(key, arguments.get(2));
            }
            case "object_unset" -> {
                if (!exists && !(arguments.size() == 3 && allowed)) {
                    return Value.MISSING;
                }
                fields.remove(key);
            }
            case "object_rename" -> {
                if (!exists || !(arguments.get(2) instanceof Value.Text(String renamed))) {
                    return Value.MISSING;
                }
                fields.put(renamed, fields.remove(key));
            }
            default -> throw new AssertionError("no function " + name);
        }
        return Value.Struct.of(fields);
    }

    // ---- choices

    private static Value chosen(String name, List<Value> arguments) {
        Value a = arguments.getFirst();
        Value b = arguments.size() > 1 ? arguments.get(1) : Value.MISSING;
        boolean present = !a.equals(Value.NULL) && !a.equals(Value.MISSING);
        return switch (name) {
            case "coalesce", "ifmissingornull" ->
                arguments.stream()
                        .filter(it -> !it.equals(Value.NULL) && !it.equals(Value.MISSING))
                        .findFirst()
                        .orElse(Value.NULL);
            case "ifmissing" ->
                arguments.stream()
                        .filter(it -> !it.equals(Value.MISSING))
                        .findFirst()
                        .orElse(Value.NULL);
            case "ifnull" ->
                arguments.stream()
                        .filter(it -> !it.equals(Value.NULL))
                        .findFirst()
                        .orElse(Value.NULL);
            case "nvl" -> arguments.size() == 2 ? (present ? a : b) : present ? b : arguments.get(2);
            case "ismissing" -> Value.of(a.equals(Value.MISSING));
            case "isnull" -> Value.of(a.equals(Value.NULL));
            case "ismissingornull" -> Value.of(!present);
            case "nullif" -> operation("=", a, b).equals(Value.TRUE) ? Value.NULL : a;
            case "missingif" -> operation("=", a, b).equals(Value.TRUE) ? Value.MISSING : a;
            case "decode" -> {
                int pairs = (arguments.size() - 1) / 2;
                for (int i = 0; i < pairs; i++) {
                    if (ValueOrder.compare(a, arguments.get(1 + 2 * i)) == 0) {
                        yield arguments.get(2 + 2 * i);
                    }
                }
                yield arguments.size() % 2 == 0 ? arguments.getLast() : Value.NULL;
            }
            default -> throw new AssertionError("the naive evaluator has no function " + name);
        };
    }
}
