package io.ibid.core.query;

import io.ibid.core.query.function.LikePattern;
import io.ibid.core.query.syntax.Command;
import io.ibid.core.query.syntax.QueryException;
import io.ibid.core.value.Value;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs ALTER SYSTEM and SHOW. Each answers one row, keyed by the names of the parameters. */
final class SettingsExecution {
    private final String text;
    private final Scope scope;
    private final Settings settings;

    SettingsExecution(String text, Scope scope, Settings settings) {
        this.text = text;
        this.scope = scope;
        this.settings = settings;
    }

    Result run(Program program) {
        return switch (program) {
            case Program.SetParameter(int at, String name, Compiled value) -> {
                Value given = value == null ? Value.MISSING : value.evaluate(scope);
                yield altered(at, () -> List.of(value == null ? settings.reset(name) : settings.set(name, given)));
            }
            case Program.ResetParameter(int at, String name) ->
                altered(at, () -> name == null ? settings.resetAll() : List.of(settings.reset(name)));
            case Program.Show(int at, String name, Command.ShowPattern pattern) ->
                answer(
                        StatementKind.SHOW,
                        QueryException.placed(
                                text, at, () -> name == null ? shown(pattern) : List.of(settings.show(name))));
            default -> throw new AssertionError(program);
        };
    }

    private Result altered(int at, Supplier<List<Settings.Setting>> action) {
        return answer(StatementKind.ALTER_SYSTEM, QueryException.placed(text, at, action));
    }

    private List<Settings.Setting> shown(Command.@Nullable ShowPattern pattern) {
        if (pattern == null) {
            return settings.showAll();
        }
        LikePattern like = LikePattern.compile(pattern.pattern(), '\\', pattern.ignoringCase());
        return settings.showAll().stream()
                .filter(setting -> like != null && like.matches(setting.name()))
                .toList();
    }

    private Result answer(StatementKind kind, List<Settings.Setting> parameters) {
        Value.Struct.Builder row = Value.Struct.builder();
        for (Settings.Setting parameter : parameters) {
            row.put(parameter.name(), parameter.value());
            if (parameter.warning() != null) {
                scope.warnings().add(parameter.warning());
            }
        }
        return new FinishedResult(kind, List.of(new ComputedRow(row.build())), List.of(), scope.warnings());
    }
}
