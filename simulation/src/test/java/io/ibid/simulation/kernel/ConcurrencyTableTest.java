package io.ibid.simulation.kernel;

import static io.ibid.simulation.kernel.Statement.delete;
import static io.ibid.simulation.kernel.Statement.increment;
import static io.ibid.simulation.kernel.Statement.insert;
import static io.ibid.simulation.kernel.Statement.pnIncrement;
import static io.ibid.simulation.kernel.Statement.restart;
import static io.ibid.simulation.kernel.Statement.set;
import static io.ibid.simulation.kernel.Statement.setMap;
import static io.ibid.simulation.kernel.Statement.unset;
import static io.ibid.simulation.kernel.Statement.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.error.Ablation;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What two concurrent statements make of one document: each row with either clock ahead and merged in either order. */
class ConcurrencyTableTest {

    private static final String ABSENT = "absent";

    /**
     * One row.
     *
     * @param base what everybody has before, null for nothing
     * @param first what one does, while another does {@code second}
     * @param expectedIfFirstLater what both show when the first had the later clock
     * @param expectedIfSecondLater what both show when the second had it
     */
    record Row(
            String name,
            @Nullable List<Statement.Write> base,
            Consumer<Replica> first,
            Consumer<Replica> second,
            String expectedIfFirstLater,
            String expectedIfSecondLater) {

        @Override
        public String toString() {
            return name;
        }
    }

    record Case(Row row, boolean firstLater, boolean firstMergesFirst) {}

    private static final List<Statement.Write> BASE =
            List.of(set("x", 1), set("y", "s"), set("m.a", 2), set("m.b", 3), restart("n", 3));

    private static Row row(
            String name, List<Statement.Write> base, Statement first, Statement second, String expected) {
        return new Row(name, base, a -> a.run(first), b -> b.run(second), expected, expected);
    }

    private static Row row(String name, Statement first, Statement second, String firstLater, String secondLater) {
        return new Row(name, List.of(set("x", 1)), a -> a.run(first), b -> b.run(second), firstLater, secondLater);
    }

