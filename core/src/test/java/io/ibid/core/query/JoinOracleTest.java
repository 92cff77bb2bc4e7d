package io.ibid.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.error.IbidException;
import io.ibid.core.query.syntax.Command;
import io.ibid.core.query.syntax.JoinGenerator;
import io.ibid.core.query.syntax.Parser;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Joins by whatever indexes there are give the rows of joins by none; a join that none serves is refused. */
class JoinOracleTest {
    private static final int ROUNDS = Boolean.getBoolean("ibid.long") ? 1_000_000 : 30_000;
    private static final int STATEMENTS_PER_STORE = 50;
    private static final List<String> VALUES = List.of(
            "1",
            "2",
            "3",
            "2.0",
            "2.5",
            "0",
            "\"1\"",
            "\"2\"",
            "\"x\"",
            "\"xy\"",
            "true",
            "false",
            "null",
            "[1,2]",
            "[\"1\",3]",
            "{\"b\":1}",
            "{\"b\":\"x\"}");

    /** What only joins have, each at least a hundred times. */
    static final List<String> COVERED = List.of(
            "Join",
            "Join.kind INNER",
            "Join.kind LEFT",
            "Join.kind RIGHT",
            "Plan.Join",
            "Plan.Join.gate absent",
            "Plan.Join.gate present",
            "Plan.Join.outer false",
            "Plan.Join.outer true",
            "Plan.Spans.Sought",
            "Projector.Together");

    private final SortedMap<String, List<String>> leadingKeys = new TreeMap<>();

    @Test
    void engine_and_oracle_agree_over_joins() {
        int rows = 0;
        int refused = 0;
        int ambiguous = 0;
        Coverage coverage = new Coverage();
        Dql dql = new Dql();
        for (int seed = 0; seed < ROUNDS; seed++) {
            if (seed % STATEMENTS_PER_STORE == 0) {
                dql = filled(seed);
            }
            JoinGenerator.Statement statement = new JoinGenerator(seed).select();
            String place = "seed " + seed + ": " + statement.text() + " over " + leadingKeys;
            StatementOptions options = seed % 4 == 0 ? StatementOptions.STRICT : StatementOptions.FLEXIBLE;
            String unreachable = unreachable(statement);
            List<Value.Struct> actual = new ArrayList<>();
            String error = null;
            try (Result result = Statement.prepare(statement.text(), options)
                    .execute((Source) dql.store, Value.Struct.EMPTY, Limits.of(0, 1 << 26))) {
                result.rest().forEach(row -> actual.add(row.value()));
            } catch (IbidException failure) {
                error = failure.getMessage();
            }
            if (unreachable != null) {
                assertThat(error).as(place).contains("Joining to \"" + unreachable + "\" disallowed");
                refused++;
                continue;
            }
            Answers answers = answers(statement.text(), dql, options);
            if (answers == null) {
                ambiguous++;
                continue;
            }
            assertThat(error).as(place).isNull();
            if (!answers.allow(actual)) {
                assertThat(actual).as(place).isEqualTo(answers.first());
            }
            rows += actual.size();
            coverage.add(Parser.parse(statement.text()));
            coverage.add(Planned.of(statement.text(), options, Value.Struct.EMPTY, Limits.of(0, 1 << 26))
                    .plan(dql.store));
        }
        assertThat(rows).isGreaterThan(ROUNDS / 2);
        coverage.requireEach(COVERED, 100);
        assertThat(refused).as("refused").isBetween(ROUNDS / 20, ROUNDS / 2);
        assertThat(ambiguous).as("ambiguous").isBetween(1, ROUNDS / 10);
    }

    /** The alias of the first term that no index leads to; null when there is none. */
    private @Nullable String unreachable(JoinGenerator.Statement statement) {
        for (JoinGenerator.Term term :
                statement.terms().subList(1, statement.terms().size())) {
            List<String> leading = leadingKeys.get(term.collection());
            if (term.ways().stream().noneMatch(leading::containsAll)) {
                return term.alias();
            }
        }
        return null;
    }

    /** Null where a field without alias is in several documents of a row that somebody might look at. */
    private static @Nullable Answers answers(String text, Dql dql, StatementOptions options) {
        Command.Select select = (Command.Select) Parser.parse(text);
        Typing typing = options.strict() ? Typing.STRICT : Typing.FLEXIBLE;
        try {
            List<Value.Struct> rows = NaiveJoin.rows(
                    select,
                    collection -> dql.store.documents(collection).values().stream()
                            .map(document -> StructRow.of(document, typing).document())
                            .toList());
            return new NaiveSelect(select, Value.Struct.EMPTY).answer(rows);
        } catch (NaiveJoin.Ambiguous ambiguous) {
            return null;
        }
    }

    private Dql filled(long seed) {
        Random random = new Random(seed);
        Dql dql = new Dql();
        leadingKeys.clear();
        Map<String, String> own = Map.of("c", "color", "d", "size", "e", "kind");
        for (String collection : List.of("c", "d", "e")) {
            int count = 3 + random.nextInt(7);
            for (int id = 0; id < count; id++) {
                StringBuilder document = new StringBuilder("{\"_id\":" + (id % 2 == 0 ? id : "\"" + id + "\""));
                for (String name : List.of("ref", "a", "b", "n", own.get(collection))) {
                    if (random.nextInt(4) > 0) {
                        String value = VALUES.get(
                                random.nextInt(name.equals("ref") || random.nextBoolean() ? 8 : VALUES.size()));
                        document.append(",\"").append(name).append("\":").append(value);
                    }
                }
                dql.store.put(collection, (Value.Struct)
                        Json.parse(document.append('}').toString()));
            }
            List<String> leading = new ArrayList<>();
            JoinGenerator generator = new JoinGenerator(seed + collection.charAt(0));
            int indexes = random.nextInt(6);
            for (int i = 0; i < indexes; i++) {
                List<String> keys = generator.keys();
                leading.add(keys.getFirst());
                String direction = random.nextInt(3) == 0 ? " DESC)" : ")";
                dql.run("CREATE INDEX i" + i + " ON " + collection + " (" + String.join(", ", keys) + direction);
            }
            leadingKeys.put(collection, leading);
        }
        return dql;
    }
}
