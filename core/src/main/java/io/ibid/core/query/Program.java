package io.ibid.core.query;

import io.ibid.core.query.syntax.Command;
import io.ibid.core.value.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement as it is run: bound, compiled, planned. Immutable. */
sealed interface Program {

    record Select(Selection selection) implements Program {}

    /** The documents come from the list, or from the select when there is one. */
    record Insert(
            Term target,
            Typing typing,
            List<Compiled> documents,
            @Nullable Select select,
            Target.Conflict policy,
            boolean initial,
            @Nullable Plan returning)
            implements Program {}

    record Update(
            Term target,
            Typing typing,
            Selection rows,
            List<Change> changes,
            @Nullable Plan returning) implements Program {}

    /** One assignment; the operand is null where the kind has none. */
    record Change(
            int at, ChangeKind kind, Path path, @Nullable Compiled operand) {}

    enum ChangeKind {
        SET,
        UNSET,
        INCREMENT,
        RESTART,
        PN_INCREMENT,
        DEFAULT
    }

    /** DELETE or EVICT. */
    record Remove(
            Term target,
            boolean evict,
            Selection rows,
            @Nullable Plan returning) implements Program {}

    /** {@code ALTER SYSTEM SET}; the value is null for DEFAULT. */
    record SetParameter(int at, String name, @Nullable Compiled value) implements Program {}

    /** {@code ALTER SYSTEM RESET}; the name is null for ALL. */
    record ResetParameter(int at, @Nullable String name) implements Program {}

    /** CREATE INDEX; lenient: IF NOT EXISTS. */
    record CreateIndex(int at, String collection, String name, List<IndexShape.Key> keys, boolean lenient)
            implements Program {}

    /** DROP INDEX; lenient: IF EXISTS. */
    record DropIndex(int at, String collection, String name, boolean lenient) implements Program {}

    /** SHOW; the name is null for ALL. */
    record Show(int at, @Nullable String name, Command.@Nullable ShowPattern pattern) implements Program {}
}