    private static List<Row> rows() {
        List<Statement.Write> x = List.of(set("x", 1));
        List<Statement.Write> map = List.of(set("x", 1), set("m.a", 2), set("m.b", 3));
        List<Statement.Write> counter = List.of(set("x", 1), restart("n", 3));
        List<Statement.Write> big = List.of(set("x", 1), new Statement.Fill(Statement.path("m"), 20));
        return List.of(
                row("DELETE, UPDATE: a husk of the updated field", BASE, delete(), update(set("x", 7)), "husk {x=7}"),
                row("DELETE, INSERT: the new document", BASE, delete(), insert(set("x", 8)), "{x=8}"),
                row("DELETE, DELETE: deleted", BASE, delete(), delete(), ABSENT),
                row(
                        "DELETE, INCREMENT of a PN counter: a husk",
                        BASE,
                        delete(),
                        update(pnIncrement("p", 4)),
                        "husk {p=4}"),
                row("UNSET, SET: the value", map, update(unset("x")), update(set("x", 7)), "{m={a=2, b=3}, x=7}"),
                row(
                        "UNSET of a map, SET in it: only what was set",
                        map,
                        update(unset("m")),
                        update(set("m.c", 5)),
                        "{m={c=5}, x=1}"),
                row("UNSET of a big map, SET in it", big, update(unset("m")), update(set("m.c", 5)), "{m={c=5}, x=1}"),
                row(
                        "UNSET of a map, SET deeper in it",
                        map,
                        update(unset("m")),
                        update(set("m.a.q", 5)),
                        "{m={a={q=5}}, x=1}"),
                row("UNSET, an empty map", map, update(unset("m")), update(setMap("m")), "{m={}, x=1}"),
                row("SET, SET: the later value", update(set("x", 8)), update(set("x", 9)), "{x=8}", "{x=9}"),
                row(
                        "SET of two fields of a map: both",
                        map,
                        update(set("m.a", 8)),
                        update(set("m.b", 9)),
                        "{m={a=8, b=9}, x=1}"),
                row(
                        "SET as register, SET as map: the later type",
                        update(set("k", 5)),
                        update(set("k.x", 3)),
                        "{k=5, x=1}",
                        "{k={x=3}, x=1}"),
                row(
                        "INSERT, INSERT: union of the fields",
                        insert(set("x", 8), set("v", 1)),
                        insert(set("x", 9), set("w", 2)),
                        "{v=1, w=2, x=8}",
                        "{v=1, w=2, x=9}"),
                row(
                        "INCREMENT, INCREMENT: both",
                        counter,
                        update(increment("n", 5)),
                        update(increment("n", 7)),
                        "{n=15, x=1}"),
                row(
                        "INCREMENT, INCREMENT of a new counter: both",
                        x,
                        update(increment("n", 5)),
                        update(increment("n", 7)),
                        "{n=12, x=1}"),
                row("PN INCREMENTs: both", x, update(pnIncrement("n", 5)), update(pnIncrement("n", 7)), "{n=12, x=1}"),
                row(
                        "RESTART, INCREMENT: the restart",
                        counter,
                        update(restart("n", 100)),
                        update(increment("n", 5)),
                        "{n=100, x=1}"),
                row(
                        "RESTART, INCREMENT of a new counter: the restart",
                        x,
                        update(restart("n", 100)),
                        update(increment("n", 5)),
                        "{n=100, x=1}"),
                row(
                        "RESTART, RESTART: the later",
                        update(restart("n", 8)),
                        update(restart("n", 9)),
                        "{n=8, x=1}",
                        "{n=9, x=1}"),
                row(
                        "UNSET, INCREMENT: the incrementer's share",
                        counter,
                        update(unset("n", FieldType.COUNTER)),
                        update(increment("n", 5)),
                        "{n=5, x=1}"),
                new Row(
                        "UNSET then INCREMENT, INCREMENT: both",
                        counter,
                        a -> {
                            a.run(update(unset("n")));
                            a.run(update(increment("n", 2)));
                        },
                        b -> b.run(update(increment("n", 5))),
                        "{n=7, x=1}",
                        "{n=7, x=1}"),
                new Row(
                        "DELETE then INSERT and INCREMENT, INCREMENT: both",
                        counter,
                        a -> {
                            a.run(delete());
                            a.run(insert(increment("n", 2)));
                        },
                        b -> b.run(update(increment("n", 5))),
                        "{n=7}",
                        "{n=7}"),
                new Row(
                        "RESTART then UNSET, INCREMENT: absent",
                        counter,
                        a -> {
                            a.run(update(restart("n", 100)));
                            a.run(update(unset("n")));
                        },
                        b -> b.run(update(increment("n", 5))),
                        "{x=1}",
                        "{x=1}"),
                new Row(
                        "RESTART then DELETE, INCREMENT: stays deleted",
                        counter,
                        a -> a.run(update(restart("n", 100)), delete()),
                        b -> b.run(update(increment("n", 5))),
                        ABSENT,
                        ABSENT),
                new Row(
                        "INITIAL, INSERT: the real values",
                        null,
                        a -> a.initial(0),
                        b -> b.run(insert(set("a", 9))),
                        "{a=9, c=0}",
                        "{a=9, c=0}"),
                new Row(
                        "INITIAL, INITIAL: one event",
                        null,
                        a -> a.initial(0),
                        b -> b.initial(0),
                        "{a=seed0, c=0}",
                        "{a=seed0, c=0}"),
                new Row(
                        "INITIAL then DELETE, INITIAL: stays deleted",
                        null,
                        a -> {
                            a.initial(0);
                            a.run(delete());
                        },
                        b -> b.initial(0),
                        ABSENT,
                        ABSENT),
                new Row(
                        "EVICT, UPDATE: local only",
                        x,
                        a -> a.evict(),
                        b -> b.run(update(set("x", 7))),
                        "{x=7}",
                        "{x=7}"));
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Row row : rows()) {
            for (int i = 0; i < 4; i++) {
                cases.add(new Case(row, (i & 1) == 0, (i & 2) == 0));
            }
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void concurrent_statements_have_the_outcome_of_the_table(Case test) {
        History history = new History(1, Ablation.NONE, 3);
        Row row = test.row();
        Replica a = history.replica(0);
        Replica b = history.replica(1);
        Replica origin = history.replica(2);
        (test.firstLater() ? a : b).skewMs = 1_000;
        if (row.base() != null) {
            origin.run(new Statement.Insert(row.base()));
            a.pull(origin);
            b.pull(origin);
        }
        row.first().accept(a);
        row.second().accept(b);
        (test.firstMergesFirst() ? a : b).pull(test.firstMergesFirst() ? b : a);
        (test.firstMergesFirst() ? b : a).pull(test.firstMergesFirst() ? a : b);
        origin.pull(b);
        String expected = test.firstLater() ? row.expectedIfFirstLater() : row.expectedIfSecondLater();
        for (Replica replica : history.replicas) {
            assertThat(describe(replica.shown())).isEqualTo(expected);
        }
        assertThat(history.violations).isEmpty();
    }

    /** The document in short; a husk is one that is hidden when husks are. */
    static String describe(Shown shown) {
        if (!shown.visible(false)) {
            return ABSENT;
        }
        return (shown.visible(true) ? "" : "husk ") + describe(shown.document());
    }

    private static String describe(Value value) {
        return switch (value) {
            case Value.Struct struct -> {
                List<String> fields = new ArrayList<>();
                for (int i = 0; i < struct.size(); i++) {
                    fields.add(struct.name(i) + "=" + describe(struct.value(i)));
                }
                yield "{" + String.join(", ", fields) + "}";
            }
            case Value.Int whole -> Long.toString(whole.value());
            case Value.Text text -> text.value();
            default -> value.toString();
        };
    }
}
