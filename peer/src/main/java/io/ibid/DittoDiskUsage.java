package io.ibid;

import io.ibid.peer.runtime.OpenDatabase;
import io.ibid.peer.sdk.Watches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

/** What a database takes on disk. Thread-safe. */
public final class DittoDiskUsage {
    private static final long LOOK_MS = 1_000;

    private final OpenDatabase database;
    private final Watches watches;

    DittoDiskUsage(OpenDatabase database, Watches watches) {
        this.database = database;
        this.watches = watches;
    }

    /** The tree of the persistence directory at this moment. */
    public DittoDiskUsageItem getCurrent() {
        Closed.require(database);
        return directory(database.directory(), "");
    }

    /** The same as {@link #getCurrent()}. */
    public DittoDiskUsageItem exec() {
        return getCurrent();
    }

    /** Calls the callback with the tree soon, and when it has changed, at most once a second; one call at a time. */
    public DittoAsyncCancellable observe(DittoDiskUsageCallback callback) {
        Objects.requireNonNull(callback, "callback");
        Closed.require(database);
        return watches.watch(LOOK_MS, this::getCurrent, callback::onDiskUsageChanged)::cancel;
    }

    /** The trees as a reactive stream: the newest one whenever it was asked for and has changed. */
    public Flow.Publisher<DittoDiskUsageItem> observe() {
        return watches.publisher(LOOK_MS, this::getCurrent);
    }

    private static DittoDiskUsageItem directory(Path directory, String path) {
        List<DittoDiskUsageItem> children = new ArrayList<>();
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.sorted().toList()) {
                String name = String.valueOf(entry.getFileName());
                try {
                    children.add(item(entry, path.isEmpty() ? name : path + "/" + name));
                } catch (NoSuchFileException gone) {
                    SdkLog.LOG.debug("{} has gone while the directory was listed", entry); // the store is at work
                }
            }
        } catch (IOException e) {
            SdkLog.LOG.warn("{} cannot be listed: {}", directory, e.getMessage());
        }
        long bytes =
                children.stream().mapToLong(DittoDiskUsageItem::getSizeInBytes).sum();
        return new DittoDiskUsageItem(DittoFileSystemType.DIRECTORY, path, bytes, children);
    }

    private static DittoDiskUsageItem item(Path entry, String path) throws IOException {
        if (Files.isSymbolicLink(entry)) {
            return new DittoDiskUsageItem(DittoFileSystemType.SYMLINK, path, 0, null);
        }
        return Files.isDirectory(entry)
                ? directory(entry, path)
                : new DittoDiskUsageItem(DittoFileSystemType.FILE, path, Files.size(entry), null);
    }
}
