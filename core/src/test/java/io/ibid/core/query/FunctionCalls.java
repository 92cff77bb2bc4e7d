package io.ibid.core.query;

import io.ibid.core.query.function.Function;
import io.ibid.core.query.function.Functions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the arguments of each function have to be for a call to make sense: its result and its arguments, of which {@code ?} may be left
 * out and {@code *} repeated. B is a boolean, N a number, I a small one, T a text, A an array, O an object, K a key of one, D a date,
 * X anything; the other letters name a list of {@link #WORDS}. A function that is not listed gets anything at all.
 */
final class FunctionCalls {
    private static final String SHAPES = """
            concat T T T*
            contains B T T
            starts_with B T T
            ends_with B T T
            pos N T T
            split A T T
            char_length N T
            character_length N T
            byte_length N T
            lower T T
            upper T T
            substr T T I I?
            joinstr T T A X*
            regexp_like B T R G?
            trim T T T?
            ltrim T T T?
            rtrim T T T?
            lpad T T I T?
            rpad T T I T?
            repeat T T I
            abs N N
            ceil N N
            floor N N
            is_boolean B X
            is_number B X
            is_string B X
            type T X
            json_type T X
            serialize_json T X
            deserialize_json X J
            coalesce X X X*
            ifmissingornull X X X*
            ifmissing X X X*
            ifnull X X X*
            nvl X X X X?
            ismissing B X
            isnull B X
            ismissingornull B X
            nullif X X X
            missingif X X X
            decode X X X X X*
            array_contains B A X
            array_contains_null B A
            array_length N A
            object_length N O
            object_keys A O
            object_values A O
            object_set O O K X B?
            object_unset O O K B?
            object_concat O O O*
            object_rename O O K K
            object_size N X
            clock D F? Z?
            date_add D D P I F? Z?
            date_sub D D P I F? Z?
            date_diff N D D P
            date_part X D Q
            date_trunc D D P
            date_format T D F Z?
            date_cast N D
            date_range A D D P I F? Z?
            tz_offset N D
            request_info O
            duration_cast N Y U?
            duration_format T N U?
            """;

    static final Map<Character, List<String>> WORDS = Map.ofEntries(
            Map.entry('K', List.of("'a'", "'b'", "'c'", "''", "'new'")),
            Map.entry(
                    'R',
                    List.of(
                            "'x'",
                            "'^x'",
                            "'y$'",
                            "'x.*y'",
                            "'[xy]+'",
                            "'(x|y)z?'",
                            "'a{2}'",
                            "'\\\\d+'",
                            "''",
                            "'X y'")),
            Map.entry('G', List.of("'i'", "'c'", "'m'", "'s'", "'x'", "'ic'", "'ci'", "''")),
            Map.entry(
                    'J',
                    List.of(
                            "'{\"a\":[1,2.5,null]}'",
                            "'[]'",
                            "'1e3'",
                            "'nothing'",
                            "'\"x\"'",
                            "serialize_json(o)",
                            "serialize_json(a)",
                            "s")),
            Map.entry(
                    'P',
                    List.of(
                            "'year'",
                            "'month'",
                            "'mon'",
                            "'day'",
                            "'day'",
                            "'hour'",
                            "'min'",
                            "'minute'",
                            "'sec'",
                            "'SECOND'",
                            "'ms'",
                            "'millis'",
                            "'millisecond'",
                            "'week'")),
            Map.entry(
                    'Q',
                    List.of("'weekday'", "'monthname'", "'tz'", "'timezone'", "'Year'", "'mon'", "'day'", "'doy'")),
            Map.entry(
                    'F',
                    List.of(
                            "''",
                            "'YYYY-MM-DD hh:mm'",
                            "'YYYY-MM-DDThh:mm:ss.sssTZD'",
                            "'%Y-%m-%d'",
                            "'%d/%m/%Y %H:%M:%S.%f %z'",
                            "'%Y %j'",
                            "'%a %b %d %Y'",
                            "'%A, %B %d %%'",
                            "'%Y-%m-%dT%H:%M:%S%:z'",
                            "'hh:mm:ss TZN'",
                            "'%Z'",
                            "'plain'")),
            Map.entry(
                    'Z',
                    List.of(
                            "'UTC'",
                            "'Asia/Tokyo'",
                            "'America/St_Johns'",
                            "'Europe/Berlin'",
                            "'+09:00'",
                            "'-03:30'",
                            "'Nowhere/Land'")),
            Map.entry('U', List.of("'h'", "'m'", "'s'", "'ms'", "'us'", "'ns'", "'MS'", "'d'")),
            Map.entry(
                    'Y',
                    List.of(
                            "'1h30m'",
                            "'-1.5s'",
                            "'+2h'",
                            "'100us'",
                            "'1h1h'",
                            "'5'",
                            "''",
                            "'1.s'",
                            "'7ns'",
                            "'90071992547h'",
                            "s")));

    /** Dates as text together with a format that reads them, mostly. */
    private static final List<String> FORMATTED = List.of(
            "'15/03/2026', '%d/%m/%Y'",
            "'2026-03-15 23:59', 'YYYY-MM-DD hh:mm'",
            "'2026-03-15T23:59:07.250+09:00', 'YYYY-MM-DDThh:mm:ss.sssTZD'",
            "'2024 366', '%Y %j'",
            "'2023 366', '%Y %j'",
            "'Sun Mar 15 2026', '%a %b %d %Y'",
            "'sunday, march 01 %', '%A, %B %d %%'",
            "'12:30:00 Asia/Tokyo', 'hh:mm:ss TZN'",
            "'2026-02-30', '%Y-%m-%d'",
            "'2026-03-15', '%Y-%m'",
            "'Asia/Tokyo', 'TZN'",
            "'+0530', '%z'",
            "'2026-03-15T10:30:00Z', ''");

    /** The result of a function and the letters of its arguments. */
    record Shape(char result, List<String> arguments) {}

    private static final Map<String, Shape> BY_NAME = shapes();

    private FunctionCalls() {}

    private static Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (String line : SHAPES.lines().toList()) {
            List<String> words = List.of(line.split(" "));
            shapes.put(words.get(0), new Shape(words.get(1).charAt(0), words.subList(2, words.size())));
        }
        for (Function function : Functions.functions()) {
            shapes.computeIfAbsent(function.name(), name -> new Shape('X', anything(function)));
        }
        return shapes;
    }

    private static List<String> anything(Function function) {
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < Math.min(function.argumentsMax(), function.argumentsMin() + 2); i++) {
            arguments.add(i < function.argumentsMin() ? "X" : "X?");
        }
        return arguments;
    }

    static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    static List<String> names(char result) {
        return BY_NAME.entrySet().stream()
                .filter(entry -> entry.getValue().result == result || entry.getValue().result == 'X')
                .map(Map.Entry::getKey)
                .toList();
    }

    interface Argument {
        String of(char letter);
    }

    static String call(Dice dice, String name, Argument argument) {
        if ((name.equals("date_cast") || name.equals("tz_offset")) && dice.maybe(2)) {
            return dice.spelled("function with a format", name + "(" + dice.pick(FORMATTED) + ")");
        }
        List<String> arguments = new ArrayList<>();
        for (String letter : BY_NAME.get(name).arguments) {
            if (letter.endsWith("?") && dice.maybe(2)) {
                break;
            }
            int times = letter.endsWith("*") ? dice.below(3) : 1;
            for (int i = 0; i < times; i++) {
                arguments.add(argument.of(letter.charAt(0)));
            }
        }
        String spelled = name.equals("trim")
                ? "`trim`"
                : dice.maybe(4)
                        ? dice.spelled("function in upper case", name.toUpperCase(java.util.Locale.ROOT))
                        : name;
        return spelled + "(" + String.join(",", arguments) + ")";
    }
}
