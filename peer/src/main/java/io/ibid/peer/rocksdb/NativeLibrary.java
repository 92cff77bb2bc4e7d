package io.ibid.peer.rocksdb;

import io.ibid.core.env.Logs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;
import org.slf4j.Logger;

/**
 * Loads RocksDB's native library, unpacking it once per version and user instead of once per start.
 *
 * <p>RocksDB's own loader inflates 17 MB into a new temporary file at every start, which costs more than opening a database. Here the
 * file stays in the user's cache directory. Concurrent starts are safe: each writes a file of its own and renames it into place, and
 * a file of the wrong size (a full disk, say) is replaced. The directory is the user's alone, or else another user could plant code. When
 * no such directory can be had, RocksDB's own loader is used.
 */
final class NativeLibrary {

    private static final Logger LOG = Logs.of(NativeLibrary.class);

    /** Overrides the directory that holds the cache. */
    private static final String CACHE_PROPERTY = "ibid.cache";

    private NativeLibrary() {}

    /** Idempotent; safe from several threads. */
    static synchronized void load() {
        Path directory;
        try {
            directory = unpack(cacheDirectory());
        } catch (IOException | UnsupportedOperationException cause) {
            LOG.warn(
                    "RocksDB's native library is unpacked at every start, because it cannot be kept: {}",
                    cause.toString());
            RocksDB.loadLibrary();
            return;
        }
        RocksDB.loadLibrary(List.of(directory.toString()));
    }

    /** The directory that holds the library, under the name that {@link RocksDB#loadLibrary(List)} looks for. */
    static Path unpack(Path cache) throws IOException {
        String resource = resourceName();
        // RocksDB asks for this name, with the "jni" twice, when it is given a directory.
        String fileName = Environment.getJniLibraryFileName("rocksdbjni");
        Path directory = cache.resolve("rocksdb-" + version());
        Path library = directory.resolve(fileName);
        createPrivate(directory);
        long expected = size(resource);
        if (Files.isRegularFile(library) && Files.size(library) == expected) {
            return directory;
        }
        Path unpacked = Files.createTempFile(directory, fileName, ".tmp");
        try {
            try (InputStream in = open(resource)) {
                Files.copy(in, unpacked, StandardCopyOption.REPLACE_EXISTING);
            }
            // A rename that survives a power cut which the content does not would leave a library full of zeros.
            try (FileChannel channel = FileChannel.open(unpacked, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(unpacked, library, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException cause) {
            Files.deleteIfExists(unpacked);
            // Windows refuses to replace a library that another process has loaded; then that one is whole.
            if (!Files.isRegularFile(library) || Files.size(library) != expected) {
                throw cause;
            }
        }
        return directory;
    }

    private static String version() {
        Package rocks = RocksDB.class.getPackage();
        String version = rocks.getImplementationVersion();
        return version == null ? Long.toString(size(resourceName())) : version;
    }

    /** The library for this system and C library, or for the usual C library where there is only that one. */
    private static String resourceName() {
        String name = Environment.getJniLibraryFileName("rocksdb");
        String fallback = Environment.getFallbackJniLibraryFileName("rocksdb");
        return RocksDB.class.getClassLoader().getResource(name) == null && fallback != null ? fallback : name;
    }

    private static InputStream open(String resource) throws IOException {
        InputStream in = RocksDB.class.getClassLoader().getResourceAsStream(resource);
        if (in == null) {
            throw new IOException("RocksDB has no library " + resource + " for this system");
        }
        return in;
    }

    private static long size(String resource) {
        var url = RocksDB.class.getClassLoader().getResource(resource);
        if (url == null) {
            return -1;
        }
        try {
            return url.openConnection().getContentLengthLong();
        } catch (IOException cause) {
            return -1;
        }
    }

    /** Creates the directory, or checks that nobody else may write into it. */
    private static void createPrivate(Path directory) throws IOException {
        Files.createDirectories(directory);
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Path probe = Files.createTempFile(directory, "owner", ".tmp");
        try {
            if (!Files.getOwner(probe).equals(Files.getOwner(directory))) {
                throw new IOException(directory + " belongs to " + Files.getOwner(directory));
            }
        } finally {
            Files.delete(probe);
        }
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    private static Path cacheDirectory() {
        String chosen = System.getProperty(CACHE_PROPERTY);
        if (chosen != null) {
            return Path.of(chosen);
        }
        Path home = Path.of(System.getProperty("user.home", "."));
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.startsWith("mac")) {
            return home.resolve("Library/Caches/ibid");
        }
        if (system.startsWith("windows")) {
            String local = environment("LOCALAPPDATA");
            return (local == null ? home.resolve("AppData\\Local") : Path.of(local)).resolve("ibid");
        }
        String cache = environment("XDG_CACHE_HOME");
        return (cache == null ? home.resolve(".cache") : Path.of(cache)).resolve("ibid");
    }

    private static @Nullable String environment(String name) {
        String value = System.getenv(name);
        return value == null || value.isBlank() ? null : value;
    }
}
