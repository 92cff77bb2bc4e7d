package io.ibid.legacy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Documents and conditions that meet often: few fields, few values, every type, null and absence. */
final class GeneratedConditions {
    private static final List<List<Object>> PATHS = List.of(
            List.of("a"),
            List.of("b"),
            List.of("c"),
            List.of("c", "d"),
            List.of("c", "e-f"),
            List.of("t", 0),
            List.of("_id"),
            List.of("numbers"));

    private final Random random;
    private final Map<String, @Nullable Object> arguments = new LinkedHashMap<>();

    GeneratedConditions(long seed) {
        this.random = new Random(seed);
    }

    Map<String, @Nullable Object> arguments() {
        return arguments;
    }

    Map<String, @Nullable Object> document(int id) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("_id", id);
        for (String name : List.of("a", "b", "t", "numbers")) {
            if (random.nextInt(4) > 0) {
                document.put(name, value());
            }
        }
        if (random.nextInt(3) > 0) {
            Map<String, @Nullable Object> inner = new LinkedHashMap<>();
            inner.put("d", value());
            if (random.nextBoolean()) {
                inner.put("e-f", value());
            }
            document.put("c", inner);
        }
        return document;
    }

    private @Nullable Object value() {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> random.nextInt(4);
            case 3 -> random.nextInt(8) / 2.0;
            case 4, 5 -> text();
            case 6 -> random.nextBoolean();
            case 7, 8 -> list();
            default -> null;
        };
    }

    private String text() {
        return List.of("red", "re", "blue", "it's", "", "2022-09-17", "a\\b").get(random.nextInt(7));
    }

    private List<@Nullable Object> list() {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(
                    switch (random.nextInt(8)) {
                        case 0 -> null;
                        case 1, 2, 3 -> random.nextInt(4);
                        default -> text();
                    });
        }
        return list;
    }

    NaiveCondition condition(int depth) {
        int kind = random.nextInt(depth == 0 ? 7 : 12);
        return switch (kind) {
            case 0, 1, 2, 3 -> comparison();
            case 4, 5 -> call();
            case 6 -> new NaiveCondition.Flag(field());
            case 7 -> new NaiveCondition.Not(condition(depth - 1));
            case 8, 9 -> new NaiveCondition.Both(condition(depth - 1), condition(depth - 1));
            default -> new NaiveCondition.Either(condition(depth - 1), condition(depth - 1));
        };
    }

    private NaiveCondition comparison() {
        NaiveCondition.Term right = random.nextInt(6) == 0 ? field() : constant(value());
        boolean lists = random.nextInt(3) == 0;
        String sign = lists
                ? List.of("==", "!=").get(random.nextInt(2))
                : List.of("==", "!=", "<", "<=", ">", ">=").get(random.nextInt(6));
        NaiveCondition.Term left = field();
        if (!lists && !List.of("==", "!=").contains(sign)) {
            right = constant(List.of(random.nextInt(4), text(), random.nextBoolean(), 1.5)
                    .get(random.nextInt(4)));
        }
        return random.nextInt(5) == 0
                ? new NaiveCondition.Comparison(right, sign, left)
                : new NaiveCondition.Comparison(left, sign, right);
    }

    private NaiveCondition call() {
        return switch (random.nextInt(6)) {
            case 0 -> new NaiveCondition.Call("starts_with", field(), constant(text()));
            case 1 -> new NaiveCondition.Call("ends_with", field(), constant(text()));
            case 2 ->
                new NaiveCondition.Call(
                        "regex",
                        field(),
                        constant(Arrays.asList("^re", "e$", "[0-9]+", "l.e").get(random.nextInt(4))));
            case 3 -> new NaiveCondition.Call("contains", constant(list()), field());
            default -> new NaiveCondition.Call("contains", field(), random.nextBoolean() ? constant(value()) : field());
        };
    }

    private NaiveCondition.Field field() {
        return new NaiveCondition.Field(PATHS.get(random.nextInt(PATHS.size())));
    }

    /** Written into the text, or given as an argument. */
    private NaiveCondition.Term constant(@Nullable Object value) {
        if (random.nextInt(3) > 0) {
            return new NaiveCondition.Constant(value);
        }
        String name = "x" + arguments.size();
        arguments.put(name, value);
        return new NaiveCondition.Argument(name, value);
    }
}
