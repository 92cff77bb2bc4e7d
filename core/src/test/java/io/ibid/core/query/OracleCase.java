package io.ibid.core.query;

import io.ibid.core.query.syntax.Command;
import io.ibid.core.query.syntax.Parser;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One generated SELECT over a generated store, with what the naive evaluator answers. */
final class OracleCase {
    static final int CASES_PER_STORE = 50;

    private final long seed;
    private final MapStore store;
    private final String text;
    private final StatementOptions options;
    private final Command.Select command;
    private final SelectCases writer;

    private OracleCase(long seed, MapStore store) {
        this.seed = seed;
        this.store = store;
        writer = new SelectCases(seed);
        text = writer.select();
        options = seed % 4 == 2 ? StatementOptions.STRICT : StatementOptions.FLEXIBLE;
        command = (Command.Select) Parser.parse(text);
    }

    /** Cases of these seeds, one store for a few of them. */
    static Iterable<OracleCase> all(long from, long to) {
        return () -> new Iterator<>() {
            private long next = from;
            private MapStore store = filled(from);

            @Override
            public boolean hasNext() {
                return next < to;
            }

            @Override
            public OracleCase next() {
                if (next % CASES_PER_STORE == 0) {
                    store = filled(next);
                }
                return new OracleCase(next++, store);
            }
        };
    }

    private static MapStore filled(long seed) {
        Dql dql = new Dql();
        OracleStore.documents(seed).forEach(document -> dql.store.put("c", document));
        SelectCases keys = new SelectCases(seed);
        int count = new Random(seed).nextInt(7);
        for (int i = 0; i < count; i++) {
            dql.store.schema().includeMissing(!keys.maybe(5));
            dql.run("CREATE INDEX i" + i + " ON c " + keys.indexKeys());
        }
        return dql.store;
    }

    Command.Select command() {
        return command;
    }

    MapStore store() {
        return store;
    }

    SelectCases writer() {
        return writer;
    }

    /** What the engine answers. */
    List<Value.Struct> actual() {
        if (seed % 3 == 0) {
            return actual(store, UnaryOperator.identity());
        }
        List<Value.Struct> rows = new ArrayList<>();
        try (Result result =
                Statement.prepare(text, options).execute((Source) store, OracleStore.ARGUMENTS, limits())) {
            result.rest().forEach(row -> rows.add(row.value()));
        }
        return rows;
    }

    private static Limits limits() {
        return Limits.of(NaiveEvaluator.NOW_MS, 1 << 26);
    }

    /** The plan, as the engine makes it. */
    Plan plan() {
        return planned().plan(estimating(store));
    }

    /** Of each third case the planner is told odd numbers of documents and entries, so that every way to them is taken. */
    private Source estimating(Source source) {
        return seed % 3 == 0 ? new OddEstimates(source, seed) : source;
    }

    /** What the engine answers over a source with a plan that may be changed. */
    List<Value.Struct> actual(Source source, UnaryOperator<Plan> change) {
        Planned planned = planned();
        return planned.rows(source, change.apply(planned.plan(estimating(source))));
    }

    private Planned planned() {
        return Planned.of(text, options, OracleStore.ARGUMENTS, limits());
    }

    /** What is right; null when a row cannot be computed, which an engine need not notice. */
    @Nullable
    Answers expected() {
        List<Command.FieldDefinition> definitions =
                command.from() == null ? List.of() : command.from().collection().definitions();
        boolean dual = command.from() == null
                || "system".equals(command.from().collection().namespace());
        List<Value.Struct> documents = dual
                ? List.of(Value.Struct.builder().put("_id", Value.of("dual")).build())
                : store.documents("c").values().stream()
                        .map(document -> NaiveTyping.visible(document, definitions, options.strict()))
                        .toList();
        try {
            return new NaiveSelect(command, OracleStore.ARGUMENTS).answer(documents);
        } catch (NaiveFunctions.Refusal failed) {
            return null;
        }
    }

    @Override
    public String toString() {
        return "seed " + seed + (options.strict() ? " strict: " : ": ") + text.replaceAll("\\s+", " ") + " over "
                + store.indexes().of("c").stream().map(IndexShape::toString).toList();
    }
}
