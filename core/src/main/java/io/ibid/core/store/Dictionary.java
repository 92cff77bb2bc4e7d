package io.ibid.core.store;

import io.ibid.core.value.MalformedException;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Small numbers for long names (collections, actors, stores): 1, 2, 3… in the order of their first use. It only grows. Read by any
 * thread; grown by the holder of the writer turn, provisionally until the batch that tells the disk was written, because a number
 * that is used in a record but unknown after a restart would be a corrupt record.
 */
final class Dictionary<T> {

    /** What it names, for messages. */
    private final String kind;

    private final @Nullable Dictionary<T> parent;
    /** The greatest number of the parent. */
    private final int inherited;

    private final ConcurrentHashMap<T, Integer> numbers = new ConcurrentHashMap<>();
    private volatile Object[] names = new Object[4];
    private volatile int size;
    private int written;

    Dictionary(String kind) {
        this.kind = kind;
        this.parent = null;
        this.inherited = 0;
    }

    private Dictionary(Dictionary<T> parent) {
        this.kind = parent.kind;
        this.parent = parent;
        this.inherited = parent.size;
        this.size = inherited;
    }

    /**
     * A dictionary that knows what this one knows now, and takes further names for itself alone. What is decided but not yet applied
     * may never happen: it must not use up numbers, or replicas would differ.
     */
    Dictionary<T> overlay() {
        return new Dictionary<>(this);
    }

    /** How many there are: the greatest number. */
    int size() {
        return size;
    }

    /** The number, 0 when there is none yet. */
    int find(T name) {
        Integer number = parent == null ? null : parent.numbers.get(name);
        if (number == null || number > inherited) {
            number = numbers.get(name);
        }
        return number == null ? 0 : number;
    }

    /** The name of a number that was read from the store. */
    @SuppressWarnings("unchecked")
    T name(long number) {
        // Read before the array: a number that was published is in every array seen later.
        int known = size;
        if (number < 1 || number > known) {
            throw new MalformedException(
                    "Unknown " + kind + " number " + Long.toUnsignedString(number) + " of " + known);
        }
        return parent != null && number <= inherited ? parent.name(number) : (T) names[(int) number - 1 - inherited];
    }

    /** The number, a new one if need be. Turn holder; provisional until {@link #written}. */
    int number(T name) {
        int known = find(name);
        return known > 0 ? known : append(name);
    }

    private int append(T name) {
        Object[] room = names;
        int place = size - inherited;
        if (place == room.length) {
            room = Arrays.copyOf(room, place * 2);
        }
        room[place] = name;
        names = room;
        int number = size + 1;
        size = number;
        numbers.put(name, number);
        return number;
    }

    /** Takes over an entry that is on disk; while opening, in order. */
    void load(T name) {
        if (numbers.containsKey(name)) {
            throw new MalformedException("The " + kind + " " + name + " has two numbers");
        }
        append(name);
        written = size;
    }

    /** Tells the entries that the disk does not know yet. Turn holder. */
    void forEachUnwritten(ObjIntConsumer<T> action) {
        for (int number = written + 1; number <= size; number++) {
            action.accept(name(number), number);
        }
    }

    /** The batch with the new entries is written. Turn holder. */
    void written() {
        written = size;
    }

    /** The batch with the new entries will not be written. Turn holder; no reader has seen their numbers. */
    @SuppressWarnings("unchecked")
    void discardUnwritten() {
        Object[] room = names;
        for (int number = size; number > written; number--) {
            T name = (T) room[number - 1];
            numbers.remove(name);
        }
        size = written;
    }

    /** The name, or null when the number is unknown. */
    @Nullable
    T nameOrNull(int number) {
        return number < 1 || number > size ? null : name(number);
    }
}
