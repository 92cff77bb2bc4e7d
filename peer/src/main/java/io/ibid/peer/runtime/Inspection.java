package io.ibid.peer.runtime;

import io.ibid.core.attachment.ContentCheck;
import io.ibid.core.env.Logs;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.storage.Snapshot;
import io.ibid.core.storage.Storage;
import io.ibid.core.store.BlobTable;
import io.ibid.core.store.Check;
import io.ibid.core.store.Finding;
import io.ibid.core.store.Store;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;

/** The integrity check of a database that lies in a folder and is not open. */
public final class Inspection {
    private static final Logger LOG = Logs.of(Inspection.class);

    private Inspection() {}

    /**
     * Reads everything and changes nothing that a reader could see; the storage may replay its log and finish what a crash has
     * interrupted, as any open does.
     *
     * @return what is wrong, named; empty when nothing is
     * @throws IbidException {@code store/persistence-directory-locked} while the database is open, {@code store/format} for what this
     *     version cannot read, {@code store/corrupt} or {@code store/backend} when the storage itself refuses its files
     */
    public static List<Finding> run(DatabaseOptions options) {
        DatabaseDirectory directory = new DatabaseDirectory(options);
        try {
            finishInterrupted(directory.durable());
            try (Snapshot snapshot = directory.durable().snapshot()) {
                List<Finding> findings = new ArrayList<>(Check.run(snapshot));
                findings.addAll(ContentCheck.run(new BlobTable(directory.durable()), directory.blobs()));
                return findings;
            }
        } finally {
            directory.close();
        }
    }

    private static void finishInterrupted(Storage storage) {
        try {
            Store.recover(storage);
        } catch (IbidException e) {
            if (e.code() != ErrorCode.STORE_CORRUPT) {
                throw e;
            }
            LOG.warn("What a crash has interrupted cannot be finished: {}", e.getMessage());
        }
    }
}
