package io.ibid.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.error.IbidException;
import io.ibid.core.query.syntax.Command;
import io.ibid.core.query.syntax.Parser;
import io.ibid.core.store.OracleDatabase;
import io.ibid.core.value.Json;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Generated mutations on the real store, with its real indexes, do to the documents what the reference says, answer what it says, and
 * what is then selected by whatever index is what a naive evaluator finds in a naive store.
 */
class MutationOracleTest {
    private static final int STORES = Boolean.getBoolean("ibid.long") ? 20_000 : 500;
    private static final int STATEMENTS_PER_STORE = 20;
    private static final int LEAST = 100;

    private final Coverage coverage = new Coverage();
    private int changed;
    private int refused;

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void engine_and_oracle_agree_over_mutations() {
        for (int seed = 0; seed < STORES; seed++) {
            run(seed);
        }
        assertThat(changed).isGreaterThan(STORES * STATEMENTS_PER_STORE / 3);
        assertThat(refused).isBetween(STORES, STORES * STATEMENTS_PER_STORE / 3);
        coverage.requireEach(required(), LEAST);
    }

    private static NavigableSet<String> required() {
        NavigableSet<String> required = new TreeSet<>();
        for (Class<?> command : List.of(Command.Insert.class, Command.Update.class, Command.Remove.class)) {
            required.addAll(Coverage.possible(command));
        }
        required.removeAll(Coverage.possible(Command.Select.class));
        required.add("INSERT of a SELECT");
        required.addAll(OracleTest.OF_MUTATIONS);
        return required;
    }

    private void run(long seed) {
        MutationCases writer = new MutationCases(seed);
        Random random = new Random(seed);
        NaiveStore naive = new NaiveStore();
        try (OracleDatabase database = new OracleDatabase()) {
            String first = "INSERT INTO c DOCUMENTS (:all)";
            Value.Struct all = Value.Struct.builder()
                    .put("all", new Value.Array(List.copyOf(OracleStore.documents(seed))))
                    .build();
            database.transact(target -> execute(first, StatementOptions.FLEXIBLE, all, target));
            naive.insert(
                    (Command.Insert) Parser.parse(first), List.copyOf(OracleStore.documents(seed)), List.of(), false);
            List<String> indexes = new ArrayList<>();
            int count = random.nextInt(4);
            for (int i = 0; i < count; i++) {
                String keys = writer.indexKeys();
                indexes.add(keys);
                database.createIndex(shape("i" + i, keys, random.nextInt(5) > 0));
            }
            for (int i = 0; i < STATEMENTS_PER_STORE; i++) {
                boolean strict = random.nextInt(5) == 0;
                String text = writer.mutation();
                String place = "store " + seed + " statement " + i + (strict ? " strict: " : ": ")
                        + text.replaceAll("\\s+", " ") + " over " + indexes;
                naive = mutate(text, strict, naive, database, place);
                writer.spellings().forEach(coverage::count);
                String select = writer.select();
                select(
                        select,
                        random.nextInt(4) == 0,
                        naive,
                        database,
                        place + " then " + select.replaceAll("\\s+", " "));
            }
        }
    }

    private static IndexShape shape(String name, String keys, boolean includeMissing) {
        Command.CreateIndex create = (Command.CreateIndex) Parser.parse("CREATE INDEX " + name + " ON c " + keys);
        return new IndexShape(
                "c",
                name,
                create.keys().stream()
                        .map(key -> new IndexShape.Key(new Path(key.names()), key.descending()))
                        .toList(),
                includeMissing);
    }

    private static StatementOptions options(boolean strict) {
        return strict ? StatementOptions.STRICT : StatementOptions.FLEXIBLE;
    }

    /** What a statement answers. */
    private record Answer(List<Value> ids, List<Value.Struct> rows) {}

    private static Answer execute(String text, StatementOptions options, Value.Struct arguments, Target target) {
        try (Result result = Statement.prepare(text, options).execute(target, arguments, limits())) {
            List<Value.Struct> rows = new ArrayList<>();
            result.rest().forEach(row -> rows.add(row.value()));
            return new Answer(List.copyOf(result.mutatedIds()), rows);
        }
    }

