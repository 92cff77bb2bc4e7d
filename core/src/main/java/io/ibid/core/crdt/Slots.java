package io.ibid.core.crdt;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The slots of a document or a delta, sorted by key: two parallel arrays, because most documents have a few dozen of them, are
 * built in order and walked as a whole. Mutable while being built; what a {@link Delta} holds is never changed again.
 */
public final class Slots {

    private SlotKey[] keys;
    private Slot[] slots;
    private int size;

    public Slots() {
        this(4);
    }

    public Slots(int capacity) {
        this(new SlotKey[Math.max(1, capacity)], new Slot[Math.max(1, capacity)], 0);
    }

    private Slots(SlotKey[] keys, Slot[] slots, int size) {
        this.keys = keys;
        this.slots = slots;
        this.size = size;
    }

    public int size() {
        return size;
    }

    /** Number of cells in all slots. */
    long cells() {
        long cells = 0;
        for (int i = 0; i < size; i++) {
            cells += slots[i].size();
        }
        return cells;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public SlotKey key(int index) {
        return keys[index];
    }

    public Slot slot(int index) {
        return slots[index];
    }

    public @Nullable Slot get(SlotKey key) {
        int index = indexOf(key);
        return index < 0 ? null : slots[index];
    }

    /** The key's position, or {@code -(insertion point) - 1}. */
    public int indexOf(SlotKey key) {
        // What is built or decoded comes in order, so look behind the end first.
        if (size == 0 || keys[size - 1].compareTo(key) < 0) {
            return -size - 1;
        }
        return Arrays.binarySearch(keys, 0, size, key);
    }

    /** Adds or replaces a slot. */
    public void put(SlotKey key, Slot slot) {
        int index = indexOf(key);
        if (index >= 0) {
            slots[index] = slot;
            return;
        }
        int at = -index - 1;
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size * 2);
            slots = Arrays.copyOf(slots, size * 2);
        }
        System.arraycopy(keys, at, keys, at + 1, size - at);
        System.arraycopy(slots, at, slots, at + 1, size - at);
        keys[at] = key;
        slots[at] = slot;
        size++;
    }

    /**
     * Adds a slot behind all others.
     *
     * @throws IllegalArgumentException unless its key is greater than all others
     */
    public void append(SlotKey key, Slot slot) {
        if (size > 0 && keys[size - 1].compareTo(key) >= 0) {
            throw new IllegalArgumentException("slot " + key + " is out of order");
        }
        appendTrusted(key, slot);
    }

    /** As {@link #append}, for callers that walk sorted slots themselves. */
    void appendTrusted(SlotKey key, Slot slot) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size * 2);
            slots = Arrays.copyOf(slots, size * 2);
        }
        keys[size] = key;
        slots[size++] = slot;
    }

    void replace(int index, Slot slot) {
        slots[index] = slot;
    }

    /** Keeps the slots for which the array says true, in one pass. */
    void retain(boolean[] kept) {
        int n = 0;
        for (int i = 0; i < size; i++) {
            if (kept[i]) {
                keys[n] = keys[i];
                slots[n++] = slots[i];
            }
        }
        clearFrom(n);
    }

    void clear() {
        clearFrom(0);
    }

    @SuppressWarnings("NullAway") // the tail beyond size is never read
    private void clearFrom(int newSize) {
        Arrays.fill(keys, newSize, size, null);
        Arrays.fill(slots, newSize, size, null);
        size = newSize;
    }

    public Slots copy() {
        return new Slots(Arrays.copyOf(keys, Math.max(1, size)), Arrays.copyOf(slots, Math.max(1, size)), size);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Slots that
                && Arrays.equals(keys, 0, size, that.keys, 0, that.size)
                && Arrays.equals(slots, 0, size, that.slots, 0, that.size);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < size; i++) {
            hash = 31 * (31 * hash + keys[i].hashCode()) + slots[i].hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : ", ").append(keys[i]).append(": ").append(slots[i]);
        }
        return text.append('}').toString();
    }
}
