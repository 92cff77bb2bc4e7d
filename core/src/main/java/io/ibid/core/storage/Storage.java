package io.ibid.core.storage;

/**
 * An ordered key-value store: atomic batches, snapshot reads, explicit durability.
 *
 * <p>Confinement: {@link #write} by one thread at a time (the holder of the writer turn); {@link #sync} may run beside writes and
 * reads; snapshots are taken anywhere. All calls may block and may throw {@link io.ibid.core.error.IbidException} with
 * {@code store/backend}; after a failed write or sync the storage refuses further writes until it was reopened.
 */
public interface Storage extends AutoCloseable {

    /** A view of everything written so far, durable or not. Cheap; must be closed. */
    Snapshot snapshot();

    /** Applies the batch atomically, in order. Visible to later snapshots at once, durable after a later {@link #sync}. */
    void write(Batch batch);

    /** Returns once every batch whose {@link #write} returned before this call is on disk. */
    void sync();

    /** How many times {@link #sync} has made a log durable since open, as the backend itself counts it. */
    long syncs();

    /** Flushes and releases. Snapshots must be closed before. Idempotent. */
    @Override
    void close();
}