    /** The naive store afterwards. */
    private NaiveStore mutate(String text, boolean strict, NaiveStore before, OracleDatabase database, String place) {
        List<Answer> answers = new ArrayList<>();
        @Nullable IbidException refusal = null;
        try {
            database.transact(target -> answers.add(execute(text, options(strict), OracleStore.ARGUMENTS, target)));
        } catch (IbidException failure) {
            refusal = failure;
        } catch (RuntimeException | AssertionError broken) {
            throw new AssertionError(place, broken);
        }
        Command command = Parser.parse(text);
        coverage.add(command);
        count(new Preparation(text, options(strict)), command, database);
        NaiveStore after = before.copy();
        NaiveStore.Outcome expected;
        List<Value> ids = answers.isEmpty() ? List.of() : answers.getFirst().ids;
        try {
            expected = NaiveMutation.run(command, after, before, ids, strict, place);
        } catch (NaiveFunctions.Refusal naive) {
            assertThat(refusal)
                    .as("%s refused by the reference: %s", place, naive.getMessage())
                    .isNotNull();
            refused++;
            return before;
        }
        assertThat(refusal).as(place).isNull();
        assertThat(ids).as(place).isEqualTo(expected.ids());
        changed += ids.isEmpty() ? 0 : 1;
        Answers rows = NaiveMutation.returned(command, expected);
        if (!rows.allow(answers.getFirst().rows)) {
            assertThat(answers.getFirst().rows).as(place).isEqualTo(rows.first());
        }
        for (boolean seenStrictly : new boolean[] {false, true}) {
            List<Value.Struct> stored = stored(database, seenStrictly);
            List<Value.Struct> right = after.visible(List.of(), seenStrictly);
            if (!stored.equals(right)) {
                assertThat(shown(stored))
                        .as("%s, strict %s", place, seenStrictly)
                        .isEqualTo(shown(right));
            }
        }
        return after;
    }

    private void count(Preparation preparation, Command command, OracleDatabase database) {
        Program program = preparation.program(command);
        @Nullable
        Plan returning = switch (program) {
            case Program.Insert insert -> insert.returning();
            case Program.Update update -> update.returning();
            case Program.Remove remove -> remove.returning();
            default -> throw new AssertionError(program);
        };
        if (returning != null) {
            coverage.add(returning);
        }
        if (!(program instanceof Program.Insert)) {
            Planned planned = Planned.of(program, preparation, OracleStore.ARGUMENTS, limits());
            coverage.add(database.read(planned::plan));
        }
    }

    private static Limits limits() {
        return Limits.of(NaiveEvaluator.NOW_MS, 1 << 26);
    }

    private static String shown(List<Value.Struct> documents) {
        return String.join("\n", documents.stream().map(Json::write).toList());
    }

    private static List<Value.Struct> stored(OracleDatabase database, boolean strict) {
        return database.read(source -> {
            List<Value.Struct> documents = new ArrayList<>();
            try (Rows rows = source.scan("c", strict ? Typing.STRICT : Typing.FLEXIBLE)) {
                for (Row row = rows.next(); row != null; row = rows.next()) {
                    documents.add(row.document());
                }
            }
            return documents;
        });
    }

    private static void select(String text, boolean strict, NaiveStore naive, OracleDatabase database, String place) {
        Command.Select select = (Command.Select) Parser.parse(text);
        if (select.from() == null || "system".equals(select.from().collection().namespace())) {
            return;
        }
        Answers expected;
        try {
            expected = new NaiveSelect(select, OracleStore.ARGUMENTS)
                    .answer(naive.visible(select.from().collection().definitions(), strict));
        } catch (NaiveFunctions.Refusal failed) {
            return;
        }
        List<Value.Struct> actual = database.read(source -> {
            List<Value.Struct> rows = new ArrayList<>();
            try (Result result =
                    Statement.prepare(text, options(strict)).execute(source, OracleStore.ARGUMENTS, limits())) {
                result.rest().forEach(row -> rows.add(row.value()));
            } catch (RuntimeException | AssertionError broken) {
                throw new AssertionError(place, broken);
            }
            return rows;
        });
        if (!expected.allow(actual)) {
            assertThat(actual).as(place).isEqualTo(expected.first());
        }
    }
}
