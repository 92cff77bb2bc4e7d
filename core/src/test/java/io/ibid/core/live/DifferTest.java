package io.ibid.core.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.query.ResultRow;
import io.ibid.core.query.Row;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DifferTest {
    private static final int ROUNDS = Boolean.getBoolean("ibid.long") ? 1_000_000 : 20_000;

    private record Computed(Value.Struct value) implements ResultRow {
        @Override
        public void appendJson(StringBuilder out) {
            Json.append(out, value);
        }

        @Override
        public @Nullable Row document() {
            return null;
        }
    }

    private static ResultRow row(String json) {
        return new Computed((Value.Struct) Json.parse(json));
    }

    private static List<ResultRow> rows(String... ids) {
        List<ResultRow> rows = new ArrayList<>();
        for (String id : ids) {
            rows.add(row("{\"_id\":\"" + id + "\"}"));
        }
        return rows;
    }

    @Test
    void the_first_result_is_all_insertions_and_the_same_again_is_no_difference() {
        Differ differ = new Differ();
        assertThat(differ.difference(rows("a", "b")))
                .isEqualTo(new Difference(List.of(0, 1), List.of(), List.of(), List.of()));
        assertThat(differ.difference(rows("a", "b"))).isEqualTo(Difference.NONE);
        assertThat(differ.difference(List.of()))
                .isEqualTo(new Difference(List.of(), List.of(0, 1), List.of(), List.of()));
    }

    @Test
    void rows_that_are_pushed_along_are_no_moves() {
        assertThat(Differ.between(rows("a", "b", "c"), rows("c", "a", "b")).moves())
                .containsExactly(new Difference.Move(2, 0));
        assertThat(Differ.between(rows("a", "b", "c"), rows("x", "b", "c")))
                .isEqualTo(new Difference(List.of(0), List.of(0), List.of(), List.of()));
    }

    @Test
    void an_update_is_a_row_with_another_content_moved_or_not() {
        List<ResultRow> old =
                List.of(row("{\"_id\":1,\"a\":1}"), row("{\"_id\":2,\"a\":1}"), row("{\"_id\":3,\"a\":1}"));
        List<ResultRow> rows =
                List.of(row("{\"_id\":3,\"a\":0}"), row("{\"_id\":1,\"a\":1}"), row("{\"_id\":2,\"a\":5}"));
        assertThat(Differ.between(old, rows))
                .isEqualTo(new Difference(List.of(), List.of(), List.of(0, 2), List.of(new Difference.Move(2, 0))));
    }

    @Test
    void a_row_without_an_id_is_its_content() {
        List<ResultRow> old = List.of(row("{\"n\":1}"), row("{\"n\":1}"), row("{\"n\":2}"));
        List<ResultRow> rows = List.of(row("{\"n\":1}"), row("{\"n\":3}"));
        assertThat(Differ.between(old, rows))
                .isEqualTo(new Difference(List.of(1), List.of(1, 2), List.of(), List.of()));
    }

    @Test
    void applying_the_difference_to_the_old_list_gives_the_new_one() {
        Random random = new Random(1);
        int moves = 0;
        int updates = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<ResultRow> old = list(random);
            List<ResultRow> rows = random.nextBoolean() ? list(random) : changed(old, random);
            Difference difference = Differ.between(old, rows);
            moves += difference.moves().size();
            updates += difference.updates().size();
            assertThat(json(apply(difference, old, rows))).as("round %s", round).isEqualTo(json(rows));
            for (int place : difference.updates()) {
                assertThat(difference.insertions()).doesNotContain(place);
            }
        }
        assertThat(moves).isGreaterThan(ROUNDS / 2);
        assertThat(updates).isGreaterThan(ROUNDS / 2);
    }

    /** What a list on a screen does with a difference; only inserted and updated rows are taken out of the new list. */
    private static List<ResultRow> apply(Difference difference, List<ResultRow> old, List<ResultRow> rows) {
        List<ResultRow> list = new ArrayList<>(old);
        List<Integer> leaving = new ArrayList<>(difference.deletions());
        difference.moves().forEach(move -> leaving.add(move.from()));
        leaving.sort(Collections.reverseOrder());
        leaving.forEach(place -> list.remove((int) place));
        for (int place = 0; place < rows.size(); place++) {
            if (difference.insertions().contains(place)) {
                list.add(place, rows.get(place));
            }
            for (Difference.Move move : difference.moves()) {
                if (move.to() == place) {
                    list.add(place, old.get(move.from()));
                }
            }
        }
        difference.updates().forEach(place -> list.set(place, rows.get(place)));
        return list;
    }

    private static List<ResultRow> list(Random random) {
        List<Integer> ids = new ArrayList<>();
        for (int id = 0; id < 12; id++) {
            if (random.nextInt(3) > 0) {
                ids.add(id);
            }
        }
        if (random.nextBoolean()) {
            Collections.shuffle(ids, random);
        }
        List<ResultRow> rows = new ArrayList<>();
        for (int id : ids) {
            String identity = id == 11 ? "" : "\"_id\":" + id + ",";
            rows.add(row("{" + identity + "\"n\":" + random.nextInt(3) + "}"));
        }
        return rows;
    }

    /** A few changes, and most rows the same objects as before. */
    private static List<ResultRow> changed(List<ResultRow> old, Random random) {
        List<ResultRow> rows = new ArrayList<>(old);
        for (int i = random.nextInt(3); i > 0 && !rows.isEmpty(); i--) {
            ResultRow taken = rows.remove(random.nextInt(rows.size()));
            if (random.nextInt(3) > 0) {
                rows.add(random.nextInt(rows.size() + 1), taken);
            }
        }
        return rows;
    }

    private static String json(List<ResultRow> rows) {
        StringBuilder out = new StringBuilder();
        rows.forEach(row -> row.appendJson(out));
        return out.toString();
    }
}
