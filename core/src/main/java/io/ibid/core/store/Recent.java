package io.ibid.core.store;

import io.ibid.core.storage.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of the last few documents that were written, newest first. Whoever looks at a commit (sessions, observers, the next
 * statement) wants just these, and finds them here without a way into the storage. Immutable.
 */
final class Recent {
    /** Few, so that looking in vain costs next to nothing beside a look into the storage. */
    private static final int RECORDS_MAX = 16;

    private static final int OPERATIONS_MAX = 8 * RECORDS_MAX;
    private static final int RECORD_BYTES_MAX = 16 << 10;

    static final Recent NONE = new Recent(List.of());

    private final List<Batch.Put> records;

    private Recent(List<Batch.Put> records) {
        this.records = records;
    }

    /** What stands under a document's key; null when only the storage knows. */
    byte @Nullable [] get(byte[] key) {
        for (int i = 0; i < records.size(); i++) {
            Batch.Put record = records.get(i);
            if (Arrays.equals(record.key(), key)) {
                return record.value();
            }
        }
        return null;
    }

    /** What is known behind a batch. */
    Recent after(Batch batch) {
        if (batch.operations().size() > OPERATIONS_MAX) {
            return NONE;
        }
        List<Batch.Put> next = new ArrayList<>(RECORDS_MAX);
        List<byte[]> written = new ArrayList<>();
        for (Batch.Operation operation : batch.operations().reversed()) {
            if (operation.key()[0] == Keys.DOCUMENTS && !contains(written, operation.key())) {
                written.add(operation.key());
                if (operation instanceof Batch.Put put) {
                    add(next, put);
                }
            }
        }
        for (Batch.Put record : records) {
            if (!contains(written, record.key())) {
                add(next, record);
            }
        }
        return new Recent(next);
    }

    private static void add(List<Batch.Put> records, Batch.Put record) {
        if (records.size() < RECORDS_MAX && record.value().length <= RECORD_BYTES_MAX) {
            records.add(record);
        }
    }

    private static boolean contains(List<byte[]> keys, byte[] key) {
        for (byte[] one : keys) {
            if (Arrays.equals(one, key)) {
                return true;
            }
        }
        return false;
    }
}
