package io.ibid.core.query;

import io.ibid.core.query.syntax.Command;
import io.ibid.core.value.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement as it is run: bound, compiled, planned. Immutable. */
sealed interface Program {

    /** What a statement with this program does. */
    default StatementKind kind() {
        return switch (this) {
            case Select select -> StatementKind.SELECT;
            case Insert insert -> StatementKind.INSERT;
            case Update update -> StatementKind.UPDATE;
            case Remove remove -> remove.evict() ? StatementKind.EVICT : StatementKind.DELETE;
            case SetParameter set -> StatementKind.ALTER_SYSTEM;
            case ResetParameter reset -> StatementKind.ALTER_SYSTEM;
            case Show show -> StatementKind.SHOW;
            case CreateIndex create -> StatementKind.CREATE_INDEX;
            case DropIndex drop -> StatementKind.DROP_INDEX;
            case Explain explain -> StatementKind.EXPLAIN;
            case Advise advise -> advise.provision() ? StatementKind.ADVISE_AND_PROVISION : StatementKind.ADVISE;
        };
    }

    /** The program that is shown or helped, else this one. */
    default Program carried() {
        return switch (this) {
            case Explain explain -> explain.shown.carried();
            case Advise advise -> advise.helped;
            default -> this;
        };
    }

    /** The selections whose rows are read. */
    default List<Selection> selections() {
        return switch (carried()) {
            case Select select -> List.of(select.selection());
            case Insert insert ->
                insert.select() == null ? List.of() : List.of(insert.select().selection());
            case Update update -> List.of(update.rows());
            case Remove remove -> List.of(remove.rows());
            default -> List.of();
        };
    }

    /** The collection that is written; null for a program that writes none. */
    default @Nullable Term target() {
        return switch (this) {
            case Insert insert -> insert.target;
            case Update update -> update.target;
            case Remove remove -> remove.target;
            default -> null;
        };
    }

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

    /** EXPLAIN. */
    record Explain(Program shown) implements Program {}

    /** ADVISE; provision: AND PROVISION. The text is that of the statement it carries. */
    record Advise(Program helped, String helpedText, boolean provision) implements Program {}

    /** CREATE INDEX; lenient: IF NOT EXISTS. */
    record CreateIndex(int at, String collection, String name, List<IndexShape.Key> keys, boolean lenient)
            implements Program {}

    /** DROP INDEX; lenient: IF EXISTS. */
    record DropIndex(int at, String collection, String name, boolean lenient) implements Program {}

    /** SHOW; the name is null for ALL. */
    record Show(int at, @Nullable String name, Command.@Nullable ShowPattern pattern) implements Program {}
}
