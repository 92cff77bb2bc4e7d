package io.ibid.simulation.kernel;

import io.ibid.core.crdt.Dot;
import io.ibid.core.crdt.SlotKey;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the oracle knows of one event: its dot, what it removed and wrote in the words of its statements, and which events its
 * author had seen. Never what became of its cells.
 */
final class Event {

    /** A pattern of slots; a null path is the whole document. */
    record Removal(@Nullable Path path, @Nullable FieldType type) {
        boolean matches(SlotKey key) {
            if (path == null) {
                return true;
            }
            if (key.path().equals(path)) {
                return key.type() != null && (type == null || type == key.type());
            }
            return (type == null || type == FieldType.MAP) && key.path().startsWith(path);
        }
    }

    /** The net effect on a slot; of a counter whether the event set it, and its own amount, null when removed again. */
    sealed interface Effect {
        record Value(io.ibid.core.value.Value value) implements Effect {}

        record Count(boolean restarted, io.ibid.core.value.@Nullable Value amount) implements Effect {}
    }

    final int id;
    final Dot dot;
    final BitSet past;
    final List<Removal> removals = new ArrayList<>();
    final SortedMap<SlotKey, Effect> effects = new TreeMap<>();

    Event(int id, Dot dot, BitSet past) {
        this.id = id;
        this.dot = dot;
        this.past = past;
    }

    Effect effect(SlotKey key) {
        return Objects.requireNonNull(effects.get(key));
    }

    boolean removes(SlotKey key) {
        return removals.stream().anyMatch(removal -> removal.matches(key));
    }

    void remove(Removal removal) {
        removals.add(removal);
        effects.replaceAll((key, effect) -> removal.matches(key) && effect instanceof Effect.Count count
                ? new Effect.Count(count.restarted(), null)
                : effect);
        effects.entrySet()
                .removeIf(entry -> removal.matches(entry.getKey()) && entry.getValue() instanceof Effect.Value);
    }

    void write(SlotKey key, Value value) {
        effects.put(key, new Effect.Value(value));
    }

    void restart(Path path, long value, boolean opensEpoch) {
        effects.put(new SlotKey(path, FieldType.COUNTER), new Effect.Count(opensEpoch, Value.of(value)));
    }

    void count(Path path, FieldType type, Value amount) {
        SlotKey key = new SlotKey(path, type);
        Effect.Count before = effects.get(key) instanceof Effect.Count count ? count : new Effect.Count(false, null);
        effects.put(key, new Effect.Count(before.restarted(), sum(before.amount(), amount)));
    }

    /** Exact for what the tests count with: small integers and halves. */
    static Value sum(@Nullable Value a, Value b) {
        if (a == null) {
            return b;
        }
        return a instanceof Value.Int x && b instanceof Value.Int y
                ? Value.of(x.value() + y.value())
                : Value.of(number(a) + number(b));
    }

    private static double number(Value value) {
        return value instanceof Value.Int whole ? whole.value() : ((Value.Float) value).value();
    }
}
