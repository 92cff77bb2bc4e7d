package io.ibid.simulation.kernel;

import io.ibid.core.value.FieldType;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What users of the tested replicas may do to a document. */
sealed interface Statement {

    record Insert(List<Write> writes) implements Statement {}

    record Update(List<Write> writes) implements Statement {}

    record Delete() implements Statement {}

    /** One clause of a statement. */
    sealed interface Write {}

    record Set(Path path, Value value) implements Write {}

    record SetMap(Path path) implements Write {}

    record SetAttachment(Path path, Value.Struct token) implements Write {}

    record Restart(Path path, long value) implements Write {}

    record Increment(Path path, long amount) implements Write {}

    record PnIncrement(Path path, Value amount) implements Write {}

    record PnSet(Path path, Value number) implements Write {}

    /** Sets so many fields of a map. */
    record Fill(Path path, int count) implements Write {}

    record Unset(Path path, @Nullable FieldType type) implements Write {}

    static Statement insert(Write... writes) {
        return new Insert(List.of(writes));
    }

    static Statement update(Write... writes) {
        return new Update(List.of(writes));
    }

    static Statement delete() {
        return new Delete();
    }

    static Path path(String dotted) {
        return Path.of(dotted.split("\\."));
    }

    static Write set(String path, long value) {
        return new Set(path(path), Value.of(value));
    }

    static Write set(String path, String value) {
        return new Set(path(path), Value.of(value));
    }

    static Write setMap(String path) {
        return new SetMap(path(path));
    }

    static Write restart(String path, long value) {
        return new Restart(path(path), value);
    }

    static Write increment(String path, long amount) {
        return new Increment(path(path), amount);
    }

    static Write pnIncrement(String path, long amount) {
        return new PnIncrement(path(path), Value.of(amount));
    }

    static Write unset(String path) {
        return new Unset(path(path), null);
    }

    static Write unset(String path, FieldType type) {
        return new Unset(path(path), type);
    }
}
