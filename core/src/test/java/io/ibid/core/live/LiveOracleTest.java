package io.ibid.core.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.query.syntax.QueryException;
import io.ibid.core.query.syntax.SelectGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Observers against running their queries: what is delivered is what the query answers at that commit, whole commits only and in order,
 * and when everything has settled each observer has been told the newest state.
 */
class LiveOracleTest {
    private static final int WORLDS = Boolean.getBoolean("ibid.long") ? 40_000 : 600;

    private static final List<String> VALUES = List.of(
            "1",
            "2",
            "3",
            "2.0",
            "2.5",
            "-7",
            "null",
            "true",
            "false",
            "\"x\"",
            "\"xy\"",
            "\"y\"",
            "[1,2]",
            "{\"b\":1}");

    /** Small bounds, so that everything happens that is rare in practice. */
    private static Bounds bounds(Random random) {
        return new Bounds(
                random.nextInt(4) == 0 ? 6_000 : 8 << 20,
                random.nextInt(4) == 0 ? 20_000 : 64 << 20,
                random.nextInt(8),
                1 + random.nextInt(6),
                1 + random.nextInt(8),
                1 + random.nextInt(16),
                random.nextInt(60),
                1 + random.nextInt(6),
                1 + random.nextInt(20));
    }

    @Test
    void an_observer_has_what_its_query_answers() {
        int deliveries = 0;
        int kept = 0;
        for (long seed = 0; seed < WORLDS; seed++) {
            Random random = new Random(seed);
            try (LiveWorld world = new LiveWorld(seed, bounds(random))) {
                play(world, random);
                for (LiveWorld.Watcher watcher : world.watchers) {
                    deliveries += watcher.deliveries;
                    kept += watcher.kept;
                }
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
            }
        }
        assertThat(deliveries).isGreaterThan(WORLDS * 20);
        assertThat(kept).isGreaterThan(deliveries / 4).isLessThan(deliveries);
    }

    private static void play(LiveWorld world, Random random) {
        int documents = 5 + random.nextInt(40);
        if (random.nextBoolean()) {
            world.upsert(documents(random, documents, documents));
        }
        for (int i = 0; i < 40; i++) {
            if (world.watchers.size() < 12 && random.nextInt(3) == 0) {
                watch(world, random);
            }
            change(world, random, documents);
            for (int steps = random.nextInt(12); steps > 0; steps--) {
                world.step();
            }
            if (random.nextInt(6) == 0 && !world.watchers.isEmpty()) {
                LiveWorld.Watcher watcher = world.watchers.get(random.nextInt(world.watchers.size()));
                if (random.nextInt(3) == 0) {
                    watcher.query().close();
                } else {
                    watcher.askForNext();
                }
            }
        }
        world.settle();
        for (LiveWorld.Watcher watcher : world.watchers) {
            if (watcher.manual) {
                watcher.manual = false;
                watcher.askForNext();
            }
        }
        world.settle();
        for (LiveWorld.Watcher watcher : world.watchers) {
            if (!watcher.query().isClosed()) {
                List<String> truth = world.now(watcher.select);
                if (!truth.equals(LiveWorld.FAILED)) {
                    assertThat(watcher.lines())
                            .as(watcher.select.statement().text())
                            .isEqualTo(truth);
                }
            }
        }
    }

    private static void watch(LiveWorld world, Random random) {
        try {
            LiveWorld.Watcher watcher = world.watch(select(random), "{\"p\":2,\"list\":[1,\"x\",null]}");
            watcher.manual = random.nextInt(4) == 0;
        } catch (QueryException nonsense) {
            assertThat(nonsense.code()).isIn(ErrorCode.QUERY_INVALID, ErrorCode.QUERY_EVALUATION);
        }
    }

    private static void change(LiveWorld world, Random random, int documents) {
        switch (random.nextInt(8)) {
            case 0 -> world.delete(id(random, documents));
            case 1 -> world.commit(tx -> tx.evict("c", LiveWorld.id(id(random, documents))));
            case 2 -> world.upsert(documents(random, documents, 1 + random.nextInt(documents)));
            case 3 ->
                world.commit(tx -> {
                    for (int i = random.nextInt(documents); i > 0; i--) {
                        tx.delete("c", LiveWorld.id(id(random, documents)));
                    }
                });
            default -> world.upsert(documents(random, documents, 1 + random.nextInt(3)));
        }
    }

    private static Object id(Random random, int documents) {
        int id = random.nextInt(documents);
        return id % 3 == 0 ? (Object) id : "" + id;
    }

    private static String[] documents(Random random, int documents, int count) {
        String[] texts = new String[count];
        for (int i = 0; i < count; i++) {
            Object id = id(random, documents);
            StringBuilder document = new StringBuilder("{\"_id\":" + (id instanceof String ? "\"" + id + "\"" : id));
            for (String name : List.of("a", "b", "color", "n")) {
                if (random.nextInt(4) > 0) {
                    document.append(",\"").append(name).append("\":").append(value(random));
                }
            }
            texts[i] = document.append('}').toString();
        }
        return texts;
    }

    private static String value(Random random) {
        return VALUES.get(random.nextInt(VALUES.size()));
    }

    private static String select(Random random) {
        if (random.nextInt(3) == 0) {
            return new SelectGenerator(random.nextLong()).select();
        }
        StringBuilder text = new StringBuilder("SELECT ");
        text.append(pick(random, "*", "*", "a, b AS x", "c.*, MISSING a", "_id, n * 2 AS x", "COUNT(*)", "DISTINCT a"));
        text.append(" FROM c");
        boolean condition = random.nextInt(6) > 0;
        if (condition) {
            text.append(" WHERE ").append(condition(random));
        }
        List<String> order = new ArrayList<>();
        if (!text.toString().contains("COUNT") && !text.toString().contains("DISTINCT")) {
            for (int i = random.nextInt(3); i > 0; i--) {
                order.add(pick(random, "a", "b", "n", "x", "c._id", "n + 1", "color") + pick(random, "", " DESC"));
            }
        }
        text.append(order.isEmpty() ? "" : " ORDER BY " + String.join(", ", order));
        if (random.nextBoolean()) {
            text.append(" LIMIT ").append(random.nextInt(8));
            text.append(random.nextInt(3) == 0 ? " OFFSET " + random.nextInt(4) : "");
        }
        return text.toString();
    }

    private static String condition(Random random) {
        String first = comparison(random);
        return switch (random.nextInt(4)) {
            case 0 -> first + " AND " + comparison(random);
            case 1 -> first + " OR " + comparison(random);
            default -> first;
        };
    }

    private static String comparison(Random random) {
        String field = pick(random, "a", "b", "color", "n", "_id", "c.a", "a.b");
        String value = value(random).replace('"', '\'');
        return switch (random.nextInt(10)) {
            case 0 -> field + " IN (" + value + ", 1, 'x')";
            case 1 -> field + " IN :list";
            case 2 -> field + " >= 1 AND " + field + " < 3";
            case 3 -> field + pick(random, " < ", " <= ", " > ", " >= ") + value;
            case 4 -> field + " BETWEEN 1 AND " + value;
            case 5 -> pick(random, "", "NOT ") + field;
            case 6 -> field + pick(random, " IS NULL", " IS MISSING", " IS NOT MISSING");
            case 7 -> field + " = :p";
            case 8 -> "repeat(color, 2) != " + value;
            default -> field + " = " + value;
        };
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
