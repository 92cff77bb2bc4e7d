package io.ibid.core.storage;

import java.util.ArrayList;
import java.util.List;

/** An ordered list of puts and removals that is applied whole or not at all. Owns the arrays it is given. One thread. */
public final class Batch {

    /** One write of a batch. */
    public sealed interface Operation {
        byte[] key();
    }

    @SuppressWarnings("ArrayRecordComponent")
    public record Put(byte[] key, byte[] value) implements Operation {}

    /** Removes the key, present or not. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Remove(byte[] key) implements Operation {}

    /**
     * Removes a key that was put exactly once since it was last absent. Leaves no trail that a later seek must step over (RocksDB's
     * SingleDelete); the in-memory storage asserts the promise.
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record RemoveOnce(byte[] key) implements Operation {}

    private final List<Operation> operations = new ArrayList<>();
    private long bytes;

    public void put(byte[] key, byte[] value) {
        operations.add(new Put(key, value));
        bytes += key.length + value.length;
    }

    public void remove(byte[] key) {
        operations.add(new Remove(key));
        bytes += key.length;
    }

    public void removeOnce(byte[] key) {
        operations.add(new RemoveOnce(key));
        bytes += key.length;
    }

    public List<Operation> operations() {
        return operations;
    }

    /** Keys and values together, without the backend's overhead. */
    public long bytes() {
        return bytes;
    }

    public boolean isEmpty() {
        return operations.isEmpty();
    }
}
