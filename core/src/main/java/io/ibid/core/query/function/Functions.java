package io.ibid.core.query.function;

import io.ibid.core.error.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All functions by name, whose case does not matter. */
public final class Functions {
    /** The operator {@code ||}. */
    public static final Function CONCATENATION = TextFunctions.CONCATENATION;

    private static final SortedMap<String, String> ELSEWHERE = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    static {
        ELSEWHERE.put("cardinality", "array_length");
        ELSEWHERE.put("current_timestamp", "clock");
        ELSEWHERE.put("indexof", "pos");
        ELSEWHERE.put("instr", "pos");
        ELSEWHERE.put("json_parse", "deserialize_json");
        ELSEWHERE.put("lcase", "lower");
        ELSEWHERE.put("len", "char_length");
        ELSEWHERE.put("length", "char_length");
        ELSEWHERE.put("now", "clock");
        ELSEWHERE.put("now_millis", "clock");
        ELSEWHERE.put("regexp_contains", "regexp_like");
        ELSEWHERE.put("regexp_matches", "regexp_like");
        ELSEWHERE.put("size", "array_length");
        ELSEWHERE.put("string_length", "char_length");
        ELSEWHERE.put("strpos", "pos");
        ELSEWHERE.put("to_json", "serialize_json");
        ELSEWHERE.put("to_string", "cast");
        ELSEWHERE.put("typeof", "type");
        ELSEWHERE.put("ucase", "upper");
    }

    private static final SortedMap<String, Function> BY_NAME = all();

    private Functions() {}

    private static SortedMap<String, Function> all() {
        List<Function> functions = new ArrayList<>();
        functions.addAll(TextFunctions.all());
        functions.addAll(PaddingFunctions.all());
        functions.addAll(NumberFunctions.all());
        functions.addAll(TypeFunctions.all());
        functions.addAll(ConditionalFunctions.all());
        functions.addAll(ArrayFunctions.all());
        functions.addAll(ObjectFunctions.all());
        functions.addAll(DateFunctions.all());
        functions.addAll(DurationFunctions.all());
        functions.addAll(RequestFunctions.all());
        SortedMap<String, Function> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Function function : functions) {
            if (byName.put(function.name(), function) != null) {
                throw new AssertionError("two functions are called " + function.name());
            }
        }
        return Collections.unmodifiableSortedMap(byName);
    }

    public static @Nullable Function find(String name) {
        return BY_NAME.get(name);
    }

    public static Collection<Function> functions() {
        return BY_NAME.values();
    }

    /** The known name that resembles the given one, or that other languages have in its place; empty when there is none. */
    public static String nearest(String name) {
        String elsewhere = ELSEWHERE.get(name);
        if (elsewhere != null) {
            return elsewhere;
        }
        return NearestName.resembling(name, BY_NAME.keySet());
    }
}
