package io.ibid.peer.runtime;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory with everything below it. */
final class FileTree {
    private FileTree() {}

    /** Deletes the tree, if there is one. */
    static void delete(Path root) {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(root)) {
            List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new IbidException(ErrorCode.STORE_BACKEND, "Cannot delete " + root + ": " + e.getMessage(), e);
        }
    }

    /** Creates the directory and its parents. */
    static Path create(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new IbidException(ErrorCode.STORE_BACKEND, "Cannot create the directory " + directory + ": " + e, e);
        }
    }

    /** A new directory for a database that lives in memory. */
    static Path temporary() {
        try {
            return Files.createTempDirectory("ibid-memory-");
        } catch (IOException e) {
            throw new IbidException(ErrorCode.STORE_BACKEND, "Cannot create a temporary directory: " + e, e);
        }
    }
}
