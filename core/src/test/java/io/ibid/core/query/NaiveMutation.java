package io.ibid.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.query.syntax.Command;
import io.ibid.core.query.syntax.Expression;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a mutation on a {@link NaiveStore}: first which documents, then what becomes of them, then RETURNING. */
final class NaiveMutation {

    private NaiveMutation() {}

    /**
     * @param store is changed; {@code before} is the same before
     * @param ids what the engine says it changed: it makes new ids, and chooses where the statement leaves a choice
     */
    static NaiveStore.Outcome run(
            Command command, NaiveStore store, NaiveStore before, List<Value> ids, boolean strict, String place) {
        return switch (command) {
            case Command.Insert insert ->
                store.insert(insert, given(insert, before, strict), generated(ids, before), strict);
            case Command.Update update ->
                store.update(
                        update,
                        chosen(update.target(), update.where(), update.range(), before, ids, strict, place),
                        strict);
            case Command.Remove remove ->
                store.remove(
                        remove,
                        chosen(remove.target(), remove.where(), remove.range(), before, ids, strict, place),
                        strict);
            default -> throw new AssertionError(command);
        };
    }

    private static List<Value> chosen(
            Command.FromTerm target,
            @Nullable Expression where,
            Command.Range range,
            NaiveStore before,
            List<Value> ids,
            boolean strict,
            String place) {
        Answers answers = new NaiveSelect(NaiveStore.choice(target, where, range), OracleStore.ARGUMENTS)
                .answer(before.visible(target.collection().definitions(), strict));
        List<Value.Struct> actual = ids.stream()
                .map(id -> Value.Struct.builder().put("_id", id).build())
                .toList();
        if (answers.allow(actual)) {
            return ids;
        }
        List<Value> right = answers.first().stream().map(row -> row.get("_id")).toList();
        assertThat(ids.isEmpty() ? right : ids).as(place).isEqualTo(right);
        return right;
    }

    private static List<Value> given(Command.Insert insert, NaiveStore before, boolean strict) {
        Command.Select select = insert.select();
        if (select != null && select.from() != null) {
            return List.copyOf(new NaiveSelect(select, OracleStore.ARGUMENTS)
                    .answer(before.visible(select.from().collection().definitions(), strict))
                    .first());
        }
        List<Value> documents = new ArrayList<>();
        NaiveEvaluator constants = new NaiveEvaluator(List.of(""), List.of(), OracleStore.ARGUMENTS);
        for (Expression expression : insert.documents()) {
            Value value = constants.evaluate(expression);
            documents.addAll(value instanceof Value.Array(List<Value> elements) ? elements : List.of(value));
        }
        return documents;
    }

    private static List<Value> generated(List<Value> ids, NaiveStore before) {
        List<Value.Struct> known = before.visible(List.of(), false);
        return ids.stream()
                .filter(id -> id instanceof Value.Text(String text) && text.length() == 36)
                .filter(id -> known.stream().noneMatch(it -> it.get("_id").equals(id)))
                .toList();
    }

    /** What RETURNING answers over the documents; no rows without one. */
    static Answers returned(Command command, NaiveStore.Outcome outcome) {
        Command.Returning returning = switch (command) {
            case Command.Insert insert -> insert.returning();
            case Command.Update update -> update.returning();
            case Command.Remove remove -> remove.returning();
            default -> throw new AssertionError(command);
        };
        if (returning == null) {
            return new Answers(List.of(), 0, 0);
        }
        Command.FromTerm target = switch (command) {
            case Command.Insert insert -> new Command.FromTerm(0, insert.collection(), null, List.of());
            case Command.Update update ->
                new Command.FromTerm(0, update.target().collection(), null, List.of());
            case Command.Remove remove ->
                new Command.FromTerm(0, remove.target().collection(), null, List.of());
            default -> throw new AssertionError(command);
        };
        Command.Select select = new Command.Select(
                0, null, false, returning.projections(), target, List.of(), null, null, null, Command.Range.ALL);
        return new NaiveSelect(select, OracleStore.ARGUMENTS).answer(outcome.touched());
    }
}
