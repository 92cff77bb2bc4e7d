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
     * Removes a key, without a trail that a later seek must step over. The caller promises that all its life the key is put only while it
     * is absent, and removed only by this operation and only while it is present.
     *
     * <p>It is RocksDB's SingleDelete, which meets its one put in a compaction and vanishes with it. When the promise is broken, an older
     * value may come back to life: after {@code put put}, and likewise after {@code put remove put}. The storage in memory asserts
     * what it can see of the promise, the one of the simulation all of it.
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record RemoveOnce(byte[] key) implements Operation {}

    /** About what an operation takes in memory besides its key and value. */
    private static final int OPERATION_BYTES = 64;

    private List<Operation> operations = new ArrayList<>();
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

    public void add(Operation operation) {
        switch (operation) {
            case Put put -> put(put.key(), put.value());
            case Remove remove -> remove(remove.key());
            case RemoveOnce remove -> removeOnce(remove.key());
        }
    }

    /** Gives the operations away and is empty then. */
    public List<Operation> take() {
        List<Operation> taken = operations;
        operations = new ArrayList<>();
        bytes = 0;
        return taken;
    }

    /** Keys and values together, without the backend's overhead. */
    public long bytes() {
        return bytes;
    }

    /** About how many bytes of memory it takes. */
    public long weight() {
        return bytes + (long) OPERATION_BYTES * operations.size();
    }

    public boolean isEmpty() {
        return operations.isEmpty();
    }
}
