package io.ibid.peer.runtime;

import io.ibid.core.error.IbidException;
import io.ibid.core.storage.Snapshot;
import io.ibid.core.store.Check;
import io.ibid.core.store.Finding;
import java.util.List;

/** The integrity check of a database that lies in a folder and is not open. */
public final class Inspection {
    private Inspection() {}

    /**
     * Reads everything and changes nothing that a reader could see; the storage may replay its log, as any open does.
     *
     * @return what is wrong, named; empty when nothing is
     * @throws IbidException {@code store/persistence-directory-locked} while the database is open, {@code store/format} for what this
     *     version cannot read, {@code store/corrupt} or {@code store/backend} when the storage itself refuses its files
     */
    public static List<Finding> run(DatabaseOptions options) {
        DatabaseDirectory directory = new DatabaseDirectory(options);
        try (Snapshot snapshot = directory.durable().snapshot()) {
            return Check.run(snapshot);
        } finally {
            directory.close();
        }
    }
}
