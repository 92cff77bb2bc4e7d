package io.ibid.core.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows whole programs. */
final class ProgramText {
    private final @Nullable Source source;
    private final @Nullable Scope scope;
    private final @Nullable Plan executed;
    private final @Nullable Profiler profiler;

    /**
     * @param source with the scope for estimates; null: without, of a plan that was run
     * @param executed the plan that was run; null: the one that would be
     * @param profiler what was measured then
     */
    ProgramText(@Nullable Source source, @Nullable Scope scope, @Nullable Plan executed, @Nullable Profiler profiler) {
        this.source = source;
        this.scope = scope;
        this.executed = executed;
        this.profiler = profiler;
    }

    List<Operator> operators(Program program) {
        return switch (program) {
            case Program.Select select -> operators(select.selection());
            case Program.Insert insert -> {
                List<Operator> operators = new ArrayList<>();
                if (insert.select() != null) {
                    operators.addAll(operators(insert.select()));
                }
                double rows = operators.isEmpty()
                        ? insert.documents().size()
                        : operators.getLast().rows();
                operators.add(MutationText.insert(insert, rows));
                yield operators;
            }
            case Program.Update update -> {
                List<Operator> operators = operators(update.rows());
                operators.add(MutationText.update(update, operators.getLast().rows()));
                yield operators;
            }
            case Program.Remove remove -> {
                List<Operator> operators = operators(remove.rows());
                operators.add(MutationText.remove(remove, operators.getLast().rows()));
                yield operators;
            }
            case Program.CreateIndex create -> List.of(MutationText.createIndex(create));
            case Program.DropIndex drop -> List.of(MutationText.dropIndex(drop));
            case Program.Advise advise -> {
                List<Operator> operators = new ArrayList<>(operators(advise.helped()));
                operators.add(MutationText.advise(advise.provision()));
                yield operators;
            }
            case Program.Explain explain -> throw new AssertionError("EXPLAIN of an EXPLAIN");
            case Program.SetParameter set -> throw new AssertionError(set);
            case Program.ResetParameter reset -> throw new AssertionError(reset);
            case Program.Show show -> throw new AssertionError(show);
        };
    }

    private List<Operator> operators(Selection selection) {
        Plan plan = executed;
        if (plan == null) {
            if (source == null || scope == null) {
                throw new AssertionError("no plan to show");
            }
            plan = selection.plan(source, scope);
        }
        return Explanation.of(selection, plan, source, scope, profiler);
    }
}
